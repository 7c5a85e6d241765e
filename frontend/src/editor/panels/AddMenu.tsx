/** A short list of layers to add where the "+" is or the key was pressed; type to find, Enter to add. */
import { type KeyboardEvent, type ReactElement, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Picture } from "../pictures/Picture";
import { type Menu, useEditor, useWords } from "../store";
import { type Entry, groups } from "./entries";
import { toned } from "./toned";

const GAP = 8; // pixels to the edge of the window

export function AddMenu(): ReactElement | null {
  const menu = useEditor((state) => state.menu);
  return menu && <Open menu={menu} />;
}

/** What can stand there: on a link only what has an input and an output. */
function possible(info: Entry["info"], where: Menu["where"]): boolean {
  if (where.between || where.behind) return info.inputs[1] > 0 && (info.inputs[0] <= 1 || Boolean(where.behind)) && !(where.between && info.group === "ends");
  return !where.before || info.group !== "ends" || info.inputs[1] === 0;
}

function Open({ menu }: { menu: Menu }): ReactElement {
  const say = useWords();
  const id = useId();
  const catalog = useEditor((state) => state.catalog);
  const addLayer = useEditor((state) => state.addLayer);
  const openMenu = useEditor((state) => state.openMenu);
  const goTo = useEditor((state) => state.goTo);
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const shell = useRef<HTMLDivElement>(null);
  const found = groups(catalog, say("own_blocks"), search).flatMap(({ entries }) => entries).filter(({ info }) => possible(info, menu.where));
  // Behind a layer one more input is rarely meant; in an empty drawing it comes first.
  if (menu.where.after && !search) found.sort((a, b) => Number(a.info.group === "ends") - Number(b.info.group === "ends"));
  const close = () => {
    openMenu(null);
    goTo("canvas");
  };
  const pick = (key: string | undefined) => {
    if (!key) return;
    openMenu(null);
    addLayer(key, menu.where);
    goTo("canvas");
  };
  usePlace(shell, menu);
  useOutside(shell, () => openMenu(null));
  useEffect(() => { list.current?.querySelector(`[aria-selected="true"]`)?.scrollIntoView({ block: "nearest" }); }, [at, search]);
  const key = (event: KeyboardEvent) => {
    event.stopPropagation(); // the drawing has keys of its own
    const last = found.length - 1;
    const to = { ArrowDown: at >= last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, PageDown: Math.min(last, at + 6), PageUp: Math.max(0, at - 6) }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (event.key === "Enter") pick(found[at]?.key);
    else if (to !== undefined) setAt(to);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={shell} className="mp mp-menu" popover="manual" role="dialog" aria-label={say("add_layer")} onKeyDown={key}>
      <input
        type="search" role="combobox" aria-expanded aria-controls={`${id}l`} aria-activedescendant={found[at] ? `${id}-${at}` : undefined} aria-autocomplete="list"
        aria-label={say("search_layers")} placeholder={say("search_layers")} autoComplete="off" value={search}
        onChange={(event) => { setSearch(event.target.value); setAt(0); }}
      />
      <ul ref={list} id={`${id}l`} role="listbox" aria-label={say("add_layer")}>
        {found.map(({ key: entry, info }, i) => (
          <li key={entry} id={`${id}-${i}`} role="option" aria-selected={i === at} style={toned(info.group)} title={info.help} data-entry={entry} onPointerMove={() => setAt(i)} onClick={() => pick(entry)}>
            <Picture name={info.picture} kind={entry} fields={info.preset} />
            <span>{info.label}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="mp-empty" role="status">{say("found_nothing", { search })}</p>}
    </div>
  );
}

/** Above everything, beside the pointer, and never outside of the window. */
function usePlace(shell: React.RefObject<HTMLDivElement | null>, { x, y }: Menu): void {
  useLayoutEffect(() => {
    const element = shell.current;
    if (!element) return;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(GAP, Math.min(x, innerWidth - width - GAP))}px`;
    element.style.top = `${Math.max(GAP, Math.min(y, innerHeight - height - GAP))}px`;
    element.querySelector("input")?.focus();
  }, [shell, x, y]);
}

function useOutside(shell: React.RefObject<HTMLDivElement | null>, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const press = (event: PointerEvent) => {
      if (shell.current && !event.composedPath().includes(shell.current)) latest.current();
    };
    document.addEventListener("pointerdown", press, true);
    return () => document.removeEventListener("pointerdown", press, true);
  }, [shell]);
}
