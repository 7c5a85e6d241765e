/** Several chosen layers: what can be done with all of them at once. */
import { type FormEvent, type ReactElement, useId, useState } from "react";
import { useEditor, useWords } from "../store";

export function Several(): ReactElement {
  const say = useWords();
  const id = useId();
  const selection = useEditor((state) => state.selection);
  const layers = useEditor((state) => state.layers);
  const duplicate = useEditor((state) => state.duplicate);
  const remove = useEditor((state) => state.removeSelection);
  const wrap = useEditor((state) => state.wrap);
  const [title, setTitle] = useState("");
  const ends = layers.some((layer) => selection.includes(layer.name) && (layer.kind === "input" || layer.kind === "output"));
  const make = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() && !ends) void wrap(title.trim());
  };
  return (
    <div className="mp-several">
      <h2>{say("several", { count: selection.length })}</h2>
      <p className="mp-note">{selection.slice(0, 12).join(", ")}{selection.length > 12 ? " …" : ""}</p>
      <div className="mp-actions">
        <button type="button" onClick={duplicate}>{say("duplicate")}</button>
        <button type="button" className="mp-danger" onClick={remove}>{say("delete")}</button>
      </div>
      <form onSubmit={make}>
        <h2>{say("make_block")}</h2>
        <p className="mp-help" id={`${id}h`}>{ends ? say("make_block_ends") : say("make_block_help")}</p>
        <label htmlFor={id}>{say("block_title")}</label>
        <input id={id} value={title} maxLength={60} autoComplete="off" disabled={ends} aria-describedby={`${id}h`} onChange={(event) => setTitle(event.target.value)} />
        <div className="mp-actions"><button type="submit" className="mp-main" disabled={!title.trim() || ends}>{say("make_block")}</button></div>
      </form>
    </div>
  );
}
