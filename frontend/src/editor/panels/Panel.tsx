/** The panel beside the drawing: the chosen layer, what comes out of it, the network in words, and its code. */
import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef, useState } from "react";
import { kindOf } from "../graph";
import { useEditor, useSelected, useWords } from "../store";
import { CodeTab } from "./CodeTab";
import { LayerHead } from "./LayerHead";
import { Network } from "./Network";
import { PreviewTab } from "./PreviewTab";
import { Settings } from "./Settings";
import { Several } from "./Several";

type Tab = "settings" | "preview" | "network" | "code";

export function Panel(): ReactElement {
  const id = useId();
  const layer = useSelected();
  const many = useEditor((state) => state.selection.length > 1);
  const info = useEditor((state) => layer && kindOf(state.catalog, layer));
  const tabs: Tab[] = layer ? ["settings", "preview", "network", "code"] : many ? ["settings", "network", "code"] : ["network", "code"];
  const [wanted, setWanted] = useState<Tab>("settings");
  const tab = tabs.includes(wanted) ? wanted : many ? "settings" : "network";
  // A click on a layer asks about the layer; who reads code goes on reading code.
  useEffect(() => setWanted((now) => (now === "network" ? "settings" : now)), [layer?.name]);
  return (
    <div className="mp mp-panel">
      {layer && <LayerHead layer={layer} info={info} />}
      <Tabs id={id} tabs={tabs} tab={tab} onTab={setWanted} />
      <div className="mp-body" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} tabIndex={-1}>
        {tab === "settings" && (layer ? <Settings key={layer.name} layer={layer} /> : <Several />)}
        {tab === "preview" && layer && <PreviewTab layer={layer} />}
        {tab === "network" && <Network />}
        {tab === "code" && <CodeTab />}
      </div>
    </div>
  );
}

function Tabs({ id, tabs, tab, onTab }: { id: string; tabs: Tab[]; tab: Tab; onTab: (tab: Tab) => void }): ReactElement {
  const say = useWords();
  const faults = useEditor((state) => (state.layers.length ? state.report.faults.length : 0));
  const list = useRef<HTMLDivElement>(null);
  const key = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = event.key === "Home" ? tabs[0] : event.key === "End" ? tabs.at(-1) : step && tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onTab(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <div className="mp-tabs" role="tablist" aria-label={say("panel")} ref={list} onKeyDown={key}>
      {tabs.map((name) => (
        <button
          key={name} type="button" role="tab" id={`${id}-${name}`} data-tab={name} aria-selected={name === tab} aria-controls={`${id}-panel`}
          tabIndex={name === tab ? 0 : -1} onClick={() => onTab(name)}
        >
          {say(`tab_${name}`)}
          {name === "network" && faults > 0 && <span className="mp-count" aria-label={say("many_faults", { count: faults })}>{faults}</span>}
        </button>
      ))}
    </div>
  );
}
