/** The first step, in the middle of a canvas that is empty. */

import { Icon } from "./Icon";
import { useEditor, useWords } from "./store";

export function Start() {
  const say = useWords();
  const mend = useEditor((state) => state.mend);
  const fit = useEditor((state) => state.fit);
  const stale = useEditor((state) => state.savedRev < state.changedRev);
  const mends = useEditor((state) => state.report.faults.find((fault) => !fault.layer)?.mends);
  return (
    <section className="start" aria-label={say("start_title")}>
      <h2>{say("start_title")}</h2>
      <p>{say("start_help")}</p>
      {mends?.map((label, number) => (
        <button key={label} type="button" className="first" disabled={stale} onClick={() => void mend("", number).then(() => requestAnimationFrame(fit))}><Icon name="plus" size={16} />{label}</button>
      ))}
      <p className="hint">{say("start_hint")}</p>
    </section>
  );
}
