/** The drawing as React Flow wants it. What did not change keeps its object, so that only changed layers are drawn again. */

import type { Edge, Node } from "@xyflow/react";
import { kindOf, type Layers } from "./graph";
import { HEIGHT, WIDTH } from "./layout";
import type { Catalog, Layer } from "./types";

export type LayerNode = Node<{ layer: Layer }, "layer">;
export type LayerEdge = Edge<{ port?: number }, "link">;

/** React Flow's own words for screen readers are English; the layers inside speak for themselves. */
const SILENT = { "aria-label": undefined, "aria-roledescription": undefined };

export function nodesOf(layers: Layers, selection: readonly string[], old: readonly LayerNode[]): LayerNode[] {
  const known = new Map(old.map((node) => [node.id, node]));
  const chosen = new Set(selection);
  return layers.map((layer) => {
    const [x, y] = layer.place ?? [0, 0];
    const was = known.get(layer.name);
    const selected = chosen.has(layer.name);
    const moved = was?.position.x !== x || was.position.y !== y;
    if (was && was.data.layer === layer && !moved && Boolean(was.selected) === selected) return was;
    return { initialWidth: WIDTH, initialHeight: HEIGHT, domAttributes: SILENT, ...was, id: layer.name, type: "layer", data: was?.data.layer === layer ? was.data : { layer }, position: moved ? { x, y } : was.position, selected };
  });
}

export function edgesOf(layers: Layers, catalog: Catalog, old: readonly LayerEdge[]): LayerEdge[] {
  const known = new Map(old.map((edge) => [edge.id, edge]));
  const there = new Set(layers.map((layer) => layer.name));
  return layers.flatMap((layer) => {
    const ports = kindOf(catalog, layer)?.ports.length ?? 0;
    return layer.inputs.flatMap((source, place): LayerEdge[] => {
      if (!there.has(source)) return [];
      const port = ports || layer.inputs.indexOf(source) !== place ? place : undefined;
      const id = port === undefined ? `${source}>${layer.name}` : `${source}>${layer.name}:${place}`;
      const targetHandle = ports ? `in-${Math.min(place, ports - 1)}` : null;
      const was = known.get(id);
      if (was && was.targetHandle === targetHandle && was.data?.port === place) return [was];
      return [{ id, type: "link", ariaRole: "presentation", domAttributes: SILENT, source, target: layer.name, targetHandle, data: { port: place } }];
    });
  });
}
