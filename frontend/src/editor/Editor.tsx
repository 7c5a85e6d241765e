/** The editor as a whole: palette, canvas and panel, side by side or below each other. */

import { ReactFlowProvider } from "@xyflow/react";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Canvas } from "./Canvas";
import { Icon } from "./Icon";
import { everywhere, writing } from "./keyboard";
import { AddMenu } from "./panels/AddMenu";
import { Palette } from "./panels/Palette";
import { Panel } from "./panels/Panel";
import { Totals } from "./panels/Totals";
import { Shortcuts } from "./Shortcuts";
import { EditorContext, useEditor, useEditorStore, useWords, type EditorStore } from "./store";

const FOCUSABLE = "input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled), button:not(:disabled), [tabindex='0']";

export function Editor({ store }: { store: EditorStore }) {
  return <EditorContext value={store}><ReactFlowProvider><Frame /></ReactFlowProvider></EditorContext>;
}

function Frame() {
  const store = useEditorStore();
  const say = useWords();
  const [keys, setKeys] = useState(false);
  const [palette, setPalette] = useState(true);
  const [sheet, setSheet] = useState(false); // the palette on narrow screens
  const panel = useRef<HTMLElement>(null);
  const page = useEditor((state) => state.page);
  const ready = useEditor((state) => state.shelf !== "");
  const menu = useEditor((state) => state.menu !== null);
  const help = useCallback(() => setKeys(true), []);
  const closeKeys = useCallback(() => { setKeys(false); store.getState().goTo("canvas"); }, [store]);
  useFocusOf(panel);
  useClosingSheet(() => setSheet(false));
  if (!page) return null;
  if (!ready) return <Waiting said={page.waiting} />;
  const onKeyDown = (event: KeyboardEvent) => {
    if (everywhere(event, store)) event.preventDefault();
    if (event.key === "Escape" && panel.current?.contains(event.target as Node)) store.getState().goTo("canvas");
    if (event.key === "?" && !writing(event.target)) { help(); event.preventDefault(); }
  };
  return (
    <div className={`editor${palette ? "" : " no-palette"}${sheet ? " sheet" : ""}`} onKeyDown={onKeyDown}>
      <header className="top"><Totals /></header>
      <Notices />
      <div className="body">
        <aside className="palette" aria-label={say("palette_label")}><Palette /></aside>
        <div className="middle">
          <button type="button" className="fold" aria-expanded={palette} aria-label={say(palette ? "palette_hide" : "palette_show")} title={say(palette ? "palette_hide" : "palette_show")} onClick={() => setPalette(!palette)}><Icon name="list" size={16} /></button>
          <Canvas help={help} />
          <div className="chips">
            <button type="button" className="chip" aria-expanded={sheet} onClick={() => setSheet(!sheet)}><Icon name="plus" size={16} />{say("palette_add")}</button>
            <Settings />
          </div>
        </div>
        <aside className="panel" aria-label={say("panel_label")} ref={panel}><Panel /></aside>
      </div>
      {menu && <AddMenu />}
      <Shortcuts open={keys} close={closeKeys} />
      <Live />
    </div>
  );
}

/** What stands there until the kinds of layer have come. */
function Waiting({ said }: { said: string }) {
  return (
    <div className="editor waiting" aria-busy="true">
      <div className="body"><div className="palette" /><div className="middle"><div className="stage"><p role="status">{said}</p></div></div><div className="panel" /></div>
    </div>
  );
}

/** On a narrow screen the settings stand below; this leads there. */
function Settings() {
  const say = useWords();
  const goTo = useEditor((state) => state.goTo);
  const name = useEditor((state) => (state.selection.length === 1 ? state.selection[0] : ""));
  return name ? <button type="button" className="chip" onClick={() => goTo("panel")}>{say("settings_of", { layer: name })}</button> : null;
}

function useFocusOf(panel: React.RefObject<HTMLElement | null>): void {
  const focus = useEditor((state) => state.focus);
  useEffect(() => {
    if (!focus.at || focus.where !== "panel") return;
    const aside = panel.current;
    const target = aside?.querySelector<HTMLElement>("[data-first]") ?? aside?.querySelector<HTMLElement>(FOCUSABLE);
    target?.focus();
    aside?.scrollIntoView({ block: "nearest" });
  }, [focus, panel]);
}

/** The sheet goes down when a layer was taken from it. */
function useClosingSheet(close: () => void): void {
  const rev = useEditor((state) => state.changedRev);
  useEffect(close, [rev]); // eslint-disable-line -- only when something was drawn
}

function Notices() {
  const say = useWords();
  const store = useEditorStore();
  const notice = useEditor((state) => state.notice);
  const elsewhere = useEditor((state) => state.elsewhere);
  const faults = useEditor((state) => state.report.faults);
  const mend = useEditor((state) => state.mend);
  const empty = useEditor((state) => state.layers.length === 0); // the canvas itself says how to begin
  const general = empty ? [] : faults.filter((fault) => !fault.layer);
  if (!notice && !elsewhere && !general.length) return null;
  return (
    <div className="notices" role="alert">
      {notice && <p className="notice bad"><Icon name="warn" /><span><b>{notice.what}</b> {notice.fix}</span><Close onClick={() => store.setState({ notice: null })} /></p>}
      {elsewhere && <p className="notice"><Icon name="warn" /><span>{say("elsewhere")}</span><Close onClick={() => store.setState({ elsewhere: false })} /></p>}
      {general.map((fault) => (
        <p className="notice bad" key={fault.what}><Icon name="warn" /><span><b>{fault.what}</b> {fault.fix}</span>
          {fault.mends.map((label, number) => <button key={label} type="button" className="mend" onClick={() => void mend("", number)}><Icon name="wand" size={15} />{label}</button>)}</p>
      ))}
    </div>
  );
}

function Close({ onClick }: { onClick: () => void }) {
  const say = useWords();
  return <button type="button" className="tool" aria-label={say("close")} onClick={onClick}><Icon name="cross" size={16} /></button>;
}

function Live() {
  const said = useEditor((state) => state.said);
  return <div className="unseen" aria-live="polite" role="log">{said}</div>;
}
