/** All kinds of layer, to be searched, read about, dragged into the drawing or added behind the chosen layer. */
import { type KeyboardEvent, type MouseEvent, type ReactElement, useId, useRef, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { carry } from "../drag";
import { Picture } from "../pictures/Picture";
import { useEditor, useWords } from "../store";
import { type Entry, groups, type Group, OWN } from "./entries";
import { keepTurned, turned, unneeded } from "./opened";
import { toned } from "./toned";

export function Palette(): ReactElement {
  const say = useWords();
  const id = useId();
  const catalog = useEditor((state) => state.catalog);
  const addLayer = useEditor((state) => state.addLayer);
  const [search, setSearch] = useState("");
  const [here, setHere] = useState(""); // the one that Tab reaches
  const [byHand, setByHand] = useState(turned);
  const closed = useEditor(useShallow((state) => [...unneeded(state.layers, state.report, state.catalog)]));
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const shown = groups(catalog, say("own_blocks"), search);
  const count = shown.reduce((sum, group) => sum + group.entries.length, 0);
  const isOpen = (group: Group) => Boolean(search) || (byHand[group.name] ?? !closed.includes(group.name));
  const first = search ? shown[0]?.entries[0]?.key : shown[0] && `:${shown[0].name}`;
  const reachable = shown.flatMap((group) => [`:${group.name}`, ...(isOpen(group) ? group.entries.map(({ key }) => key) : [])]);
  const stop = reachable.includes(here) ? here : (first ?? "");
  const stops = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-stop]") ?? [])];
  const turn = (name: string, open: boolean) => {
    const now = { ...byHand, [name]: open };
    keepTurned(now);
    setByHand(now);
  };

  const go = (event: KeyboardEvent, from: number) => {
    const all = stops();
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (to < 0) field.current?.focus();
    else all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
  };
  const searchKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") go(event, -1);
    if (event.key === "Enter" && search && shown[0]) addLayer(shown[0].entries[0].key);
    if (event.key === "Escape" && search) setSearch("");
  };
  return (
    <div className="mp mp-palette">
      <div className="mp-search">
        <label className="mp-hidden" htmlFor={`${id}s`}>{say("search_layers")}</label>
        <input ref={field} id={`${id}s`} type="search" value={search} placeholder={say("search_layers")} autoComplete="off" onChange={(event) => setSearch(event.target.value)} onKeyDown={searchKey} />
        <p className="mp-hidden" role="status">{search ? say("found_layers", { count }) : ""}</p>
      </div>
      <p className="mp-hidden" id={`${id}h`}>{say("palette_help")}</p>
      <p className="mp-note mp-tap">{say("palette_tap")}</p>
      {count === 0 && (
        <div className="mp-empty">
          <p>{say("found_nothing", { search })}</p>
          <button type="button" onClick={() => setSearch("")}>{say("search_clear")}</button>
        </div>
      )}
      <div
        ref={list} className="mp-groups" onKeyDown={(event) => go(event, stops().indexOf(event.target as HTMLElement))}
        onFocus={(event) => setHere((event.target as HTMLElement).dataset.stop ?? here)}
      >
        {shown.map((group) => <GroupOf key={group.name} group={group} open={isOpen(group)} stop={stop} help={`${id}h`} onTurn={(open) => turn(group.name, open)} onAdd={addLayer} />)}
      </div>
    </div>
  );
}

interface GroupProps {
  group: Group;
  open: boolean;
  stop: string;
  help: string;
  onTurn: (open: boolean) => void;
  onAdd: (entry: string) => void;
}

function GroupOf({ group, open, stop, help, onTurn, onAdd }: GroupProps): ReactElement {
  const id = useId();
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") onTurn(true);
    if (event.key === "ArrowLeft") onTurn(false);
  };
  const stopName = `:${group.name}`;
  return (
    <div className="mp-group" style={toned(group.entries[0].info.group)}>
      <h2>
        <button type="button" data-stop={stopName} tabIndex={stop === stopName ? 0 : -1} aria-expanded={open} aria-controls={id} onClick={() => onTurn(!open)} onKeyDown={key}>
          <span className="mp-chevron" aria-hidden />{group.label}<span className="mp-note" aria-hidden>{group.entries.length}</span>
        </button>
      </h2>
      <ul id={id} hidden={!open}>
        {open && group.entries.map((entry) => <EntryOf key={entry.key} entry={entry} stop={stop === entry.key} help={help} onAdd={onAdd} />)}
      </ul>
    </div>
  );
}

interface EntryProps {
  entry: Entry;
  stop: boolean;
  help: string;
  onAdd: (entry: string) => void;
}

function EntryOf({ entry: { key, info }, stop, help, onAdd }: EntryProps): ReactElement {
  const say = useWords();
  const forget = useEditor((state) => state.forgetBlock);
  const own = key.startsWith(OWN);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onAdd(key);
  };
  // A finger taps once, and so does a screen reader; a mouse may be about to drag.
  const click = (event: MouseEvent) => {
    const touched = (event.nativeEvent as PointerEvent).pointerType === "touch";
    if (touched || event.detail === 0) onAdd(key);
  };
  return (
    <li>
      <div
        className="mp-entry" role="button" data-stop={key} data-entry={key} tabIndex={stop ? 0 : -1} draggable aria-describedby={help}
        onDragStart={(event) => carry(event.dataTransfer, key)} onDoubleClick={() => onAdd(key)} onClick={click} onKeyDown={press}
      >
        <Picture name={info.picture} kind={key} fields={info.preset} />
        <span className="mp-entry-label">{info.label}</span>{" "}
        <span className="mp-entry-help" title={info.help}>{info.help}</span>
      </div>
      {own && <button type="button" className="mp-icon mp-forget" aria-label={say("forget_block", { block: info.label })} title={say("forget_block", { block: info.label })} onClick={() => void forget(key.slice(OWN.length))}>×</button>}
    </li>
  );
}
