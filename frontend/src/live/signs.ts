/** The part “signs” of the moving panel: what the curves say in plain words, where it can be seen, and what would help. */

import "./signs.css";
import { icon } from "./icon";
import type { Part, Shown, Tools } from "./part";

type Tone = "good" | "neutral" | "warn";

interface Evidence { curve: string; from_epoch: number; to_epoch: number; label: string; }

interface Change { name: string; label: string; details: string[]; }

interface Sign { name: string; tone: Tone; label: string; sentence: string; evidence: Evidence | null; changes: Change[]; }

/** What `pages/parts/live_signs.py` tells; the first sign is the main one. */
interface Signs { signs: Sign[]; running: boolean; }

/** Tones are told by shape and word, not by colour alone. */
const ICONS: Record<Tone, string> = {
  good: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM5 8.25l2.25 2.25L11.25 6",
  neutral: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 7.5V11.5M8 4.75v.01",
  warn: "M8 1.75L15 14H1L8 1.75zM8 6.25v3.5M8 11.9v.01",
};
const SHADES: Record<Tone, string> = { good: "green", neutral: "blue", warn: "orange" };

class SignsPart implements Shown<Signs> {
  private readonly card: HTMLElement;
  private readonly news: HTMLElement;
  private made = "";
  private main = "";
  private signs: Sign[] = [];
  /** What somebody has decided about each sign's shade; without a word the main one is shaded where it is no good news. */
  private readonly wanted = new Map<string, boolean>();
  private shaded = "";

  constructor(host: HTMLElement, private readonly tools: Tools) {
    host.setAttribute("aria-label", tools.words.title);
    host.innerHTML = `<div class="card"></div><p class="unseen" role="status"></p>`;
    this.card = host.querySelector(".card")!;
    this.news = host.querySelector(".unseen")!;
  }

  show(data: Signs): void {
    this.signs = data.signs;
    const plan = JSON.stringify([data.running, data.signs.map((sign) => [sign.name, sign.tone, sign.label, !sign.evidence, sign.changes])]);
    if (plan !== this.made) {
      this.card.replaceChildren(...data.signs.map((sign, place) => this.sign(sign, place === 0, data.running)));
      this.made = plan;
    }
    this.card.dataset.tone = data.signs[0].tone;
    data.signs.forEach((sign, place) => {
      this.card.children[place].querySelector(".sentence")!.textContent = sign.sentence;
    });
    // A screen reader hears when something else is seen, not each new figure.
    if (this.main !== data.signs[0].name) this.news.textContent = data.signs[0].sentence;
    this.main = data.signs[0].name;
    this.shade();
  }

  destroy(): void {}

  private sign(sign: Sign, first: boolean, running: boolean): HTMLElement {
    const made = element("div", first ? "sign main" : "sign");
    made.dataset.tone = sign.tone;
    made.dataset.sign = sign.name;
    const text = element("div", "text");
    const heading = element("p", "label");
    heading.append(element("span", "unseen", `${this.tools.words[sign.tone]}: `), sign.label);
    text.append(heading, element("p", "sentence"));
    if (sign.evidence) text.append(this.toggle(sign));
    if (sign.changes.length) text.append(this.changes(sign, running));
    made.append(icon(ICONS[sign.tone]), text);
    return made;
  }

  private toggle(sign: Sign): HTMLElement {
    const button = element("button", "link") as HTMLButtonElement;
    button.type = "button";
    button.dataset.shows = sign.name;
    button.addEventListener("click", () => {
      this.wanted.set(sign.name, !this.isShaded(sign));
      this.shade();
    });
    return button;
  }

  private changes(sign: Sign, running: boolean): HTMLElement {
    const { words } = this.tools;
    const box = element("div", "changes");
    box.setAttribute("role", "group");
    const title = running ? words.stop : words.apply;
    box.setAttribute("aria-label", title);
    box.append(element("span", "hint", title));
    for (const change of sign.changes) {
      const button = element("button", "change") as HTMLButtonElement;
      button.type = "button";
      button.title = running ? words.stopHint : words.hint;
      button.dataset.change = change.name;
      button.append(element("b", "", change.label), ...change.details.map((line) => element("small", "", line)));
      button.addEventListener("click", () => {
        this.card.querySelectorAll<HTMLButtonElement>(".change").forEach((other) => (other.disabled = true));
        this.tools.act("apply", `${sign.name}/${change.name}`);
        this.made = ""; // should nothing come of it, the next word makes the buttons anew
      });
      box.append(button);
    }
    return box;
  }

  private isShaded(sign: Sign): boolean {
    return !!sign.evidence && (this.wanted.get(sign.name) ?? (sign === this.signs[0] && sign.tone !== "good"));
  }

  /** Shade on the chart what is to be shaded, and let the buttons say so. */
  private shade(): void {
    const shown = this.signs.filter((sign) => this.isShaded(sign));
    const bands = JSON.stringify(shown.map((sign) => [sign.evidence, sign.tone]));
    if (bands !== this.shaded) {
      this.shaded = bands;
      this.tools.clearEvidence();
      for (const { evidence, tone } of shown) {
        const { from_epoch: from, to_epoch: to, curve, label } = evidence!;
        this.tools.evidence(from, to, curve, label, SHADES[tone]);
      }
    }
    for (const sign of this.signs) {
      const button = this.card.querySelector<HTMLButtonElement>(`button[data-shows="${sign.name}"]`);
      if (!button) continue;
      const pressed = this.isShaded(sign);
      button.setAttribute("aria-pressed", String(pressed));
      button.textContent = pressed ? this.tools.words.hide : this.tools.words.show;
    }
  }
}

function element(tag: string, look: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (look) made.className = look;
  made.textContent = text;
  return made;
}

export const signs: Part<Signs> = { create: (host, tools) => new SignsPart(host, tools) };
