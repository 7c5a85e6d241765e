/** The steps back and forth, and how they outlive a reload of the page. */

import { sameLayers, type Layers } from "./graph";
import type { Layer, PageData } from "./types";

const MOST_STEPS = 200;
const MOST_CHARACTERS = 2_000_000;

export interface History {
  past: readonly Layers[];
  future: readonly Layers[];
}

export const EMPTY: History = { past: [], future: [] };

export function stepped(history: History, current: Layers): History {
  return { past: [...history.past, current].slice(-MOST_STEPS), future: [] };
}

/** One step back: what to show now and the history around it. */
export function back(history: History, current: Layers): { shown: Layers; history: History } | null {
  const shown = history.past.at(-1);
  return shown ? { shown, history: { past: history.past.slice(0, -1), future: [current, ...history.future] } } : null;
}

export function forth(history: History, current: Layers): { shown: Layers; history: History } | null {
  const [shown, ...future] = history.future;
  return shown ? { shown, history: { past: [...history.past, current], future } } : null;
}

/** What the browser keeps: every layer once, and each step as places in that list. */
interface Kept {
  stamp: number;
  unsaved: boolean;
  layers: Layer[];
  steps: number[][]; // past, current, future
  current: number;
}

/** Where the steps of this page's drawing are kept; a proposal that is another one is another drawing. */
export function placeOf({ project, drawing, load }: PageData): string {
  return `modelyard-drawing-${project}-${drawing || load}`;
}

export function forget(place: string): void {
  try {
    sessionStorage.removeItem(place);
  } catch {
    return; // storage refused: nothing was kept
  }
}

export function keep(place: string, stamp: number, unsaved: boolean, current: Layers, history: History): void {
  const known = new Map<Layer, number>();
  const layers: Layer[] = [];
  const number = (layer: Layer): number => {
    let found = known.get(layer);
    if (found === undefined) { found = layers.push(layer) - 1; known.set(layer, found); }
    return found;
  };
  const steps = [...history.past, current, ...history.future].map((step) => step.map(number));
  const kept: Kept = { stamp, unsaved, layers, steps, current: history.past.length };
  let text = JSON.stringify(kept);
  if (text.length > MOST_CHARACTERS) text = JSON.stringify({ ...kept, layers: current, steps: [current.map((_, at) => at)], current: 0 });
  try {
    sessionStorage.setItem(place, text);
  } catch {
    // A browser may refuse storage; then undo begins anew after a reload, and nothing else is lost.
    return;
  }
}

export interface Found {
  layers: Layers;
  history: History;
  unsaved: boolean;
}

/** What was kept of this drawing, seen from the one that the server holds now. */
export function recall(place: string, stamp: number, loaded: Layers): Found {
  const nothing: Found = { layers: loaded, history: EMPTY, unsaved: false };
  const kept = read(place);
  if (!kept) return nothing;
  const steps: Layers[] = kept.steps.map((step) => step.map((at) => kept.layers[at]));
  const current = steps[kept.current];
  if (!current || steps.some((step) => step.some((layer) => !layer))) return nothing;
  const history = { past: steps.slice(0, kept.current), future: steps.slice(kept.current + 1) };
  if (sameLayers(current, loaded)) return { layers: kept.unsaved ? current : withPlaces(loaded, current), history, unsaved: false };
  if (!kept.unsaved) return nothing;
  // The last change never reached the server. If nobody else changed the drawing, it goes on from here; else one step back has it.
  if (kept.stamp === stamp) return { layers: current, history, unsaved: true };
  return { layers: loaded, history: { past: [...history.past, current], future: [] }, unsaved: false };
}

function withPlaces(loaded: Layers, current: Layers): Layers {
  return loaded.map((layer, at) => (layer.place || !current[at].place ? layer : { ...layer, place: current[at].place }));
}

function read(place: string): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null") as Kept | null;
    return kept && Array.isArray(kept.steps) && Array.isArray(kept.layers) ? kept : null;
  } catch {
    return null; // storage refused, or written by an older editor
  }
}
