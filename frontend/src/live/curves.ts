/** The part “curves” of the moving panel: loss and every metric, by epoch or by step, as somebody wants to see them. */

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./curves.css";
import { Chart, type Frame, type Look } from "./chart";
import { button, segmented, tick } from "./controls";
import type { Band, Part, Shown, Tools } from "./part";
import { smooth, type Column } from "./smoothing";

interface Metric { name: string; label: string; help: string; }

/** What `pages/parts/live_curves.py` tells. `best` is an epoch. */
interface Curves {
  perEpoch: number;
  steps: { at: number[]; loss: number[] };
  /** The newest loss; of the others some wait until they are thinned as those before them. */
  latest: [at: number, loss: number] | null;
  rates: { at: number[]; rate: number[] };
  epochs: Record<string, Column>;
  best: number | null;
  metrics: Metric[];
  described: Record<string, string>;
}

/** How somebody likes to see curves; kept by the browser. */
interface Taste { view: "epoch" | "step"; smoothing: number; log: boolean; rate: boolean; metric: string; }

const KEPT = "modelyard-curves";
const HEIGHT = 260;
const RATE_HEIGHT = 90;
const TRAINING = "orange", VALIDATION = "primary";

type Line = [x: number[], y: Column];
const NONE: Line = [[], []];

class CurvesPart implements Shown<Curves> {
  private data: Curves | null = null;
  private bands: readonly Band[] = [];
  private zoom: [number, number] | null = null; // in epochs
  private readonly taste: Taste = liked();
  private charts: { loss?: Chart; metric?: Chart; rate?: Chart } = {};
  private tabs = "";
  private readonly places: Record<"waiting" | "controls" | "charts" | "loss" | "metric" | "head" | "hint" | "later" | "rate" | "keys", HTMLElement>;
  private readonly whole: HTMLButtonElement;
  private readonly rateTick: HTMLLabelElement;
  private readonly sync = `live-${Math.random().toString(36).slice(2)}`;

  constructor(host: HTMLElement, private readonly tools: Tools) {
    const { words } = tools;
    host.classList.add("card");
    host.innerHTML = `<div class="controls"></div><p class="waiting"></p>
      <div class="charts" hidden><figure class="loss"><div class="head"><strong></strong></div><p class="hint"></p></figure>
      <figure class="metric"><div class="head"></div><p class="hint"></p><p class="later"></p></figure></div>
      <p class="keys"><span></span> <span class="focused"></span></p>`;
    const find = (path: string) => host.querySelector<HTMLElement>(path)!;
    this.places = {
      waiting: find(".waiting"), controls: find(".controls"), charts: find(".charts"), loss: find(".loss"), metric: find(".metric"),
      head: find(".metric .head"), hint: find(".metric .hint"), later: find(".later"), rate: document.createElement("div"),
      keys: find(".keys"),
    };
    this.places.rate.className = "rate";
    this.places.waiting.textContent = words.waiting;
    find(".loss strong").textContent = words.loss;
    find(".loss .hint").textContent = words.lossHint;
    find(".keys span").textContent = words.zoom;
    find(".keys .focused").textContent = words.keys;
    this.places.later.textContent = words.later;
    this.whole = button(words.whole, () => this.zoomed(null));
    this.rateTick = tick(words.rate, this.taste.rate, (rate) => this.like({ rate }));
    this.places.controls.append(
      segmented(words.view, [["epoch", words.byEpoch], ["step", words.byStep]], this.taste.view, (view) => this.like({ view: view as Taste["view"] })),
      segmented(words.smoothing, [0, 1, 2].map((n) => [String(n), words[`smooth${n}`]]), String(this.taste.smoothing), (n) => this.like({ smoothing: Number(n) })),
      tick(words.log, this.taste.log, (log) => this.like({ log })),
      this.rateTick,
      this.whole,
    );
    tools.onEvidence((bands) => {
      this.bands = bands;
      this.draw();
    });
  }

  show(data: Curves): void {
    this.data = data;
    this.draw();
  }

