/** Everything by keyboard alone. */

import type { KeyboardEvent } from "react";
import { followers, layerCalled, type Layers } from "./graph";
import type { EditorStore } from "./store";
import type { Layer } from "./types";

const STEP = 16;
const ARROWS: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** What the "?" shows: keys, and the key of the sentence. */
export const SHORTCUTS: [string, string][] = [
  ["← ↑ → ↓", "key_move"], ["Enter", "key_settings"], ["A", "key_add"], ["L", "key_link"], ["Delete", "key_delete"],
  ["Ctrl ← ↑ → ↓", "key_shift"], ["Ctrl C · Ctrl X · Ctrl V", "key_copy"], ["Ctrl D", "key_duplicate"], ["Ctrl A", "key_all"],
  ["Ctrl Z · Ctrl Y", "key_undo"], ["Shift + ▭", "key_box"], ["F", "key_fit"], ["Page ↑ · Page ↓", "key_zoom"], ["Esc", "key_escape"], ["?", "key_help"],
];

export interface Hands {
  menuAt(layer: string): { x: number; y: number };
  show(layer: string): void;
  zoom(factor: number): void;
  help(): void;
}

/** Whether somebody is writing: then letters are letters. */
export function writing(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return Boolean(element && (/^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName) || element.isContentEditable));
}

/** Undo and redo, anywhere in the editor. */
export function everywhere(event: KeyboardEvent, store: EditorStore): boolean {
  if (!(event.ctrlKey || event.metaKey) || writing(event.target)) return false;
  const key = event.key.toLowerCase();
  if (key === "z") event.shiftKey ? store.getState().redo() : store.getState().undo();
  else if (key === "y") store.getState().redo();
  else return false;
  store.getState().goTo("canvas");
  return true;
}

/** Keys on the canvas; true where one was ours. */
export function onCanvas(event: KeyboardEvent, store: EditorStore, hands: Hands): boolean {
  if (writing(event.target)) return false;
  const element = event.target as HTMLElement;
  if (element.tagName === "BUTTON" && (event.key === "Enter" || event.key === " ")) return false;
  const state = store.getState();
  if (state.linking?.hand === "keys") return whileLinking(event, store, hands);
  if (event.ctrlKey || event.metaKey) return withControl(event, store);
  if (ARROWS[event.key]) return walk(store, hands, ARROWS[event.key]);
  return plain(event, store, hands);
}

function withControl(event: KeyboardEvent, store: EditorStore): boolean {
  const state = store.getState();
  const arrow = ARROWS[event.key];
  if (arrow) { state.moveBy(arrow[0] * STEP, arrow[1] * STEP); return true; }
  const doing: Record<string, () => void> = {
    c: state.copy, x: state.cut, v: state.paste, d: state.duplicate, a: () => state.select(state.layers.map((layer) => layer.name)),
  };
  const found = event.shiftKey ? undefined : doing[event.key.toLowerCase()];
  if (!found) return false;
  // Text that somebody has marked on the page is what they want to copy.
  found();
  if (event.key.toLowerCase() !== "c" && event.key.toLowerCase() !== "a") state.goTo("canvas");
  return true;
}

function plain(event: KeyboardEvent, store: EditorStore, hands: Hands): boolean {
  const state = store.getState();
  const chosen = state.selection.at(-1);
  const doing: Record<string, () => void> = {
    Enter: () => (chosen ? state.goTo("panel") : choose(store, hands, first(state.layers))),
    " ": () => (chosen ? state.goTo("panel") : choose(store, hands, first(state.layers))),
    Delete: state.removeSelection, Backspace: state.removeSelection,
    Escape: () => { state.select([]); state.goTo("canvas"); },
    Home: () => choose(store, hands, first(state.layers)),
    End: () => choose(store, hands, state.layers.find((layer) => layer.kind === "output") ?? state.layers.at(-1)),
    PageUp: () => hands.zoom(1.25), PageDown: () => hands.zoom(0.8),
    a: () => add(store, hands), "+": () => add(store, hands),
    l: () => startLink(store), f: state.fit, "?": hands.help,
  };
  const found = doing[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!found || event.altKey) return false;
  found();
  return true;
}

