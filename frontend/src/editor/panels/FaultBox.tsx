/** What does not fit, what to do now, and a button for each way to put it right at once. */
import { type ReactElement, useState } from "react";
import { useEditor, useWords } from "../store";
import type { Fault } from "../types";

export function FaultBox({ fault, onLayer }: { fault: Fault; onLayer?: (layer: string) => void }): ReactElement {
  const say = useWords();
  const mend = useEditor((state) => state.mend);
  const stale = useEditor((state) => state.savedRev < state.changedRev);
  const [busy, setBusy] = useState(false);
  const put = async (number: number) => {
    setBusy(true);
    await mend(fault.layer, number);
    setBusy(false);
  };
  return (
    <section className="mp-fault" aria-label={fault.layer ? say("fault_of", { layer: fault.layer }) : say("fault")} data-stale={stale || undefined}>
      {onLayer && fault.layer && <button type="button" className="mp-link" onClick={() => onLayer(fault.layer)}>{fault.layer}</button>}
      <p><strong>{fault.what}</strong> {fault.fix}</p>
      {fault.mends.length > 0 && (
        <div className="mp-actions">
          {fault.mends.map((label, number) => (
            <button key={label} type="button" data-first={number === 0 || undefined} className={number === 0 ? "mp-main" : ""} disabled={busy || stale} onClick={() => void put(number)}>{label}</button>
          ))}
        </div>
      )}
    </section>
  );
}
