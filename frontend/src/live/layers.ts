/** The part “layers” of the moving panel: the sizes of weights and gradients of each layer, measured when asked for. */

import "./layers.css";
import { button } from "./controls";
import type { Part, Shown, Tools } from "./part";

interface Layer { name: string; kind: string; weights: number | null; gradient: number | null; ratio: number | null; silent: string; }

/** What `pages/parts/live_layers.py` tells; `when`, `layers` and `findings` once somebody has looked. */
interface Layers { can: boolean; waits: "" | "paused" | "looking"; when?: string; layers?: Layer[]; findings?: { tone: string; text: string }[]; }

type Size = "weights" | "gradient";

/** How long a press is believed in before the run has said that it was asked. */
const PATIENCE_MS = 3000;

class LayersPart implements Shown<Layers> {
  private readonly button: HTMLButtonElement;
  private readonly find: (path: string) => HTMLElement;
  private data: Layers = { can: false, waits: "" };
  private pressed = 0;
  private timer = 0;

  constructor(host: HTMLElement, private readonly tools: Tools) {
    host.innerHTML = `<div class="card"><div class="top"><h3></h3></div><p class="hint about"></p>
      <div class="found" aria-live="polite"><p class="hint when"></p><ul></ul></div>
      <div class="table" role="table"><div class="line head" role="row"></div><div class="body" role="rowgroup"></div><p class="hint scale"></p></div></div>`;
    this.find = (path) => host.querySelector<HTMLElement>(path)!;
    const { words } = tools;
    this.find("h3").textContent = words.title;
    this.find(".about").textContent = words.hint;
    this.find(".scale").textContent = words.scale;
    this.find(".table").setAttribute("aria-label", words.title);
    this.find(".head").append(...[words.layer, words.weights, words.gradient, words.ratio, words.silent].map((text, place) => cell("columnheader", place === 4 ? "silent" : "", text)));
    this.button = button(words.look, () => this.press());
    this.find(".top").append(this.button);
  }

  show(data: Layers): void {
    this.data = data;
    this.tell();
    const layers = data.layers ?? [];
    this.find(".table").classList.toggle("all-speak", layers.every((layer) => layer.silent === "–"));
    this.find(".about").hidden = !!data.layers;
    this.find(".found").hidden = this.find(".table").hidden = !data.layers;
    this.find(".when").textContent = data.when ?? "";
    this.find("ul").replaceChildren(...(data.findings ?? []).map(({ tone, text }) => {
      const item = document.createElement("li");
      item.dataset.tone = tone;
      item.textContent = text;
      return item;
    }));
    this.find(".body").replaceChildren(...layers.map((layer) => this.line(layer, layers)));
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  private press(): void {
    this.pressed = Date.now();
    this.tools.act("look");
    this.tell();
    this.timer = window.setTimeout(() => this.tell(), PATIENCE_MS + 10);
  }

  /** What the button says: it waits from the press on until the run has looked. */
  private tell(): void {
    const { words } = this.tools;
    const waits = this.data.waits || (Date.now() - this.pressed < PATIENCE_MS && !this.data.layers ? "looking" : "");
    this.button.hidden = !this.data.can;
    this.button.disabled = !!waits;
    this.button.textContent = waits ? words[waits] : this.data.layers ? words.again : words.look;
  }

  private line(layer: Layer, layers: Layer[]): HTMLElement {
    const line = document.createElement("div");
    line.className = "line";
    line.setAttribute("role", "row");
    const name = cell("rowheader", "name", layer.name);
    const kind = document.createElement("small");
    kind.textContent = layer.kind;
    name.append(kind);
    const { words } = this.tools;
    line.append(
      name,
      this.bar("weights", words.weights, layer, layers),
      this.bar("gradient", words.gradient, layer, layers),
      cell("cell", "figure", layer.ratio == null ? "–" : short(layer.ratio), words.ratio),
      cell("cell", "figure silent", layer.silent, words.silent),
    );
    return line;
  }

  private bar(size: Size, label: string, layer: Layer, layers: Layer[]): HTMLElement {
    const value = layer[size];
    const made = cell("cell", `size ${size}`, "", label);
    const track = document.createElement("div");
    track.className = "track";
    const bar = document.createElement("div");
    bar.style.width = `${share(value, layers.map((one) => one[size])) * 100}%`;
    track.append(bar);
    const figure = document.createElement("span");
    figure.textContent = value == null ? this.tools.words.none : short(value);
    made.append(track, figure);
    return made;
  }
}

/** How long the bar is: all of it for the largest value, one decade less for each tenth, a little for the smallest. */
function share(value: number | null, all: (number | null)[]): number {
  const known = all.filter((one): one is number => one != null && one > 0).map(Math.log10);
  if (!value || !known.length) return 0;
  const high = Math.max(...known);
  const low = Math.min(Math.floor(Math.min(...known)), high - 2);
  return Math.max((Math.log10(value) - low) / (high - low), 0.02);
}

function short(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) >= 1000 || Math.abs(value) < 0.001 ? value.toExponential(1).replace("e+", "e") : String(Number(value.toPrecision(3)));
}

/** On a narrow screen the table has no head, and each cell says itself what it is. */
function cell(role: string, look: string, text = "", named = ""): HTMLElement {
  const made = document.createElement("div");
  made.setAttribute("role", role);
  made.className = look;
  if (named) made.append(Object.assign(document.createElement("em"), { textContent: named }));
  if (text) made.append(text);
  return made;
}

export const layers: Part<Layers> = { create: (host, tools) => new LayersPart(host, tools) };
