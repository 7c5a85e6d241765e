/** A link between two layers, with a "+" that inserts a layer into it. */

import { BaseEdge, EdgeLabelRenderer, getBezierPath, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import type { LayerEdge } from "./flow";
import { Icon } from "./Icon";
import { useEditor, useWords } from "./store";

export const Link = memo(function Link(props: EdgeProps<LayerEdge>) {
  const { id, source, target, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected } = props;
  const shapeless = useEditor((state) => state.report.layers[source]?.shape === null);
  const openMenu = useEditor((state) => state.openMenu);
  const unlink = useEditor((state) => state.unlink);
  const say = useWords();
  const [path, x, y] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={22} className={shapeless ? "shapeless" : ""} />
      <EdgeLabelRenderer>
        <div className={`on-link nodrag nopan${selected ? " chosen" : ""}`} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }} data-link={id}>
          <button type="button" tabIndex={-1} aria-label={say("insert_between", { source, target })} title={say("insert_between", { source, target })}
            onClick={(event) => { event.stopPropagation(); openMenu({ x: event.clientX, y: event.clientY, where: { between: [source, target] } }); }}>
            <Icon name="plus" size={14} />
          </button>
          {selected && (
            <button type="button" className="cut" aria-label={say("remove_link", { source, target })} title={say("remove_link", { source, target })} onClick={(event) => { event.stopPropagation(); unlink(source, target, props.data?.port); }}>
              <Icon name="cross" size={14} />
            </button>
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
