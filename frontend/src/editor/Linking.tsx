/** While a link is being drawn: what lies under the pointer, and why it does not fit. */

import { useEffect, useState, type RefObject } from "react";
import { useEditor, useEditorStore, useWords } from "./store";

function under(stage: HTMLElement | null, x: number, y: number, what: string): HTMLElement | SVGElement | null {
  if (!stage) return null;
  const root = stage.getRootNode() as Document | ShadowRoot;
  for (const element of root.elementsFromPoint(x, y)) {
    const found = element.closest<HTMLElement>(what);
    if (found && stage.contains(found)) return found;
  }
  return null;
}

export function layerAt(stage: HTMLElement | null, x: number, y: number): string {
  return under(stage, x, y, ".react-flow__node")?.getAttribute("data-id") ?? "";
}

export function linkAt(stage: HTMLElement | null, x: number, y: number): string {
  return under(stage, x, y, "[data-link]")?.getAttribute("data-link") ?? under(stage, x, y, ".react-flow__edge")?.getAttribute("data-id") ?? "";
}

/** What to do now, where a link was begun by a key or in a menu. */
export function LinkHint() {
  const say = useWords();
  const from = useEditor((state) => (state.linking?.hand === "keys" ? state.linking.from : ""));
  return from ? <p className="link-hint">{say("said_linking", { layer: from })}</p> : null;
}

/** The reason why the layer under the pointer cannot take the link. */
export function LinkBubble({ stage }: { stage: RefObject<HTMLDivElement | null> }) {
  const store = useEditorStore();
  const active = useEditor((state) => state.linking?.hand === "pointer");
  const reason = useEditor((state) => (state.linking?.over ? (state.linking.fits[state.linking.over] ?? "") : ""));
  const [at, setAt] = useState<[number, number]>([0, 0]);
  useEffect(() => {
    if (!active) return;
    const follow = (event: PointerEvent | TouchEvent) => {
      const point = "touches" in event ? event.touches[0] : event;
      const box = stage.current?.getBoundingClientRect();
      if (!point || !box) return;
      setAt([point.clientX - box.left, point.clientY - box.top]);
      const over = layerAt(stage.current, point.clientX, point.clientY);
      const linking = store.getState().linking;
      if (linking && linking.over !== over) store.setState({ linking: { ...linking, over: over === linking.from ? "" : over } });
    };
    window.addEventListener("pointermove", follow);
    window.addEventListener("touchmove", follow);
    return () => { window.removeEventListener("pointermove", follow); window.removeEventListener("touchmove", follow); };
  }, [active, stage, store]);
  if (!active || !reason) return null;
  return <div className="bubble" role="status" style={{ left: Math.min(at[0] + 16, (stage.current?.clientWidth ?? 400) - 256), top: at[1] + 18 }}>{reason}</div>;
}
