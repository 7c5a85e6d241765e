/** The part “notices” of the moving panel: this browser tells when the training has ended, also from the background. */

import "./notices.css";
import { tick } from "./controls";
import type { Part, Shown, Tools } from "./part";

/** What `pages/parts/live_notices.py` tells. `url`: where a hidden page learns of the end, at no cost until then. */
interface Notices { run: string; ended: boolean; text: string; url: string; }

const KEPT = "modelyard-tell-when-done";

class NoticesPart implements Shown<Notices> {
  private readonly box: HTMLInputElement;
  private readonly hint: HTMLElement;
  private readonly listening = new AbortController();
  private data: Notices | null = null;
  private source: EventSource | null = null;
  private told = "";

  constructor(private readonly host: HTMLElement, private readonly tools: Tools) {
    const label = tick(tools.words.toggle, this.wanted(), (on) => void this.choose(on));
    this.box = label.querySelector("input")!;
    this.hint = document.createElement("p");
    this.hint.className = "hint";
    this.hint.setAttribute("aria-live", "polite");
    host.append(label, this.hint);
    this.say();
    document.addEventListener("visibilitychange", () => this.wait(), { signal: this.listening.signal });
  }

  show(data: Notices): void {
    const ends = data.ended && this.data?.run === data.run && !this.data.ended;
    this.data = data;
    this.host.hidden = data.ended;
    if (ends && !document.hasFocus()) this.tell(data.text);
    this.wait();
  }

  destroy(): void {
    this.listening.abort();
    this.close();
  }

  /** Whether somebody has asked for it in this browser, and the browser allows it. */
  private wanted(): boolean {
    return "Notification" in window && Notification.permission === "granted" && kept() === "on";
  }

  private async choose(on: boolean): Promise<void> {
    keep(on ? "on" : "off");
    // Asked for only now, at the click: a page that asks unbidden is refused, and rightly so.
    if (on && "Notification" in window && Notification.permission === "default") await Notification.requestPermission();
    this.box.checked = this.wanted();
    this.say(on);
    this.wait();
  }

  private say(tried = false): void {
    const { words } = this.tools;
    const allowed = "Notification" in window && window.isSecureContext;
    this.hint.textContent = this.wanted() ? words.on : !tried ? "" : allowed ? words.blocked : words.missing;
  }

  /** The panel's stream rests while the page is hidden; then this one waits for the end and for nothing else. */
  private wait(): void {
    const waits = document.hidden && this.wanted() && this.data && !this.data.ended;
    if (!waits) return this.close();
    if (this.source) return;
    const source = new EventSource(new URL(this.data!.url, document.baseURI));
    this.source = source;
    source.addEventListener("ended", (event) => {
      this.close();
      this.tell(JSON.parse((event as MessageEvent).data).text);
    });
  }

  private close(): void {
    this.source?.close();
    this.source = null;
  }

  private tell(text: string): void {
    if (!this.wanted() || this.told === this.data!.run) return;
    this.told = this.data!.run;
    const shown = new Notification("Modelyard", { body: text, tag: this.told });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  }
}

/** Where a browser keeps nothing, this page remembers it for as long as it is open. */
let remembered = "";

function kept(): string {
  try {
    return localStorage.getItem(KEPT) ?? remembered;
  } catch {
    return remembered;
  }
}

function keep(value: string): void {
  remembered = value;
  try {
    localStorage.setItem(KEPT, value);
  } catch (error) {
    console.info("Modelyard: this browser keeps no settings.", error);
  }
}

export const notices: Part<Notices> = { create: (host, tools) => new NoticesPart(host, tools) };
