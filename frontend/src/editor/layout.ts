/** Places for layers: top to bottom by what feeds what. */

import dagre from "@dagrejs/dagre";
import type { Layers } from "./graph";

export const WIDTH = 240;
export const HEIGHT = 62;
export const ROW = HEIGHT + 50;

/** A place for every layer, upper left corner. */
export function arranged(layers: Layers, sizes: ReadonlyMap<string, { width: number; height: number }> = new Map()): Map<string, [number, number]> {
  const drawing = new dagre.graphlib.Graph();
  drawing.setGraph({ rankdir: "TB", nodesep: 32, ranksep: 50, marginx: 0, marginy: 0 });
  drawing.setDefaultEdgeLabel(() => ({}));
  const size = (name: string) => sizes.get(name) ?? { width: WIDTH, height: HEIGHT };
  for (const layer of layers) drawing.setNode(layer.name, { ...size(layer.name) });
  for (const layer of layers) for (const input of layer.inputs) if (drawing.hasNode(input)) drawing.setEdge(input, layer.name);
  dagre.layout(drawing);
  return new Map(layers.map((layer) => {
    const at = drawing.node(layer.name);
    const { width, height } = size(layer.name);
    return [layer.name, [Math.round(at.x - width / 2), Math.round(at.y - height / 2)]];
  }));
}

/** Places for those that have none; the others stay where they are. */
export function missing(layers: Layers): Map<string, [number, number]> {
  const without = layers.filter((layer) => !layer.place);
  if (!without.length) return new Map();
  if (without.length === layers.length) return arranged(layers);
  const known = new Map(layers.flatMap((layer) => (layer.place ? [[layer.name, layer.place] as const] : [])));
  const found = new Map<string, [number, number]>();
  const ideal = arranged(layers);
  for (const layer of without) {
    // Where the automatic picture would have it, seen from a neighbour that has a place.
    const near = [...layer.inputs, ...layers.filter((other) => other.inputs.includes(layer.name)).map((other) => other.name)].find((name) => known.has(name));
    const [x, y] = ideal.get(layer.name)!;
    const from = near ? ideal.get(near)! : [0, 0];
    const to = near ? known.get(near)! : [0, 0];
    const place = free([Math.round(to[0] + x - from[0]), Math.round(to[1] + y - from[1])], [...known.values()]);
    found.set(layer.name, place);
    known.set(layer.name, place);
  }
  return found;
}

/** Where one layer of `old` has become several: they stand in its place, and what stood below it makes room. */
export function unfolded(old: Layers, layers: Layers): Layers {
  const now = new Set(layers.map((layer) => layer.name));
  const gone = old.filter((layer) => !now.has(layer.name));
  const fresh = layers.filter((layer) => !layer.place);
  const place = gone[0]?.place;
  if (gone.length !== 1 || fresh.length < 2 || !place) return layers;
  const places = [...arranged(fresh)];
  const left = Math.min(...places.map(([, [x]]) => x));
  const [width, height] = [0, 1].map((side) => Math.max(...places.map(([, at]) => at[side])));
  const own = new Map(places.map(([name, [x, y]]): [string, [number, number]] => [name, [place[0] + Math.round(x - left - (width - left) / 2), place[1] + y]]));
  return layers.map((layer) => {
    const at = own.get(layer.name);
    if (at) return { ...layer, place: at };
    return layer.place && layer.place[1] > place[1] ? { ...layer, place: [layer.place[0], layer.place[1] + height] } : layer;
  });
}

/** The nearest place to the right of `wanted` where no other layer stands, also one that has grown by a fault. */
export function free(wanted: [number, number], taken: readonly (readonly [number, number])[]): [number, number] {
  let [x, y] = wanted;
  for (let step = 0; step < 60 && taken.some(([a, b]) => Math.abs(a - x) < WIDTH + 12 && Math.abs(b - y) < ROW - 4); step++) x += WIDTH + 36;
  return [x, y];
}

/** How far to the right these layers stand free of all others. */
export function aside(chosen: Layers, layers: Layers): number {
  const places = (some: Layers) => some.flatMap((layer) => (layer.place ? [layer.place] : []));
  const [own, taken] = [places(chosen), places(layers)];
  let shift = WIDTH + 32;
  for (let step = 0; step < 60 && own.some(([x, y]) => taken.some(([a, b]) => Math.abs(a - x - shift) < WIDTH + 12 && Math.abs(b - y) < HEIGHT + 12)); step++) shift += WIDTH + 32;
  return shift;
}
