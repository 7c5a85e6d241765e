/** The layer editor as a Streamlit component: mounted once, told again whenever the page's data or the theme changes. */

import "@xyflow/react/dist/base.css";
import { createRoot, type Root } from "react-dom/client";
import "./editor.css";
import "./panels/panels.css";
import { Editor } from "./Editor";
import { createEditor, type EditorStore } from "./store";
import type { PageData } from "./types";

interface Component {
  parentElement: HTMLElement | ShadowRoot;
  data: PageData;
  setStateValue(name: string, value: unknown): void;
}

interface Mount { host: HTMLElement; root: Root; store: EditorStore; tell: Component["setStateValue"]; told: number; listening: AbortController; }

const mounts = new WeakMap<HTMLElement | ShadowRoot, Mount>();
const LEAVING_MS = 50;

function begin(parent: HTMLElement | ShadowRoot): Mount {
  const host = document.createElement("div");
  host.className = "editor-host";
  parent.append(host);
  const store = createEditor((saved) => mount.tell("saved", saved));
  const mount: Mount = { host, store, root: createRoot(host), tell: () => undefined, told: 0, listening: new AbortController() };
  mounts.set(parent, mount);
  mount.root.render(<Editor store={store} />);
  // Streamlit has keys of its own for the whole page, such as "c" and "r"; React Flow listens there for these four.
  host.addEventListener("keydown", (event) => { if (!["Shift", "Control", "Meta", "Alt"].includes(event.key)) event.stopPropagation(); });
  const { signal } = mount.listening;
  window.addEventListener("pagehide", () => store.saver.flush(), { signal });
  window.addEventListener("online", () => store.saver.now(), { signal });
  document.addEventListener("visibilitychange", () => { if (document.hidden) store.saver.flush(); }, { signal });
  return mount;
}

function end(parent: HTMLElement | ShadowRoot, mount: Mount): void {
  mount.listening.abort();
  mount.store.saver.end();
  mount.root.unmount();
  mount.host.remove();
  mounts.delete(parent);
}

export default function ({ parentElement, data, setStateValue }: Component): () => void {
  const mount = mounts.get(parentElement) ?? begin(parentElement);
  mount.tell = setStateValue;
  const told = ++mount.told;
  mount.store.getState().receive(data);
  return () => {
    mount.store.saver.flush();
    // Streamlit may be about to tell something new, or may have taken the page away; that shows in a moment.
    setTimeout(() => { if (mount.told === told && !mount.host.isConnected && mounts.get(parentElement) === mount) end(parentElement, mount); }, LEAVING_MS);
  };
}
