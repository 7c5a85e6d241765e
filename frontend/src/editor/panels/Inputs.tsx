/** Which layers feed this one, in which order, and through which port. */
import { type ReactElement, useId } from "react";
import { after } from "../graph";
import { useEditor, useWords } from "../store";
import type { KindInfo, Layer } from "../types";

export function Inputs({ layer, info }: { layer: Layer; info: KindInfo }): ReactElement | null {
  const say = useWords();
  const id = useId();
  const most = info.inputs[1];
  if (most === 0) return null;
  return (
    <section className="mp-inputs" aria-labelledby={id}>
      <h2 id={id}>{say("fed_by")}</h2>
      {layer.inputs.length === 0 && <p className="mp-note">{say("fed_by_none")}</p>}
      <ol>
        {layer.inputs.map((name, place) => <Input key={`${name}${place}`} layer={layer} name={name} place={place} port={info.ports[place]} />)}
      </ol>
      {layer.inputs.length < most && <LinkFrom layer={layer} />}
    </section>
  );
}

interface Row {
  layer: Layer;
  name: string;
  place: number;
  port: string | undefined;
}

function Input({ layer, name, place, port }: Row): ReactElement {
  const say = useWords();
  const select = useEditor((state) => state.select);
  const move = useEditor((state) => state.moveInput);
  const unlink = useEditor((state) => state.unlink);
  const gives = useEditor((state) => state.report.layers[name]?.gives ?? "");
  const last = layer.inputs.length - 1;
  return (
    <li>
      <span className="mp-input">
        {port && <span className="mp-port">{port}</span>}
        <button type="button" className="mp-link" onClick={() => select([name])}>{name}</button>
        <span className="mp-note">{gives}</span>
      </span>
      {last > 0 && (
        <>
          <button type="button" className="mp-icon" disabled={place === 0} aria-label={say("input_up", { layer: name })} onClick={() => move(layer.name, place, place - 1)}>↑</button>
          <button type="button" className="mp-icon" disabled={place === last} aria-label={say("input_down", { layer: name })} onClick={() => move(layer.name, place, place + 1)}>↓</button>
        </>
      )}
      <button type="button" className="mp-icon" aria-label={say("input_unlink", { layer: name })} onClick={() => unlink(name, layer.name, place)}>×</button>
    </li>
  );
}

/** A link without a pointer: from any layer that is not fed by this one. */
function LinkFrom({ layer }: { layer: Layer }): ReactElement | null {
  const say = useWords();
  const layers = useEditor((state) => state.layers);
  const link = useEditor((state) => state.link);
  const later = after(layers, layer.name);
  const possible = layers.filter(({ name, kind }) => kind !== "output" && !later.has(name) && !layer.inputs.includes(name));
  if (!possible.length) return null;
  return (
    <select className="mp-link-from" aria-label={say("link_from")} value="" onChange={(event) => link(event.target.value, layer.name)}>
      <option value="">{say("link_from")}</option>
      {possible.map(({ name }) => <option key={name} value={name}>{name}</option>)}
    </select>
  );
}
