/** What comes out of the chosen layer for a real row of the user's data. */
import { type ReactElement, useEffect, useId, useState } from "react";
import { useEditor, useWords } from "../store";
import type { Layer } from "../types";
import { Sight } from "./Sight";

const SOON_MS = 120;

/** Kept between layers: whoever looks at row 7 goes on looking at row 7. */
let last = { row: 0, trained: true };

export function PreviewTab({ layer }: { layer: Layer }): ReactElement {
  const say = useWords();
  const page = useEditor((state) => state.page);
  const changed = useEditor((state) => state.changedRev);
  const fault = useEditor((state) => state.report.layers[layer.name]?.fault);
  const waits = useEditor((state) => state.report.layers[layer.name]?.waits);
  const request = useEditor((state) => state.requestPreview);
  const preview = useEditor((state) => (state.preview?.layer === layer.name ? state.preview : null));
  const rows = page?.rows ?? 0;
  const [row, setRow] = useState(Math.min(last.row, Math.max(0, rows - 1)));
  const [wanted, setWanted] = useState(last.trained);
  const trained = wanted && Boolean(page?.trained);
  const broken = Boolean(fault || waits);

  useEffect(() => {
    last = { row, trained: wanted };
    if (broken || rows === 0) return;
    const clock = setTimeout(() => void request(layer.name, row, trained), SOON_MS);
    return () => clearTimeout(clock);
  }, [layer.name, row, trained, wanted, changed, broken, rows, request, page?.trained]);

  if (rows === 0) return <p className="mp-empty">{say("preview_no_rows")}</p>;
  if (broken) return <p className="mp-empty">{waits ? say("preview_waits", { layer: waits }) : say("preview_broken")}</p>;
  const answer = preview?.answer?.state === "ready" ? preview.answer : null;
  const warming = !answer && preview?.answer?.state === "warming";
  return (
    <div className="mp-preview">
      <Rows row={row} rows={rows} onRow={setRow} />
      {page?.trained && <Weights trained={trained} run={page.trained} onTrained={setWanted} />}
      {preview?.trouble && <p className="mp-fault" role="alert"><strong>{preview.trouble.what}</strong> {preview.trouble.fix}</p>}
      {answer?.words && <p className="mp-says">{answer.words}</p>}
      <div aria-busy={preview?.busy ?? true} className="mp-seen" data-stale={(preview?.busy && answer) || undefined}>
        {answer && <Sight preview={answer} />}
      </div>
      <p className="mp-note mp-state" role="status">
        {warming ? <><span className="mp-spin" aria-hidden />{say("preview_warming")}</> : !answer && !preview?.trouble ? <><span className="mp-spin" aria-hidden />{say("preview_busy")}</> : ""}
      </p>
    </div>
  );
}

function Rows({ row, rows, onRow }: { row: number; rows: number; onRow: (row: number) => void }): ReactElement {
  const say = useWords();
  const id = useId();
  const [draft, setDraft] = useState(String(row + 1));
  useEffect(() => setDraft(String(row + 1)), [row]);
  const type = (text: string) => {
    setDraft(text);
    const number = Number(text);
    if (Number.isInteger(number) && number >= 1 && number <= rows) onRow(number - 1);
  };
  return (
    <div className="mp-rows">
      <label htmlFor={id}>{say("row")}</label>
      <button type="button" className="mp-icon" aria-label={say("row_before")} disabled={row === 0} onClick={() => onRow(row - 1)}>‹</button>
      <input id={id} type="number" inputMode="numeric" min={1} max={rows} value={draft} onChange={(event) => type(event.target.value)} onBlur={() => setDraft(String(row + 1))} />
      <button type="button" className="mp-icon" aria-label={say("row_after")} disabled={row >= rows - 1} onClick={() => onRow(row + 1)}>›</button>
      <span className="mp-note">{say("row_of", { count: rows })}</span>
      <button type="button" className="mp-quiet" disabled={rows < 2} onClick={() => onRow((row + 1 + Math.floor(Math.random() * (rows - 1))) % rows)}>{say("row_another")}</button>
    </div>
  );
}

function Weights({ trained, run, onTrained }: { trained: boolean; run: string; onTrained: (trained: boolean) => void }): ReactElement {
  const say = useWords();
  const name = useId();
  return (
    <fieldset className="mp-switch">
      <legend className="mp-hidden">{say("preview_weights")}</legend>
      <label><input type="radio" name={name} checked={!trained} onChange={() => onTrained(false)} /><span>{say("preview_untrained")}</span></label>
      <label title={run}><input type="radio" name={name} checked={trained} onChange={() => onTrained(true)} /><span>{say("preview_trained")}</span></label>
    </fieldset>
  );
}
