/** Everything about the chosen layer that can be set. */
import { type ReactElement, useState } from "react";
import { kindOf } from "../graph";
import { useEditor, useWords } from "../store";
import type { FieldInfo, Fields, KindInfo, Layer } from "../types";
import { FaultBox } from "./FaultBox";
import { FieldRow } from "./FieldRow";
import { HelpCard } from "./HelpCard";
import { Inputs } from "./Inputs";
import { shows, standing } from "./standing";

const NONE: Fields = {};

export function Settings({ layer }: { layer: Layer }): ReactElement {
  const say = useWords();
  const catalog = useEditor((state) => state.catalog);
  const info = kindOf(catalog, layer);
  const report = useEditor((state) => state.report.layers[layer.name]);
  const select = useEditor((state) => state.select);
  return (
    <div className="mp-settings">
      {report?.fault && <FaultBox fault={report.fault} />}
      {report?.waits && !report.fault && (
        <p className="mp-waits">
          {say("waits_for", { layer: report.waits })} <button type="button" className="mp-link" onClick={() => select([report.waits])}>{say("show_layer", { layer: report.waits })}</button>
        </p>
      )}
      {info ? <Form layer={layer} info={info} used={report?.fields ?? NONE} /> : <p className="mp-empty">{say("unknown_kind", { kind: layer.kind })}</p>}
      {info && <Inputs layer={layer} info={info} />}
      <Actions layer={layer} block={Boolean(info?.block || report?.block)} />
      {info && <HelpCard info={info} kind={layer.kind} fields={{ ...report?.fields, ...layer.fields }} />}
    </div>
  );
}

let moreOpen = false; // kept between layers

/** What an input reads is one of the parts that the rows of this project have. */
function reading(field: FieldInfo, parts: string[]): FieldInfo {
  return { ...field, type: "choice", options: parts.map((part) => [part, part]) };
}

function Form({ layer, info, used }: { layer: Layer; info: KindInfo; used: Fields }): ReactElement | null {
  const say = useWords();
  const setField = useEditor((state) => state.setField);
  const proposed = useEditor((state) => state.proposed[layer.name]);
  const [open, setOpen] = useState(moreOpen);
  const parts = useEditor((state) => state.page?.parts);
  const fields = info.fields.map((field) => (layer.kind === "input" && field.name === "source" && parts ? reading(field, parts) : field));
  const stand = (field: FieldInfo) => standing(field, layer.fields, used, proposed);
  const value = (name: string) => {
    const field = fields.find((other) => other.name === name);
    return field && stand(field).value;
  };
  const seen = fields.filter((field) => shows(field, value));
  const row = (field: FieldInfo) => <FieldRow key={field.name} info={field} now={stand(field)} onValue={(next) => setField(layer.name, field.name, next)} />;
  const main = seen.filter((field) => field.main);
  const more = seen.filter((field) => !field.main);
  if (!seen.length) return <p className="mp-note">{say("no_settings")}</p>;
  const set = more.filter((field) => stand(field).by === "hand").length;
  const turn = (now: boolean) => {
    moreOpen = now;
    setOpen(now);
  };
  return (
    <div className="mp-form">
      {main.map(row)}
      {main.length === 0 ? more.map(row) : more.length > 0 && (
        <details className="mp-more" open={open} onToggle={(event) => turn(event.currentTarget.open)}>
          <summary>{set > 0 ? say("more_set", { count: set }) : say("more")}</summary>
          {more.map(row)}
        </details>
      )}
    </div>
  );
}

function Actions({ layer, block }: { layer: Layer; block: boolean }): ReactElement {
  const say = useWords();
  const open = useEditor((state) => state.openBlock);
  const duplicate = useEditor((state) => state.duplicate);
  const remove = useEditor((state) => state.removeSelection);
  return (
    <div className="mp-actions">
      {block && <button type="button" onClick={() => void open(layer.name)}>{say("open_block")}</button>}
      <button type="button" onClick={duplicate}>{say("duplicate")}</button>
      <button type="button" className="mp-danger" onClick={remove}>{say("delete")}</button>
    </div>
  );
}
