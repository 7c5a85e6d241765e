/** What a layer is, what it is called, what comes out of it, and what is wrong with it. */
import { type KeyboardEvent, type ReactElement, useEffect, useId, useState } from "react";
import { labelOf, nameTrouble } from "../graph";
import { useEditor, useWords } from "../store";
import type { KindInfo, Layer } from "../types";
import { toned } from "./toned";

export function LayerHead({ layer, info }: { layer: Layer; info: KindInfo | undefined }): ReactElement {
  const say = useWords();
  const report = useEditor((state) => state.report.layers[layer.name]);
  const stale = useEditor((state) => state.savedRev < state.changedRev);
  const share = Math.round((report?.share ?? 0) * 100);
  return (
    <header className="mp-head" style={toned(info?.group)}>
      <p className="mp-kind">{labelOf(layer, info)}</p>
      <NameInput layer={layer} />
      <p className="mp-badges" data-stale={stale || undefined}>
        {report ? (
          <>
            <span data-look={report.fault ? "wrong" : report.waits ? "waits" : undefined}>{report.gives}</span>
            {report.weighs && <span>{share > 0 ? say("weighs_share", { weighs: report.weighs, share }) : report.weighs}</span>}
          </>
        ) : <span>{say("measuring")}</span>}
      </p>
    </header>
  );
}

function NameInput({ layer }: { layer: Layer }): ReactElement {
  const say = useWords();
  const id = useId();
  const layers = useEditor((state) => state.layers);
  const rename = useEditor((state) => state.rename);
  const [draft, setDraft] = useState(layer.name);
  useEffect(() => setDraft(layer.name), [layer.name]);
  const trouble = draft === layer.name ? "" : nameTrouble(layers, layer.name, draft);
  const take = () => {
    if (!trouble) rename(layer.name, draft);
  };
  const key = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") take();
    if (event.key !== "Escape" || draft === layer.name) return;
    event.stopPropagation();
    setDraft(layer.name);
  };
  return (
    <>
      <label className="mp-hidden" htmlFor={id}>{say("layer_name")}</label>
      <input
        id={id} className="mp-name" value={draft} maxLength={80} autoComplete="off" spellCheck={false} aria-invalid={Boolean(trouble) || undefined}
        aria-describedby={trouble ? `${id}t` : undefined} onChange={(event) => setDraft(event.target.value)} onKeyDown={key} onBlur={take}
      />
      {trouble && <p className="mp-trouble" id={`${id}t`} role="alert">{say(trouble, { name: draft })} {say("stays", { value: layer.name })}</p>}
    </>
  );
}
