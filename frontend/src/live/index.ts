/** The moving panel of a run's page: its parts one below the other, fed by one stream of server-sent events. */

import "./live.css";
import { curves } from "./curves";
import { gauges } from "./gauges";
import { layers } from "./layers";
import { notices } from "./notices";
import { rows } from "./rows";
import { signs } from "./signs";
import { status } from "./status";
import type { Band, Part, Shown, Tools } from "./part";

const PARTS: Record<string, Part> = { status, notices, signs, curves, rows, layers, gauges };

/** The page is not asked to draw itself anew more often than this, whatever the stream says. */
const REDRAW_MS = 3000;
const AGAIN_MS = 2000;
const LEAVING_MS = 50;

/** What `pages/parts/live.py` sends. `drawn`: for which state of the run the page was drawn. */
interface PageData { url: string; drawn: string; ended: boolean; title: string; words: Record<string, Record<string, string>>; }

interface Component { parentElement: HTMLElement | ShadowRoot; data: PageData; setTriggerValue(name: string, value: unknown): void; }

interface Section { host: HTMLElement; shown: Shown<unknown>; last: string; }

class Panel {
  readonly host = document.createElement("div");
  told = 0;
  private url = "";
  private words = "";
  private drawn = "";
  private now = "";
  private ended = false;
  private asked = 0;
  private source: EventSource | null = null;
  private sections: Record<string, Section> = {};
  private bands: Band[] = [];
  private hears: ((bands: readonly Band[]) => void)[] = [];
  private theme = "";
  private readonly listening = new AbortController();
  send: Component["setTriggerValue"] = () => undefined;

  constructor(parent: HTMLElement | ShadowRoot) {
    this.host.className = "live";
    this.host.setAttribute("role", "region");
    parent.append(this.host);
    // Streamlit has keys of its own for the whole page, such as "c" and "r".
    this.host.addEventListener("keydown", (event) => event.stopPropagation());
    const { signal } = this.listening;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.close() : this.follow()), { signal });
  }

  receive(data: PageData): void {
    this.host.setAttribute("aria-label", data.title);
    this.drawn = data.drawn;
    const words = JSON.stringify(data.words);
    if (words !== this.words) this.make(data.words);
    if (data.url !== this.url || (this.ended && !data.ended)) {
      this.close();
      this.ended = false;
      this.now = "";
    }
    this.words = words;
    this.url = data.url;
    this.follow();
    this.compare();
    this.dress();
  }

  destroy(): void {
    this.listening.abort();
    this.close();
    Object.values(this.sections).forEach((section) => section.shown.destroy());
    this.host.remove();
  }

  /** Parts anew, in the words of this language. */
  private make(words: PageData["words"]): void {
    Object.values(this.sections).forEach((section) => section.shown.destroy());
    this.host.replaceChildren();
    this.sections = {};
    this.hears = [];
    this.bands = [];
    for (const [name, part] of Object.entries(PARTS)) {
      const host = document.createElement("section");
      host.className = `part part-${name}`;
      host.hidden = true;
      this.host.append(host);
      this.sections[name] = { host, last: "", shown: part.create(host, this.tools(name, words[name] ?? {})) };
    }
  }

  private tools(part: string, words: Record<string, string>): Tools {
    return {
      words,
      act: (name, value) => this.send("act", { part, name: name.replace(`${part}:`, ""), value: value ?? null }),
      colour: (name) => colour(this.host, name),
      evidence: (from, to, curve, label = "", tone = "orange") => {
        this.bands = [...this.bands.filter((band) => band.label !== label || band.curve !== curve), { from, to, curve, label, tone }];
        this.hears.forEach((hear) => hear(this.bands));
      },
      clearEvidence: () => {
        this.bands = [];
        this.hears.forEach((hear) => hear(this.bands));
      },
      onEvidence: (hear) => void this.hears.push(hear),
    };
  }

  private follow(): void {
    if (this.source || this.ended || document.hidden) return;
    const source = new EventSource(new URL(this.url, document.baseURI));
    this.source = source;
    for (const [name, section] of Object.entries(this.sections)) {
      source.addEventListener(name, (event) => show(section, (event as MessageEvent).data));
      source.addEventListener(`${name}+`, (event) => add(section, (event as MessageEvent).data));
    }
    source.addEventListener("state", (event) => {
      this.now = JSON.parse((event as MessageEvent).data).drawn;
      this.compare();
    });
    source.addEventListener("end", () => {
      this.ended = true;
      this.close();
      this.compare();
    });
    // The browser tries again by itself, but not where the server refused, as it does to an address that is too old.
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED || this.source !== source) return;
      this.source = null;
      setTimeout(() => this.host.isConnected && this.follow(), AGAIN_MS);
    });
  }

  private close(): void {
    this.source?.close();
    this.source = null;
  }

  /** Ask the page to be drawn anew where it was drawn for another state than the one that the run is in now. */
  private compare(): void {
    if (!this.now || this.now === this.drawn || !this.host.isConnected) return;
    const wait = this.asked + REDRAW_MS - Date.now();
    if (wait > 0) {
      setTimeout(() => this.compare(), wait + 10);
      return;
    }
    this.asked = Date.now();
    this.send("state", this.now);
    setTimeout(() => this.compare(), REDRAW_MS + 10); // what is sent while the connection is cut is lost
  }

  /** The theme may have changed: what is painted and not styled is painted again. */
  private dress(): void {
    const theme = ["text", "primary", "background"].map((name) => colour(this.host, name)).join();
    if (this.theme && theme !== this.theme) Object.values(this.sections).forEach((section) => section.shown.themed?.());
    this.theme = theme;
  }
}

function show(section: Section, text: string): void {
  if (text === section.last) return; // a new connection tells everything again
  section.last = text;
  const data = JSON.parse(text);
  section.host.hidden = data === null;
  if (data !== null) section.shown.show(data);
}

function add(section: Section, text: string): void {
  section.last = "";
  section.shown.add?.(JSON.parse(text));
}

const VARIABLES: Record<string, string> = {
  text: "--st-text-color", primary: "--st-primary-color", border: "--st-border-color", background: "--st-background-color",
};

function colour(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(VARIABLES[name] ?? `--st-${name}-color`).trim() || "#888888";
}

const panels = new WeakMap<HTMLElement | ShadowRoot, Panel>();

/** Called by Streamlit when it is mounted and again whenever the page's data or the theme changes. */
export default function ({ parentElement, data, setTriggerValue }: Component): () => void {
  const panel = panels.get(parentElement) ?? new Panel(parentElement);
  panels.set(parentElement, panel);
  panel.send = setTriggerValue;
  const told = ++panel.told;
  panel.receive(data);
  return () => {
    // Streamlit may be about to tell something new, or may have taken the page away; that shows in a moment.
    setTimeout(() => {
      if (panel.told !== told || panel.host.isConnected) return;
      panel.destroy();
      if (panels.get(parentElement) === panel) panels.delete(parentElement);
    }, LEAVING_MS);
  };
}