  /** Only the points behind those that are known, everything else anew. */
  add(news: unknown): void {
    const { steps, rates, epochs, ...rest } = news as Curves;
    if (!this.data) return;
    const grown = <T extends Record<string, unknown[]>>(lines: T, more: T) => {
      for (const [name, values] of Object.entries(more)) lines[name]?.push(...values);
    };
    grown(this.data.steps, steps);
    grown(this.data.rates, rates);
    grown(this.data.epochs, epochs);
    Object.assign(this.data, rest);
    this.draw();
  }

  themed(): void {
    Object.values(this.charts).forEach((chart) => chart?.repaint());
  }

  destroy(): void {
    Object.values(this.charts).forEach((chart) => chart?.destroy());
  }

  private like(some: Partial<Taste>): void {
    Object.assign(this.taste, some);
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.taste));
    } catch { /* a browser that keeps nothing: the choice holds as long as the page */ }
    if (some.view) this.rebuild();
    this.draw();
  }

  /** The axis counts something else now. */
  private rebuild(): void {
    this.destroy();
    this.charts = {};
    this.places.loss.querySelectorAll(".legend, .stage, .rate").forEach((found) => found.remove());
    this.places.metric.querySelectorAll(".legend, .stage").forEach((found) => found.remove());
    this.places.rate.replaceChildren();
  }

  private zoomed(range: [number, number] | null): void {
    this.zoom = range && (range.map((x) => x / this.unit) as [number, number]);
    this.draw();
  }

  /** How much of the axis an epoch is. */
  private get unit(): number {
    return this.taste.view === "step" ? (this.data?.perEpoch ?? 1) : 1;
  }

  private draw(): void {
    const { data, places, taste } = this;
    if (!data) return;
    const empty = !data.epochs.epoch.length && data.steps.at.length < 2;
    places.waiting.hidden = !empty;
    for (const place of [places.charts, places.controls, places.keys]) place.hidden = empty;
    this.whole.hidden = !this.zoom;
    this.rateTick.hidden = data.rates.at.length < 2;
    if (empty) return;
    this.chart("loss", places.loss, this.looks(), HEIGHT).show(this.lossFrame(data));
    this.drawRate(data);
    this.drawTabs(data.metrics);
    const metric = data.metrics.find(({ name }) => name === taste.metric) ?? data.metrics[0];
    places.metric.hidden = !metric;
    if (!metric) return;
    places.hint.textContent = metric.help;
    places.later.hidden = data.epochs.epoch.length > 0;
    if (!places.later.hidden) return;
    this.chart("metric", places.metric, this.looks(), HEIGHT).show(this.metricFrame(data, metric.name));
  }

  private looks(): Look[] {
    const { words } = this.tools;
    return [
      { tone: TRAINING, width: 1, name: "", kind: "", faint: true },
      { tone: VALIDATION, width: 1, name: "", kind: "", faint: true },
      { tone: TRAINING, width: 1.5, name: words.training, kind: "training" },
      { tone: VALIDATION, width: 2.5, name: words.validation, kind: "validation" },
    ];
  }

  private chart(name: "loss" | "metric" | "rate", host: HTMLElement, looks: Look[], height: number): Chart {
    return (this.charts[name] ??= new Chart(host, {
      looks, height, sync: this.sync, unit: this.taste.view === "step" ? this.tools.words.step : this.tools.words.epoch,
      colour: (tone) => this.tools.colour(tone), zoomed: (range) => this.zoomed(range),
    }));
  }

  /** Where the epochs lie on the axis. */
  private epochs({ epochs, perEpoch }: Curves): number[] {
    if (this.taste.view === "epoch") return epochs.epoch as number[];
    return epochs.epoch.map((epoch, i) => epochs.step[i] ?? epoch! * perEpoch);
  }

  private lossFrame(data: Curves): Frame {
    const { smoothing, view } = this.taste;
    const x = this.epochs(data);
    const more = data.latest && data.latest[0] > (data.steps.at.at(-1) ?? 0) ? data.latest : null;
    const at = more ? [...data.steps.at, more[0]] : data.steps.at;
    const steps: Line = [view === "step" ? at : at.map((step) => step / data.perEpoch), more ? [...data.steps.loss, more[1]] : data.steps.loss];
    const validation: Line = [x, data.epochs.val_loss];
    const training: Line = view === "step" || !x.length ? steps : [x, data.epochs.loss];
    const behind = smoothing ? training : training === steps ? NONE : steps;
    return this.frame(data, "loss", behind, training, validation, true);
  }

  private metricFrame(data: Curves, name: string): Frame {
    const x = this.epochs(data);
    const line = (curve: string): Line => [x, data.epochs[curve] ?? x.map(() => null)];
    const positive = [...line(name)[1], ...line(`val_${name}`)[1]].every((value) => value == null || value > 0);
    return this.frame(data, name, this.taste.smoothing ? line(name) : NONE, line(name), line(`val_${name}`), positive);
  }

  private frame(data: Curves, name: string, behind: Line, training: Line, validation: Line, positive: boolean): Frame {
    const { smoothing } = this.taste;
    const smoothed = ([x, y]: Line): Line => [x, smooth(x, y, smoothing)];
    const lines = [behind, smoothing ? validation : NONE, smoothed(training), smoothed(validation), training, validation];
    const log = this.taste.log && positive;
    const shown = log ? lines.map(([x, y]): Line => [x, y.map((value) => (value != null && value > 0 ? value : null))]) : lines;
    const [x, ...joined] = uPlot.join(shown as uPlot.AlignedData[]) as unknown as [number[], ...Column[]];
    const place = data.best == null ? -1 : data.epochs.epoch.indexOf(data.best);
    return {
      data: [x, ...joined.slice(0, 4)], truth: [[], [], joined[4], joined[5]], log,
      best: place < 0 ? null : this.epochs(data)[place],
      shades: this.shades(name), zoom: this.zoomHere(), whole: this.wholeAxis(data), described: data.described[name] ?? "",
    };
  }

  private shades(name: string): Frame["shades"] {
    return this.bands
      .filter(({ curve }) => curve.replace(/^val_/, "") === name)
      .map(({ from, to, label, tone }) => ({ from: (from === to ? from - 0.5 : from) * this.unit, to: (from === to ? to + 0.5 : to) * this.unit, label, tone }));
  }

  private zoomHere(): [number, number] | null {
    return this.zoom && (this.zoom.map((x) => x * this.unit) as [number, number]);
  }

  /** From the beginning to the last point of any line. */
  private wholeAxis(data: Curves): [number, number] {
    const steps = (data.latest?.[0] ?? 0) / data.perEpoch;
    return [0, Math.max(steps, data.epochs.epoch.at(-1) ?? 0) * this.unit || 1];
  }

  private drawRate(data: Curves): void {
    const { rate } = this.places;
    const wanted = this.taste.rate && data.rates.at.length > 1;
    rate.hidden = !wanted;
    if (!wanted) return;
    if (!rate.isConnected) this.places.loss.append(rate);
    const looks: Look[] = [{ tone: "violet", width: 1.5, name: this.tools.words.rate, kind: "learning" }];
    const x = this.taste.view === "step" ? data.rates.at : data.rates.at.map((at) => at / data.perEpoch);
    this.chart("rate", rate, looks, RATE_HEIGHT).show({
      data: [x, data.rates.rate], truth: [data.rates.rate], best: null, shades: [], log: false, zoom: this.zoomHere(), whole: this.wholeAxis(data),
      described: this.tools.words.rate,
    });
  }

  /** One button for each metric, made anew only when there are others. */
  private drawTabs(metrics: Metric[]): void {
    const wanted = JSON.stringify(metrics);
    if (wanted === this.tabs) return;
    this.tabs = wanted;
    const chosen = metrics.some(({ name }) => name === this.taste.metric) ? this.taste.metric : (metrics[0]?.name ?? "");
    this.places.head.replaceChildren(segmented(this.tools.words.metrics, metrics.map(({ name, label, help }) => [name, label, help]), chosen, (metric) => this.like({ metric }), "loose"));
  }
}

function liked(): Taste {
  const usual: Taste = { view: "epoch", smoothing: 0, log: false, rate: false, metric: "" };
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
  } catch {
    return usual;
  }
}

export const curves: Part<Curves> = { create: (host, tools) => new CurvesPart(host, tools) };
