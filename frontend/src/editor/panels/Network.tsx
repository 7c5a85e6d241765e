/** The whole network: what does not fit yet, and what it does, in words. */
import type { ReactElement } from "react";
import { useEditor, useWords } from "../store";
import { FaultBox } from "./FaultBox";

export function Network(): ReactElement {
  const say = useWords();
  const report = useEditor((state) => state.report);
  const empty = useEditor((state) => state.layers.length === 0);
  const select = useEditor((state) => state.select);
  if (empty) return <p className="mp-empty">{say("network_empty")}</p>;
  return (
    <div className="mp-network">
      {report.faults.length > 0 && (
        <>
          <h2>{report.faults.length === 1 ? say("one_fault") : say("many_faults", { count: report.faults.length })}</h2>
          <ul className="mp-faults">
            {report.faults.map((fault, i) => <li key={`${fault.layer}${i}`}><FaultBox fault={fault} onLayer={(layer) => select([layer])} /></li>)}
          </ul>
        </>
      )}
      {report.words.length > 0 && (
        <>
          <h2>{say("in_words")}</h2>
          <div className="mp-words">{report.words.map((sentence, i) => <p key={i}>{sentence}</p>)}</div>
        </>
      )}
      <p className="mp-note">{say("choose_layer")}</p>
    </div>
  );
}
