/** Where the eye and the keyboard are on the canvas. */

import { layerCalled } from "./graph";
import { HEIGHT, WIDTH } from "./layout";
import type { EditorStore } from "./store";

export const ZOOM: [number, number] = [0.015, 1.75]; // least and most
const MARGIN = 24;
const START: [number, number] = [0.6, 0.85]; // at least; the more, the more room there is

/** The first look: all of it where that can be read, else its beginning. */
export function startView(store: EditorStore, stage: HTMLElement): void {
  const { flow, layers } = store.getState();
  if (!flow || !layers.length) return;
  const xs = layers.map((layer) => layer.place?.[0] ?? 0);
  const ys = layers.map((layer) => layer.place?.[1] ?? 0);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left + WIDTH, Math.max(...ys) - top + HEIGHT];
  const above = 64; // room for the tools
  const whole = Math.min((stage.clientWidth - 2 * MARGIN) / width, (stage.clientHeight - above - MARGIN) / height, 1);
  const zoom = Math.max(whole, Math.min(Math.max((stage.clientWidth - 2 * MARGIN) / width, START[0]), START[1]));
  const low = Math.max((stage.clientHeight - above - MARGIN - height * zoom) / 2, 0);
  void flow.setViewport({ x: stage.clientWidth / 2 - (left + width / 2) * zoom, y: above + low - top * zoom, zoom });
}

/** Bring a layer into sight, moving no more than needed. */
export function showLayer(store: EditorStore, stage: HTMLElement | null, name: string): void {
  const { flow, layers } = store.getState();
  const place = layerCalled(layers, name)?.place;
  if (!flow || !stage || !place) return;
  const { x, y, zoom } = flow.getViewport();
  const shift = (from: number, size: number, space: number, before: number) =>
    from < before ? before - from : from + size > space - MARGIN ? space - MARGIN - from - size : 0;
  const dx = shift(place[0] * zoom + x, WIDTH * zoom, stage.clientWidth, MARGIN);
  const dy = shift(place[1] * zoom + y, HEIGHT * zoom, stage.clientHeight, 64);
  if (dx || dy) void flow.setViewport({ x: x + dx, y: y + dy, zoom });
}

/** The focus goes to the chosen layer, as soon as it is drawn; without one to the canvas itself. */
export function followFocus(store: EditorStore, stage: HTMLElement | null, tries = 12): void {
  const name = store.getState().selection.at(-1);
  if (!stage) return;
  const element = name ? stage.querySelector<HTMLElement>(`[data-layer="${name}"]`) : stage;
  if (element) return element.focus({ preventScroll: true });
  if (tries === 12 && name) showLayer(store, stage, name);
  if (tries) requestAnimationFrame(() => followFocus(store, stage, tries - 1));
  else stage.focus({ preventScroll: true });
}