function add(store: EditorStore, hands: Hands): void {
  const { selection, layers, openMenu } = store.getState();
  const chosen = selection.at(-1);
  const where = chosen ?? layers.find((layer) => layer.kind === "output")?.name ?? layers.at(-1)?.name;
  openMenu({ ...hands.menuAt(where ?? ""), where: where ? { after: where } : {} });
}

function startLink(store: EditorStore): void {
  const { selection, beginLink, announce, say } = store.getState();
  const chosen = selection.at(-1);
  if (!chosen) return announce(say("said_choose_first"));
  beginLink(chosen, "source", "keys");
  announce(say("said_linking", { layer: chosen }));
}

function whileLinking(event: KeyboardEvent, store: EditorStore, hands: Hands): boolean {
  const { linking, layers, link, endLink, announce, say } = store.getState();
  if (!linking) return false;
  if (event.key === "Escape") { endLink(); announce(say("said_link_left")); return true; }
  if (event.key === "Enter") {
    endLink();
    if (linking.over && !linking.fits[linking.over]) link(linking.from, linking.over);
    return true;
  }
  const arrow = ARROWS[event.key];
  if (!arrow) return event.key !== "Tab";
  const open = inOrder(layers.filter((layer) => !linking.fits[layer.name]));
  if (!open.length) { announce(say("said_nothing_fits")); return true; }
  const at = open.findIndex((layer) => layer.name === linking.over);
  const start = layerCalled(layers, linking.from);
  const below = open.findIndex((layer) => (layer.place?.[1] ?? 0) > (start?.place?.[1] ?? 0));
  const next = at < 0 ? open[Math.max(below, 0)] : open[(at + arrow[0] + arrow[1] + open.length) % open.length];
  store.setState({ linking: { ...linking, over: next.name } });
  hands.show(next.name);
  announce(say("said_link_to", { layer: next.name }));
  return true;
}

function inOrder(layers: Layers): Layer[] {
  return [...layers].sort((a, b) => (a.place?.[1] ?? 0) - (b.place?.[1] ?? 0) || (a.place?.[0] ?? 0) - (b.place?.[0] ?? 0));
}

function first(layers: Layers): Layer | undefined {
  return inOrder(layers)[0];
}

function walk(store: EditorStore, hands: Hands, direction: [number, number]): boolean {
  const { layers, selection } = store.getState();
  const chosen = layerCalled(layers, selection.at(-1));
  choose(store, hands, chosen ? neighbour(layers, chosen, direction) : first(layers));
  return true;
}

function choose(store: EditorStore, hands: Hands, layer: Layer | undefined): void {
  if (!layer) return;
  const { select, goTo } = store.getState();
  select([layer.name]);
  hands.show(layer.name);
  goTo("canvas");
}

/** The layer that an arrow leads to: along a link up or down, else the nearest on that side. */
export function neighbour(layers: Layers, from: Layer, [dx, dy]: [number, number]): Layer | undefined {
  const [x, y] = from.place ?? [0, 0];
  const away = (layer: Layer) => Math.hypot((layer.place?.[0] ?? 0) - x, (layer.place?.[1] ?? 0) - y);
  const nearest = (found: Layer[]) => found.sort((a, b) => away(a) - away(b))[0];
  if (dy) {
    const linked = (dy > 0 ? (followers(layers).get(from.name) ?? []) : from.inputs).flatMap((name) => layerCalled(layers, name) ?? []);
    if (linked.length) return nearest(linked);
  }
  return nearest(layers.filter((layer) => {
    const [a, b] = [(layer.place?.[0] ?? 0) - x, (layer.place?.[1] ?? 0) - y];
    const along = a * dx + b * dy;
    return layer.name !== from.name && along > 0 && (dx ? Math.abs(b) <= along : Math.abs(a) <= along * 2);
  }));
}
