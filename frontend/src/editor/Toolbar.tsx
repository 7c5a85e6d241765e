/** The tools over the canvas. */

import { useEffect, useState, type RefObject } from "react";
import { Icon } from "./Icon";
import { useEditor, useEditorStore, useWords } from "./store";

type IconName = Parameters<typeof Icon>[0]["name"];

function Tool({ icon, label, keys, onClick, disabled = false, pressed }: { icon: IconName; label: string; keys?: string; onClick: () => void; disabled?: boolean; pressed?: boolean }) {
  return (
    <button type="button" className="tool" aria-label={label} title={keys ? `${label} (${keys})` : label} onClick={onClick} disabled={disabled} aria-pressed={pressed}>
      <Icon name={icon} />
    </button>
  );
}

export function Toolbar({ help, stage }: { help: () => void; stage: RefObject<HTMLDivElement | null> }) {
  const store = useEditorStore();
  const say = useWords();
  const past = useEditor((state) => state.history.past.length > 0);
  const future = useEditor((state) => state.history.future.length > 0);
  const { undo, redo, arrange, fit } = store.getState();
  const zoom = (factor: number) => { const flow = store.getState().flow; if (flow) void flow.zoomTo(flow.getZoom() * factor, { duration: 120 }); };
  return (
    <div className="tools" role="toolbar" aria-label={say("tools_label")}>
      <div className="group"><Tool icon="undo" label={say("undo")} keys="Ctrl+Z" onClick={undo} disabled={!past} /><Tool icon="redo" label={say("redo")} keys="Ctrl+Y" onClick={redo} disabled={!future} /></div>
      <div className="group">
        <Tool icon="arrange" label={say("arrange")} onClick={arrange} />
        <Tool icon="fit" label={say("fit")} keys="F" onClick={fit} />
      </div>
      <div className="group roomy">
        <Tool icon="minus" label={say("zoom_out")} onClick={() => zoom(0.8)} />
        <Tool icon="plus" label={say("zoom_in")} onClick={() => zoom(1.25)} />
        <Large stage={stage} label={say("large")} />
        <Tool icon="keys" label={say("shortcuts")} keys="?" onClick={help} />
      </div>
      <Status />
    </div>
  );
}

/** The whole screen for the editor, where the browser allows it. */
function Large({ stage, label }: { stage: RefObject<HTMLDivElement | null>; label: string }) {
  const [large, setLarge] = useState(false);
  useEffect(() => {
    const turned = () => setLarge(Boolean(document.fullscreenElement)); // by Escape as well
    document.addEventListener("fullscreenchange", turned);
    return () => document.removeEventListener("fullscreenchange", turned);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const turn = () => {
    if (document.fullscreenElement) return void document.exitFullscreen();
    void stage.current?.closest<HTMLElement>(".editor")?.requestFullscreen();
  };
  return <Tool icon="large" label={label} onClick={turn} pressed={large} />;
}

/** Whether the server has what is seen. */
function Status() {
  const say = useWords();
  const saveNow = useEditor((state) => state.saveNow);
  const connection = useEditor((state) => state.connection);
  const open = useEditor((state) => state.savedRev < state.rev);
  const load = useEditor((state) => state.load);
  if (connection === "away") return <button type="button" className="status away" onClick={saveNow}><Icon name="cloud" size={16} /><span role="status">{say("status_away")}</span></button>;
  return <span className={`status${open ? " open" : ""}`} role="status" data-saved={!open && connection === "ok"} data-load={load}><Icon name={open ? "cloud" : connection === "ok" ? "check" : "warn"} size={16} /><span className="status-text">{say(open ? "status_saving" : connection === "ok" ? "status_saved" : "status_refused")}</span></span>;
}
