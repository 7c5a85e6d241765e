/** The drawing as a list of layers, and every change to it as a function that gives a new list. */

import type { Catalog, Fields, Graph, KindInfo, Layer, Value } from "./types";

export type Layers = readonly Layer[];
const VERSION = 1;

export function toGraph(layers: Layers): Graph {
  return { version: VERSION, layers: [...layers] };
}

export function layerCalled(layers: Layers, name: string | null | undefined): Layer | undefined {
  return name ? layers.find((layer) => layer.name === name) : undefined;
}

/** What the palette knows about the kind of this layer; a user's own block has an entry of its own. */
export function kindOf(catalog: Catalog, layer: Layer): KindInfo | undefined {
  if (layer.kind === "own_block") {
    const own = Object.entries(catalog.kinds).find(([key, info]) => key.startsWith("own_block:") && info.preset && same(info.preset, layer.fields, Object.keys(info.preset)));
    if (own) return own[1];
  }
  return catalog.kinds[layer.kind];
}

/** What it is called: a block of one's own by its title, also where the palette has forgotten it. */
export function labelOf(layer: Layer, info: KindInfo | undefined): string {
  const title = layer.kind === "own_block" ? layer.fields.title : undefined;
  return typeof title === "string" && title ? title : (info?.label ?? layer.kind);
}

function same(preset: Fields, fields: Fields, names: string[]): boolean {
  return names.every((name) => JSON.stringify(preset[name]) === JSON.stringify(fields[name]));
}

/** `dense_3`: the first of its kind that is free. */
export function freeName(taken: ReadonlySet<string>, kind: string): string {
  const stem = kind.replace(/[^A-Za-z0-9_]/g, "_").replace(/_\d+$/, "") || "layer";
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number++;
  return `${stem}_${number}`;
}

/** Why this cannot be a layer's name: a key of the editor's sentences, or empty where it can. */
export function nameTrouble(layers: Layers, old: string, name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name.length > 80) return "name_letters";
  return name !== old && layers.some((layer) => layer.name === name) ? "name_taken" : "";
}

export function names(layers: Layers): Set<string> {
  return new Set(layers.map((layer) => layer.name));
}

/** Who is fed by whom. */
export function followers(layers: Layers): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const layer of layers) for (const name of layer.inputs) found.set(name, [...(found.get(name) ?? []), layer.name]);
  return found;
}

/** This layer and all that comes after it. */
export function after(layers: Layers, start: string): Set<string> {
  return reached(start, followers(layers));
}

/** This layer and all that comes before it. */
export function before(layers: Layers, start: string): Set<string> {
  return reached(start, new Map(layers.map((layer) => [layer.name, layer.inputs])));
}

function reached(start: string, next: Map<string, string[]>): Set<string> {
  const seen = new Set([start]);
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const other of next.get(name) ?? []) if (!seen.has(other)) { seen.add(other); waiting.push(other); }
  }
  return seen;
}

function change(layers: Layers, name: string, how: (layer: Layer) => Layer): Layers {
  return layers.map((layer) => (layer.name === name ? how(layer) : layer));
}

export function withField(layers: Layers, name: string, field: string, value: Value | undefined): Layers {
  return change(layers, name, (layer) => {
    const fields = { ...layer.fields };
    if (value === undefined) delete fields[field];
    else fields[field] = value;
    return { ...layer, fields };
  });
}

export function renamed(layers: Layers, old: string, name: string): Layers {
  return layers.map((layer) => {
    const inputs = layer.inputs.includes(old) ? layer.inputs.map((input) => (input === old ? name : input)) : layer.inputs;
    return layer.name === old || inputs !== layer.inputs ? { ...layer, name: layer.name === old ? name : layer.name, inputs } : layer;
  });
}

/** A link more; into a layer with one input it takes the place of the old one, at a port that of the port. */
export function linked(layers: Layers, source: string, target: string, info: KindInfo | undefined, port?: number): Layers {
  return change(layers, target, (layer) => {
    if (info && info.inputs[1] === 1) return { ...layer, inputs: [source] };
    if (port !== undefined && port < layer.inputs.length) return { ...layer, inputs: layer.inputs.map((input, place) => (place === port ? source : input)) };
    return layer.inputs.includes(source) && !info?.ports.length ? layer : { ...layer, inputs: [...layer.inputs, source] };
  });
}

export function unlinked(layers: Layers, source: string, target: string, port?: number): Layers {
  return change(layers, target, (layer) => ({ ...layer, inputs: layer.inputs.filter((input, place) => input !== source || (port !== undefined && place !== port)) }));
}

export function movedInput(layers: Layers, name: string, from: number, to: number): Layers {
  return change(layers, name, (layer) => {
    const inputs = [...layer.inputs];
    inputs.splice(to, 0, ...inputs.splice(from, 1));
    return { ...layer, inputs };
  });
}

export function placed(layers: Layers, places: ReadonlyMap<string, readonly [number, number]>): Layers {
  return layers.map((layer) => {
    const place = places.get(layer.name);
    if (!place || (layer.place && layer.place[0] === place[0] && layer.place[1] === place[1])) return layer;
    return { ...layer, place: [place[0], place[1]] };
  });
}

/** Without these layers; who was fed by one of them is fed by what fed it, where that is one layer. */
export function removed(layers: Layers, gone: ReadonlySet<string>): Layers {
  const feeding = new Map(layers.map((layer) => [layer.name, layer.inputs]));
  const through = (name: string, seen: Set<string>): string[] => {
    if (!gone.has(name)) return feeding.has(name) ? [name] : [];
    const inputs = feeding.get(name) ?? [];
    if (seen.has(name) || inputs.length !== 1) return [];
    return through(inputs[0], new Set([...seen, name]));
  };
  return layers.filter((layer) => !gone.has(layer.name)).map((layer) => {
    if (!layer.inputs.some((input) => gone.has(input))) return layer;
    const inputs = layer.inputs.flatMap((input) => (gone.has(input) ? through(input, new Set()) : [input]));
    return { ...layer, inputs: [...new Set(inputs)] };
  });
}

/** Copies of these layers under free names, so far aside, linked among themselves as the originals are. */
export function copies(chosen: Layers, taken: ReadonlySet<string>, aside: number): Layers {
  const used = new Set(taken);
  const called = new Map<string, string>();
  for (const layer of chosen) {
    const name = freeName(used, layer.name);
    used.add(name);
    called.set(layer.name, name);
  }
  return chosen.map((layer) => ({
    ...layer, fields: { ...layer.fields }, name: called.get(layer.name)!,
    inputs: layer.inputs.flatMap((input) => called.get(input) ?? []),
    ...(layer.place ? { place: [layer.place[0] + aside, layer.place[1]] as [number, number] } : {}),
  }));
}

/** The same drawing, places and order aside from what is drawn. */
export function sameLayers(a: Layers, b: Layers): boolean {
  return a.length === b.length && JSON.stringify(a.map(plain)) === JSON.stringify(b.map(plain));
}

function plain(layer: Layer): unknown {
  const fields = Object.fromEntries(Object.entries(layer.fields).sort(([x], [y]) => (x < y ? -1 : 1)));
  return [layer.name, layer.kind, layer.inputs, fields];
}
