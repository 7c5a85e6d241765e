/** The canvas: layers and links under the hand. */

import { applyNodeChanges, Background, BackgroundVariant, ConnectionMode, MiniMap, ReactFlow, SelectionMode, type Connection, type EdgeChange, type NodeChange, type OnConnectEnd } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, type DragEvent, type KeyboardEvent } from "react";
import { carried, carries } from "./drag";
import { Link } from "./Edge";
import type { LayerEdge, LayerNode } from "./flow";
import { followFocus, showLayer, startView, ZOOM } from "./focus";
import { onCanvas, writing, type Hands } from "./keyboard";
import { HEIGHT, WIDTH } from "./layout";
import { layerAt, LinkBubble, LinkHint, linkAt } from "./Linking";
import { LayerMenu, useLayerMenu } from "./LayerMenu";
import { LayerCard } from "./Node";
import { useEditor, useEditorStore, useWords, type EditorStore } from "./store";
import { kindOf, layerCalled } from "./graph";
import { usePinch } from "./pinch";
import { Start } from "./Start";
import { tone } from "./tones";
import { Toolbar } from "./Toolbar";

const nodeTypes = { layer: LayerCard };
const edgeTypes = { link: Link };
const MAP_FROM = 12;

export function Canvas({ help }: { help: () => void }) {
  const store = useEditorStore();
  const stage = useRef<HTMLDivElement>(null);
  const nodes = useEditor((state) => state.nodes);
  const edges = useEditor((state) => state.edges);
  const linking = useEditor((state) => state.linking !== null);
  const empty = useEditor((state) => state.layers.length === 0);
  const say = useWords();
  const on = useMemo(() => handlers(store, stage), [store]);
  const hands = useHands(store, stage, help);
  const menu = useLayerMenu(stage);
  useView(store, stage);
  usePinch(store, stage);
  const onKeyDown = useCallback((event: KeyboardEvent) => { if (onCanvas(event, store, hands)) event.preventDefault(); }, [store, hands]);

  return (
    <div className={`stage${linking ? " linking" : ""}`} ref={stage} tabIndex={0} role="application" aria-label={say("canvas_label")} onKeyDown={onKeyDown}
      onDragOver={on.dragOver} onDrop={on.drop} {...menu.listeners}>
      <ReactFlow<LayerNode, LayerEdge>
        nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} onInit={(flow) => store.setState({ flow })}
        onNodesChange={on.nodes} onEdgesChange={on.edges} onNodeDragStop={on.moved} onSelectionDragStop={on.moved} onPaneClick={on.pane} onNodeClick={on.click}
        onConnect={on.connect} onConnectStart={on.connectStart} onConnectEnd={on.connectEnd} isValidConnection={on.valid} connectionMode={ConnectionMode.Strict}
        connectionRadius={28} connectOnClick={false} deleteKeyCode={null} selectionKeyCode="Shift" selectionMode={SelectionMode.Partial} multiSelectionKeyCode={["Control", "Meta"]}
        disableKeyboardA11y nodesFocusable={false} edgesFocusable={false} onlyRenderVisibleElements elevateNodesOnSelect={false}
        minZoom={ZOOM[0]} maxZoom={ZOOM[1]} zoomOnDoubleClick={false} nodeDragThreshold={2} preventScrolling proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} />
        {nodes.length >= MAP_FROM && <MiniMap className="map" ariaLabel={say("map_label")} pannable zoomable nodeColor={(node) => colourOf(store, node.id)} nodeBorderRadius={12} />}
      </ReactFlow>
      <Toolbar help={help} stage={stage} />
      {empty && <Start />}
      <LinkBubble stage={stage} />
      <LinkHint />
      <LayerMenu menu={menu} />
    </div>
  );
}

function colourOf(store: EditorStore, name: string): string {
  const { layers, catalog, report } = store.getState();
  if (report.layers[name]?.fault) return "var(--tone-red)";
  const layer = layerCalled(layers, name);
  return tone((layer && kindOf(catalog, layer)?.group) ?? "");
}

function useHands(store: EditorStore, stage: React.RefObject<HTMLDivElement | null>, help: () => void): Hands {
  return useMemo(() => ({
    menuAt: (layer) => {
      const box = (stage.current?.querySelector(`[data-layer="${layer}"]`) ?? stage.current)?.getBoundingClientRect();
      return box ? { x: box.left + Math.min(box.width, WIDTH) / 2, y: Math.min(box.bottom, window.innerHeight - 40) } : { x: 0, y: 0 };
    },
    show: (layer) => showLayer(store, stage.current, layer),
    zoom: (factor) => { const flow = store.getState().flow; if (flow) void flow.zoomTo(flow.getZoom() * factor); },
    help,
  }), [store, stage, help]);
}

