/** The part “status” of the moving panel: where the run stands, how far it is, and its figures. */

import "./status.css";
import type { Part, Shown, Tools } from "./part";

interface Figure { label: string; value: string; help: string; }

/** What `pages/parts/live_status.py` tells. */
interface Status {
  badge: { text: string; tone: string };
  sentence: string;
  trouble: { what: string; fix: string } | null;
  happened: string[];
  progress: { share: number; text: string } | null;
  figures: Figure[];
  /** By which way the steps are taken, and why. */
  note: string;
}

/** A screen reader is not interrupted more often than this. */
const SAY_MS = 5000;

class StatusPart implements Shown<Status> {
  private said = "";
  private wanted = "";
  private saidAt = 0;
  private timer = 0;
  private readonly find: (path: string) => HTMLElement;

  constructor(host: HTMLElement, tools: Tools) {
    host.innerHTML = `<div class="where"><span class="badge"></span><p class="sentence"></p></div>
      <div class="trouble" role="alert" hidden><p class="what"></p><p class="fix"></p></div>
      <ul class="happened" hidden></ul>
      <div class="progress" hidden><p></p><div class="bar" role="progressbar" aria-valuemin="0" aria-valuemax="100"><div></div></div></div>
      <dl class="figures" hidden></dl><p class="note" hidden></p><p class="unseen saying" aria-live="polite"></p>`;
    this.find = (path) => host.querySelector<HTMLElement>(path)!;
    this.find(".bar").setAttribute("aria-label", tools.words.progress);
    this.find(".figures").setAttribute("aria-label", tools.words.figures);
  }

  show({ badge, sentence, trouble, happened, progress, figures, note }: Status): void {
    const { find } = this;
    write(find(".badge"), badge.text);
    find(".badge").dataset.tone = badge.tone;
    write(find(".sentence"), sentence);
    find(".trouble").hidden = !trouble;
    write(find(".trouble .what"), trouble?.what ?? "");
    write(find(".trouble .fix"), trouble?.fix ?? "");
    find(".happened").hidden = !happened.length;
    children(find(".happened"), happened.length, "li").forEach((item, i) => write(item, happened[i]));
    this.progress(progress);
    this.figures(figures);
    find(".note").hidden = !note;
    write(find(".note"), note);
    this.say([`${badge.text}.`, sentence, happened.at(-1) ?? ""].filter(Boolean).join(" "));
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  private progress(progress: Status["progress"]): void {
    this.find(".progress").hidden = !progress;
    if (!progress) return;
    const percent = progress.share * 100;
    write(this.find(".progress p"), progress.text);
    this.find(".bar > div").style.width = `${percent}%`;
    this.find(".bar").setAttribute("aria-valuenow", String(Math.round(percent)));
    this.find(".bar").setAttribute("aria-valuetext", progress.text);
  }

  private figures(figures: Figure[]): void {
    this.find(".figures").hidden = !figures.length;
    children(this.find(".figures"), figures.length, "div").forEach((place, i) => {
      const { label, value, help } = figures[i];
      if (!place.firstChild) place.append(document.createElement("dt"), document.createElement("dd"));
      write(place.firstElementChild as HTMLElement, label);
      write(place.lastElementChild as HTMLElement, value);
      place.title = help;
    });
  }

  /** What a screen reader says when the state has changed. */
  private say(text: string): void {
    this.wanted = text;
    clearTimeout(this.timer);
    const wait = this.saidAt + SAY_MS - Date.now();
    if (text === this.said) return;
    if (wait > 0) {
      this.timer = window.setTimeout(() => this.say(this.wanted), wait);
      return;
    }
    // What the page was opened with is read with the page; only changes are said.
    if (this.said) write(this.find(".saying"), text);
    this.said = text;
    this.saidAt = Date.now();
  }
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Exactly so many children, the ones there kept. */
function children(parent: HTMLElement, count: number, tag: string): HTMLElement[] {
  while (parent.children.length > count) parent.lastElementChild!.remove();
  while (parent.children.length < count) parent.append(document.createElement(tag));
  return [...parent.children] as HTMLElement[];
}

export const status: Part<Status> = { create: (host, tools) => new StatusPart(host, tools) };
