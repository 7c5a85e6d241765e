/** What can be done with a layer, under the right button and under a finger that rests. */

import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent, type RefObject } from "react";
import { layerCalled } from "./graph";
import { layerAt } from "./Linking";
import { kindOf, useEditor, useEditorStore, useWords } from "./store";

const REST_MS = 550;
const STILL_PX = 8;

interface Open { layer: string; x: number; y: number; }
export interface MenuState { open: Open | null; close: () => void; listeners: object; }

export function useLayerMenu(stage: RefObject<HTMLDivElement | null>): MenuState {
  const store = useEditorStore();
  const [open, setOpen] = useState<Open | null>(null);
  const rest = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const stop = () => { if (rest.current) clearTimeout(rest.current.timer); rest.current = null; };
  const show = (x: number, y: number) => {
    const layer = layerAt(stage.current, x, y);
    if (!layer) return false;
    if (!store.getState().selection.includes(layer)) store.getState().select([layer]);
    const box = stage.current!.getBoundingClientRect();
    setOpen({ layer, x: Math.min(x - box.left, box.width - 216), y: Math.min(y - box.top, Math.max(box.height - 300, 8)) });
    return true;
  };
  const listeners = {
    onContextMenu: (event: MouseEvent) => { if (show(event.clientX, event.clientY)) event.preventDefault(); },
    onPointerDown: (event: PointerEvent) => {
      stop();
      if (event.pointerType !== "touch" || !event.isPrimary || (event.target as Element).closest(".react-flow__handle, button")) return;
      const { clientX: x, clientY: y } = event;
      rest.current = { timer: setTimeout(() => show(x, y), REST_MS), x, y };
    },
    onPointerMove: (event: PointerEvent) => { if (rest.current && Math.hypot(event.clientX - rest.current.x, event.clientY - rest.current.y) > STILL_PX) stop(); },
    onPointerUp: stop, onPointerCancel: stop,
  };
  return { open, close: () => setOpen(null), listeners };
}

export function LayerMenu({ menu }: { menu: MenuState }) {
  const store = useEditorStore();
  const list = useRef<HTMLDivElement>(null);
  const say = useWords();
  const { open, close } = menu;
  const block = useEditor((state) => { const layer = layerCalled(state.layers, open?.layer); return Boolean(layer && kindOf(state, layer)?.block); });
  const mends = useEditor((state) => (open ? state.report.layers[open.layer]?.fault?.mends : undefined));
  const many = useEditor((state) => state.selection.length > 1);
  useEffect(() => { if (open) list.current?.querySelector<HTMLElement>("button")?.focus(); }, [open]);
  useEffect(() => {
    if (!open) return;
    // After a finger has rested, the focus may be anywhere.
    const leave = (event: globalThis.KeyboardEvent) => { if (event.key === "Escape") { close(); store.getState().goTo("canvas"); event.stopPropagation(); } };
    window.addEventListener("keydown", leave, true);
    return () => window.removeEventListener("keydown", leave, true);
  }, [open, close, store]);
  if (!open) return null;
  const { layer, x, y } = open;
  const state = store.getState();
  const done = (action: () => unknown) => () => { close(); action(); };
  const box = () => list.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
  const entries: [string, () => unknown][] = [
    ...(mends ?? []).map((label, number): [string, () => unknown] => [label, () => state.mend(layer, number)]),
    ...(many ? [] : [[say("menu_settings"), () => state.goTo("panel")] as [string, () => unknown]]),
    ...(many ? [] : [[say("menu_add"), () => state.openMenu({ x: box().left, y: box().top, where: { after: layer } })] as [string, () => unknown]]),
    ...(many ? [] : [[say("menu_link"), () => { state.goTo("canvas"); state.beginLink(layer, "source", "keys"); }] as [string, () => unknown]]),
    ...(block && !many ? [[say("menu_open"), () => state.openBlock(layer)] as [string, () => unknown]] : []),
    [say("menu_copy"), () => state.copy()],
    [say("menu_duplicate"), () => state.duplicate()],
    [say("menu_delete"), () => state.removeSelection()],
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = buttons.indexOf(event.target as HTMLElement);
    if (event.key === "Tab") { close(); state.goTo("canvas"); event.preventDefault(); }
    if (event.key === "ArrowDown") { buttons[(at + 1) % buttons.length]?.focus(); event.preventDefault(); }
    if (event.key === "ArrowUp") { buttons[(at + buttons.length - 1) % buttons.length]?.focus(); event.preventDefault(); }
  };
  return (
    <>
      <div className="veil" onPointerDown={close} />
      <div className="layer-menu" role="menu" aria-label={say("menu_label", { layer })} ref={list} style={{ left: Math.max(x, 8), top: Math.max(y, 8) }} onKeyDown={onKeyDown}>
        {entries.map(([label, action]) => <button key={label} type="button" role="menuitem" onClick={done(action)}>{label}</button>)}
      </div>
    </>
  );
}
