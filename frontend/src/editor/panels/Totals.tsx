/** What the whole network weighs and costs, in one row. */
import { type ReactElement, useId } from "react";
import { useEditor, useWords } from "../store";

export function Totals(): ReactElement {
  const say = useWords();
  const totals = useEditor((state) => state.report.totals);
  const stale = useEditor((state) => state.savedRev < state.changedRev);
  const id = useId();
  return (
    <ul className="mp-totals" aria-label={say("totals")} data-stale={stale || undefined}>
      {totals.map(({ label, value, help }, i) => (
        <li key={label} tabIndex={help ? 0 : undefined} aria-describedby={help ? `${id}${i}` : undefined}>
          <span className="mp-total-label">{label}</span> <span className="mp-total-value">{value}</span>
          {help && <span role="tooltip" id={`${id}${i}`} className="mp-tip">{help}</span>}
        </li>
      ))}
    </ul>
  );
}
