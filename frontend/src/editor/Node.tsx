/** One layer on the canvas. */

import { Handle, Position, type NodeProps } from "@xyflow/react";
import { memo, type CSSProperties } from "react";
import type { LayerNode } from "./flow";
import { labelOf } from "./graph";
import { Icon } from "./Icon";
import { WIDTH } from "./layout";
import { kindOf, useEditor, useWords } from "./store";
import { tone } from "./tones";
import type { KindInfo, LayerReport } from "./types";

export const LayerCard = memo(function LayerCard({ id, data, selected }: NodeProps<LayerNode>) {
  const { layer } = data;
  const info = useEditor((state) => kindOf(state, layer));
  const report = useEditor((state) => state.report.layers[id]);
  const stale = useEditor((state) => state.savedRev < state.changedRev);
  const refused = useEditor((state) => state.linking?.fits[id]);
  const linking = useEditor((state) => state.linking !== null);
  const aimed = useEditor((state) => state.linking?.over === id);
  const label = labelOf(layer, info);
  const looks = [
    "layer", selected && "chosen", report?.fault && "faulty", report?.waits && "waiting", stale && "stale", (info?.block ?? report?.block) && "block",
    linking && (refused ? "refusing" : "taking"), aimed && "aimed",
  ].filter(Boolean).join(" ");
  return (
    <div className={looks} style={{ "--tone": tone(info?.group ?? "") } as CSSProperties}>
      <Ports info={info} inputs={layer.inputs.length} />
      <div className="shell">
        <div className="card" role="group" tabIndex={-1} data-layer={id} data-kind={layer.kind} aria-current={selected ? "true" : undefined} aria-label={report?.sentence || `${label} ${id}`} title={report?.sentence}>
          <div className="head" aria-hidden="true"><strong>{label}</strong><span className="name">{id}</span></div>
          <Badges report={report} />
          <Share report={report} />
        </div>
        {report?.fault && <Mends layer={id} labels={report.fault.mends} />}
      </div>
      {info?.group !== "ends" || info.inputs[1] === 0 ? <Handle type="source" position={Position.Bottom} className="out" /> : null}
    </div>
  );
});

function Ports({ info, inputs }: { info: KindInfo | undefined; inputs: number }) {
  if (info && info.inputs[1] === 0) return null;
  const ports = info?.ports ?? [];
  if (!ports.length) return <Handle type="target" position={Position.Top} className={`in${inputs ? "" : " empty"}`} />;
  return ports.map((port, place) => (
    <Handle key={place} id={`in-${place}`} type="target" isConnectable={place <= inputs} position={Position.Top} className={`in port${place < inputs ? "" : " empty"}`} style={{ left: `${((place + 0.5) * 100) / ports.length}%` }}>
      <span className="port-name" style={{ width: WIDTH / ports.length - 4 }}>{port}</span>
    </Handle>
  ));
}

function Share({ report }: { report: LayerReport | undefined }) {
  if (!report?.share || report.fault) return null;
  const percent = Math.max(report.share * 100, 1);
  return <span className="share" aria-hidden="true"><span style={{ width: `${percent}%` }} /></span>;
}

function Badges({ report }: { report: LayerReport | undefined }) {
  if (!report) return <div className="badges" aria-hidden="true"><span className="gives">…</span></div>;
  if (report.fault) return <div className="fault" aria-hidden="true"><Icon name="warn" size={15} /><span>{report.fault.brief}</span></div>;
  return (
    <div className="badges" aria-hidden="true">
      <span className="gives">{report.waits && <Icon name="wait" size={12} />}{report.gives}</span>
      {report.about && <span className="weighs">{report.about}</span>}
    </div>
  );
}

/** The first way to put it right, where the fault is; all of them stand in the panel. */
function Mends({ layer, labels }: { layer: string; labels: string[] }) {
  const mend = useEditor((state) => state.mend);
  const say = useWords();
  if (!labels.length) return null;
  return (
    <button type="button" className="mend nodrag nopan" title={labels[0]} aria-label={say("mend_layer", { mend: labels[0], layer })} onClick={(event) => { event.stopPropagation(); void mend(layer, 0); }}>
      <Icon name="wand" size={15} /><span>{labels[0]}</span>
    </button>
  );
}
