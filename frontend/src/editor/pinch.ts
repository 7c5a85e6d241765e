/** Two fingers that lie on layers make the drawing larger and smaller; React Flow only hears those beside all layers. */

import { useEffect, type RefObject } from "react";
import { ZOOM } from "./focus";
import type { EditorStore } from "./store";

interface Fingers { x: number; y: number; apart: number; }

function fingers({ touches: [a, b] }: TouchEvent): Fingers {
  return { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2, apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) };
}

function onLayers(event: TouchEvent): boolean {
  return event.touches.length === 2 && [...event.touches].some(({ target }) => target instanceof Element && target.closest(".react-flow__node"));
}

export function usePinch(store: EditorStore, stage: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    let last: Fingers | null = null;
    const start = (event: TouchEvent) => {
      last = onLayers(event) ? fingers(event) : null;
      if (last) event.stopPropagation();
    };
    const move = (event: TouchEvent) => {
      const { flow } = store.getState();
      if (!last || !flow || event.touches.length !== 2) return;
      event.stopPropagation();
      event.preventDefault();
      const now = fingers(event);
      const box = element.getBoundingClientRect();
      const { x, y, zoom } = flow.getViewport();
      const next = Math.min(Math.max((zoom * now.apart) / Math.max(last.apart, 1), ZOOM[0]), ZOOM[1]);
      // What was between the fingers stays between them.
      const kept = (from: number, was: number, is: number, edge: number) => is - edge - ((was - edge - from) / zoom) * next;
      void flow.setViewport({ x: kept(x, last.x, now.x, box.left), y: kept(y, last.y, now.y, box.top), zoom: next });
      last = now;
    };
    const end = () => { last = null; };
    const how = { capture: true, passive: false };
    element.addEventListener("touchstart", start, how);
    element.addEventListener("touchmove", move, how);
    for (const name of ["touchend", "touchcancel"] as const) element.addEventListener(name, end, how);
    return () => {
      element.removeEventListener("touchstart", start, how);
      element.removeEventListener("touchmove", move, how);
      for (const name of ["touchend", "touchcancel"] as const) element.removeEventListener(name, end, how);
    };
  }, [store, stage]);
}
