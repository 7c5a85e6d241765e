/** Where a new layer goes, and what feeds it. */

import { after, followers, freeName, layerCalled, linked, names, nameTrouble, type Layers } from "./graph";
import { free, HEIGHT, ROW, WIDTH } from "./layout";
import type { Catalog, KindInfo, Layer } from "./types";

export interface Where {
  position?: [number, number]; // upper left corner, free of links unless `behind` or `before` says more
  after?: string; // on the way from this layer to those that it feeds
  between?: [string, string]; // on this link
  behind?: string; // fed by this layer, feeding none: a branch
  before?: string; // feeding this layer
}

/** The layers with a new one of the palette's `entry`, and the new one's name. */
export function added(layers: Layers, catalog: Catalog, entry: string, where: Where, parts: readonly string[] = []): { layers: Layers; name: string } {
  const info = catalog.kinds[entry];
  const kind = entry.split(":")[0];
  const name = (kind === "input" && unread(layers, parts)) || freeName(names(layers), stemOf(kind, info));
  const fresh: Layer = { name, kind, inputs: [], fields: { ...info?.preset } };
  const reads = !info || info.inputs[1] > 0;
  const way = reads ? path(layers, info, where) : undefined;
  let next: Layers = layers;
  if (way) {
    fresh.inputs = [way.source];
    next = next.map((layer) => (way.targets.includes(layer.name) ? { ...layer, inputs: layer.inputs.map((input) => (input === way.source ? name : input)) } : layer));
  } else if (where.behind && reads) fresh.inputs = [where.behind];
  if (where.before && kind !== "output") next = linked(next, name, where.before, catalog.kinds[layerCalled(next, where.before)?.kind ?? ""]);
  const [place, moved] = placeFor(next, fresh, where, way);
  fresh.place = place;
  return { layers: [...moved, fresh], name };
}

/** A block of one's own is named by its title, where that has Latin letters. */
function stemOf(kind: string, info: KindInfo | undefined): string {
  const title = kind === "own_block" && info ? info.label.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[_\d]+|_+$/g, "") : "";
  return title || kind;
}

/** The first part of the rows that no input reads yet; an input of that name reads it. */
function unread(layers: Layers, parts: readonly string[]): string | undefined {
  const read = new Set(layers.flatMap((layer) => (layer.kind === "input" ? [layer.fields.source ?? layer.name] : [])));
  return parts.find((part) => !read.has(part) && !nameTrouble(layers, "", part));
}

interface Way { source: string; targets: string[]; }

function path(layers: Layers, info: KindInfo | undefined, where: Where): Way | undefined {
  if (where.between) return { source: where.between[0], targets: [where.between[1]] };
  if (!where.after) return undefined;
  const chosen = layerCalled(layers, where.after);
  if (!chosen) return undefined;
  if (chosen.kind === "output") return chosen.inputs[0] && !isEnd(info) ? { source: chosen.inputs[0], targets: [chosen.name] } : undefined;
  const next = isEnd(info) ? [] : (followers(layers).get(chosen.name) ?? []);
  return { source: chosen.name, targets: next };
}

/** An output feeds nothing. */
function isEnd(info: KindInfo | undefined): boolean {
  return info?.group === "ends" && info.inputs[1] > 0;
}

function placeFor(layers: Layers, fresh: Layer, where: Where, way: Way | undefined): [[number, number], Layers] {
  const taken = layers.flatMap((layer) => (layer.place ? [layer.place] : []));
  if (where.position) return [free(where.position, taken), layers];
  const source = layerCalled(layers, fresh.inputs[0]);
  if (!source?.place) {
    const target = layerCalled(layers, where.before);
    if (target?.place) return [free([target.place[0], target.place[1] - ROW], taken), layers];
    const left = Math.min(0, ...taken.map(([x]) => x));
    if (fresh.kind === "input" && taken.length) return [free([left, Math.min(...taken.map(([, y]) => y))], taken), layers];
    return [taken.length ? free([left, Math.max(...taken.map(([, y]) => y)) + ROW], taken) : [0, 0], layers];
  }
  const [x, y] = source.place;
  if (!way?.targets.length) return [free([x, y + ROW], taken), layers];
  const target = layerCalled(layers, way.targets[0]);
  const straight = way.targets.length === 1 && target?.place ? Math.round((x + target.place[0]) / 2) : x;
  const place: [number, number] = [Math.abs(straight - x) > WIDTH * 1.5 ? x : straight, y + ROW];
  return [place, roomFor(layers, fresh.name, place)];
}

/** What comes after moves down where it would stand in the way of the new layer. */
function roomFor(layers: Layers, name: string, [, y]: [number, number]): Layers {
  const later = after([...layers, { name, kind: "", inputs: [], fields: {} }], name);
  later.delete(name);
  const top = Math.min(...layers.filter((layer) => later.has(layer.name) && layer.place).map((layer) => layer.place![1]));
  const short = y + HEIGHT + 40 - top;
  if (!Number.isFinite(short) || short <= 0) return layers;
  return layers.map((layer) => (later.has(layer.name) && layer.place ? { ...layer, place: [layer.place[0], layer.place[1] + Math.max(short, ROW - (top - y))] } : layer));
}