/** The first look at a drawing, and the focus that follows the keyboard. */
function useView(store: EditorStore, stage: React.RefObject<HTMLDivElement | null>): void {
  const load = useEditor((state) => state.load);
  const ready = useEditor((state) => state.flow !== null);
  const focus = useEditor((state) => state.focus);
  useEffect(() => {
    const element = stage.current;
    if (!element || !ready) return;
    // A canvas that is mounted where it cannot be seen has no size yet; it is looked at when it gets one.
    let seen = false;
    const watcher = new ResizeObserver(() => {
      const wide = element.clientWidth > 0;
      if (wide && !seen) requestAnimationFrame(() => startView(store, element));
      seen = wide;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [store, stage, load, ready]);
  useEffect(() => { if (focus.at && focus.where === "canvas") followFocus(store, stage.current); }, [store, stage, focus]);
}

function handlers(store: EditorStore, stage: React.RefObject<HTMLDivElement | null>) {
  const get = store.getState;
  const at = (event: { clientX: number; clientY: number }): [number, number] => {
    const point = get().flow?.screenToFlowPosition({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 };
    return [Math.round(point.x - WIDTH / 2), Math.round(point.y - HEIGHT / 2)];
  };
  return {
    nodes: (changes: NodeChange<LayerNode>[]) => {
      const nodes = applyNodeChanges(changes.filter((change) => change.type !== "remove"), get().nodes);
      store.setState({ nodes });
      if (changes.some((change) => change.type === "select")) chooseThose(store, nodes);
    },
    edges: (changes: EdgeChange<LayerEdge>[]) => {
      const chosen = new Map(changes.flatMap((change) => (change.type === "select" ? [[change.id, change.selected] as const] : [])));
      if (!chosen.size) return;
      const edges = get().edges.map((edge) => (chosen.has(edge.id) && Boolean(edge.selected) !== chosen.get(edge.id) ? { ...edge, selected: chosen.get(edge.id) } : edge));
      store.setState({ edges, selectedEdge: edges.find((edge) => edge.selected)?.id ?? "" });
    },
    moved: () => get().moved(),
    click: (_: unknown, node: LayerNode) => {
      const linking = get().linking; // begun in the layer's menu: now a tap says where it leads
      if (linking) get().endLink();
      if (linking && node.id !== linking.from && !linking.fits[node.id]) get().link(linking.from, node.id);
      stage.current?.querySelector<HTMLElement>(`[data-layer="${node.id}"]`)?.focus({ preventScroll: true });
    },
    pane: () => { get().openMenu(null); get().endLink(); stage.current?.focus({ preventScroll: true }); },
    valid: (link: Connection | LayerEdge) => {
      const linking = get().linking;
      if (!linking || link.source === link.target) return false;
      return !linking.fits[linking.side === "source" ? link.target : link.source];
    },
    connectStart: (_: unknown, { nodeId, handleType }: { nodeId: string | null; handleType: "source" | "target" | null }) => {
      if (nodeId && handleType) get().beginLink(nodeId, handleType, "pointer");
    },
    connect: ({ source, target, targetHandle }: Connection) => get().link(source, target, targetHandle ? Number(targetHandle.slice(3)) : undefined),
    connectEnd: ((event, ended) => {
      const linking = get().linking;
      get().endLink();
      if (!linking || ended.isValid) return;
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      const over = layerAt(stage.current, point.clientX, point.clientY);
      if (over) {
        // The whole layer takes the link, not only its handle.
        if (over !== linking.from && !linking.fits[over]) linking.side === "source" ? get().link(linking.from, over) : get().link(over, linking.from);
      } else if (!ended.toHandle && stage.current?.contains(elementAt(stage.current, point.clientX, point.clientY))) {
        get().openMenu({ x: point.clientX, y: point.clientY, where: { position: at(point), [linking.side === "source" ? "behind" : "before"]: linking.from } });
      }
    }) as OnConnectEnd,
    dragOver: (event: DragEvent) => {
      if (!carries(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    },
    drop: (event: DragEvent) => {
      if (!carries(event.dataTransfer) || writing(event.target)) return;
      event.preventDefault();
      const entry = carried(event.dataTransfer);
      const edge = get().edges.find((other) => other.id === linkAt(stage.current, event.clientX, event.clientY));
      const over = layerAt(stage.current, event.clientX, event.clientY);
      get().addLayer(entry, edge ? { between: [edge.source, edge.target] } : over ? { after: over } : { position: at(event) });
      get().goTo("canvas");
    },
  };
}

function elementAt(stage: HTMLElement, x: number, y: number): Element | null {
  return (stage.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
}

/** What React Flow has chosen, by a click or a box, in the order in which it was chosen. */
function chooseThose(store: EditorStore, nodes: LayerNode[]): void {
  const { selection } = store.getState();
  const now = new Set(nodes.flatMap((node) => (node.selected ? [node.id] : [])));
  const kept = selection.filter((name) => now.has(name));
  const next = [...kept, ...[...now].filter((name) => !kept.includes(name))];
  if (next.length !== selection.length || next.some((name, place) => name !== selection[place])) store.setState({ selection: next });
}
