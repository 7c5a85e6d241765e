// A run's curves, moving while it trains: uPlot fed by server-sent events, so that no script has to run.

import uPlot from "uplot";
import uPlotStyle from "uplot/dist/uPlot.min.css";
import style from "./live_chart.css";

type Column = (number | null)[];

/** What `pages/parts/curves.py` sends. Epochs: place, loss, val_loss and, with a metric, metric and val_metric. */
interface Picture {
  steps: [number[], number[]];
  epochs: Column[];
  metric: string;
  best: number | null;
}

interface Words {
  loss: string; lossHint: string; metric: string; metricHint: string;
  training: string; validation: string; epoch: string; best: string; waiting: string; description: string;
}

interface Data { url: string; words: Words; }

interface Mount { root: HTMLElement; charts: Chart[]; source: EventSource | null; url: string; picture: Picture | null; ended: boolean; words: Words; }

const mounts = new WeakMap<Element | ShadowRoot, Mount>();
const HEIGHT = 260;
const STEADY = 0.985; // the first, huge losses do not decide the scale

class Chart {
  private plot: uPlot | null = null;
  private best: number | null = null;
  private readonly legend: HTMLElement;
  private readonly stage: HTMLElement;
  private readonly watcher: ResizeObserver;

  constructor(private readonly host: HTMLElement, title: string, hint: string, private readonly words: Words, private readonly withSteps: boolean) {
    host.innerHTML = `<div class="head"><div><strong></strong><span class="hint"></span></div><div class="legend"></div></div><div class="stage"></div>`;
    host.querySelector("strong")!.textContent = title;
    host.querySelector(".hint")!.textContent = hint;
    this.legend = host.querySelector(".legend")!;
    this.stage = host.querySelector(".stage")!;
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(this.stage);
  }

  show(data: uPlot.AlignedData, best: number | null): void {
    this.best = best;
    if (!this.plot) this.plot = this.make(data);
    else this.plot.setData(data);
    this.tell();
  }

  destroy(): void {
    this.watcher.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  private resize(): void {
    const width = this.stage.clientWidth;
    if (width > 0) this.plot?.setSize({ width, height: HEIGHT });
  }

  private make(data: uPlot.AlignedData): uPlot {
    const ink = colour(this.host, "--st-text-color", "#1d2422");
    const accent = colour(this.host, "--st-primary-color", "#0b6e5f");
    const second = colour(this.host, "--st-orange-color", "#b8691b");
    const line = colour(this.host, "--st-border-color", "#e0dbd0");
    const font = `12px ${getComputedStyle(this.host).fontFamily}`;
    const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false }, gap: 6 };
    const training = { label: this.words.training, stroke: second, width: 1.5, spanGaps: true, points: { show: false } };
    const validation = { label: this.words.validation, stroke: accent, width: 2.5, spanGaps: true, points: { show: false } };
    const faint = { label: "", stroke: second + "55", width: 1, spanGaps: true, points: { show: false } };
    return new uPlot({
      width: Math.max(this.stage.clientWidth, 200), height: HEIGHT, padding: [8, 8, 0, 0],
      legend: { show: false }, cursor: { y: false, drag: { x: true, y: false }, points: { size: 7 } },
      scales: { x: { time: false }, y: { range: (_, low, high) => this.range(low, high) } },
      axes: [{ ...axis, grid: { show: false }, size: 30, values: whole }, { ...axis, size: 52 }],
      series: [{ label: this.words.epoch }, ...(this.withSteps ? [faint] : []), training, validation],
      hooks: { setCursor: [() => this.tell()], draw: [(plot) => this.mark(plot, ink, accent)] },
    }, data, this.stage);
  }

  /** The scale of the values; single peaks at the very beginning are cut off. */
  private range(low: number, high: number): [number, number] {
    if (low == null || high == null) return [0, 1];
    if (this.withSteps && this.plot) {
      const [steps, ...epochs] = this.plot.data.slice(1).map((column) => (Array.from(column as Column)).filter((v): v is number => v != null));
      const cut = steps.sort((a, b) => a - b)[Math.floor(steps.length * STEADY)] ?? high;
      high = Math.max(cut, ...epochs.flat().slice(0, 4000));
    }
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - room, high + room];
  }

  /** A dashed line at the best epoch. */
  private mark(plot: uPlot, ink: string, accent: string): void {
    if (this.best == null) return;
    const x = Math.round(plot.valToPos(this.best, "x", true));
    const { ctx, bbox } = plot;
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    const place = (plot.data[0] as number[]).indexOf(this.best);
    const value = place < 0 ? null : (plot.data.at(-1) as Column)[place];
    ctx.save();
    ctx.strokeStyle = ink + "66";
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    if (value != null) {
      ctx.fillStyle = accent;
      ctx.beginPath();
      ctx.arc(x, plot.valToPos(value, "y", true), 4.5 * devicePixelRatio, 0, 2 * Math.PI);
      ctx.fill();
    }
    ctx.restore();
  }

  /** The values under the pointer, else the latest. */
  private tell(): void {
    const plot = this.plot;
    if (!plot) return;
    const rows = plot.data[0].length;
    const at = plot.cursor.idx ?? rows - 1;
    const first = this.withSteps ? 2 : 1;
    const shown = [first, first + 1].map((series) => {
      const column = plot.data[series] as Column;
      let place = at;
      while (place > 0 && column[place] == null) place--;
      return { name: series === first ? this.words.training : this.words.validation, look: series === first ? "training" : "validation", value: column[place] };
    });
    const epoch = plot.data[0][at];
    this.legend.replaceChildren(
      ...shown.map(({ name, look, value }) => item(look, name, value == null ? "–" : short(value))),
      item("epoch", this.words.epoch, epoch == null ? "–" : String(Math.ceil(epoch))),
    );
  }
}

function item(look: string, name: string, value: string): HTMLElement {
  const made = document.createElement("span");
  made.className = look;
  made.append(name + " ");
  const figure = document.createElement("b");
  figure.textContent = value;
  made.append(figure);
  return made;
}

function whole(_: uPlot, places: number[]): string[] {
  return places.map((place) => (Number.isInteger(place) ? String(place) : ""));
}

function short(value: number): string {
  return Math.abs(value) >= 1000 ? value.toLocaleString(undefined, { maximumFractionDigits: 0 }) : String(Number(value.toPrecision(4)));
}

function colour(element: Element, name: string, otherwise: string): string {
  const found = getComputedStyle(element).getPropertyValue(name).trim();
  return /^#[0-9a-f]{6}$/i.test(found) ? found : otherwise;
}

function draw(mount: Mount): void {
  const picture = mount.picture;
  if (!picture || (!picture.epochs[0].length && picture.steps[0].length < 2)) return;
  mount.root.querySelector<HTMLElement>(".waiting")!.hidden = true;
  const [epochs, loss, valLoss, metric, valMetric] = picture.epochs;
  const wide = mount.root.querySelector<HTMLElement>(".charts")!;
  if (!mount.charts.length) {
    const places = [0, ...(picture.metric ? [1] : [])].map(() => wide.appendChild(document.createElement("section")));
    mount.charts.push(new Chart(places[0], mount.words.loss, mount.words.lossHint, mount.words, true));
    if (picture.metric) mount.charts.push(new Chart(places[1], mount.words.metric, mount.words.metricHint, mount.words, false));
  }
  const joined = uPlot.join([[picture.steps[0], picture.steps[1]], [epochs, loss, valLoss] as uPlot.AlignedData]);
  mount.charts[0].show(joined, picture.best);
  if (picture.metric && epochs.length) mount.charts[1].show([epochs, metric, valMetric] as uPlot.AlignedData, picture.best);
}

function follow(mount: Mount): void {
  mount.source?.close();
  mount.source = null;
  if (mount.ended || document.hidden) return;
  const source = new EventSource(new URL(mount.url, document.baseURI));
  mount.source = source;
  source.addEventListener("curves", (event) => {
    if (!mount.root.isConnected) return source.close(); // the page was left
    mount.picture = JSON.parse((event as MessageEvent).data);
    draw(mount);
  });
  source.addEventListener("end", () => {
    mount.ended = true;
    source.close();
  });
}

function begin(parent: HTMLElement | ShadowRoot, data: Data): Mount {
  const root = parent.querySelector<HTMLElement>(".live")!;
  root.innerHTML = `<style>${uPlotStyle}${style}</style><p class="waiting"></p><div class="charts" role="img"></div>`;
  root.querySelector(".waiting")!.textContent = data.words.waiting;
  root.querySelector(".charts")!.setAttribute("aria-label", data.words.description);
  return { root, charts: [], source: null, url: data.url, picture: null, ended: false, words: data.words };
}

/** Called by Streamlit when it is mounted and again whenever the data or the theme changes. */
export default function ({ data, parentElement }: { data: Data; parentElement: HTMLElement | ShadowRoot }): () => void {
  let mount = mounts.get(parentElement);
  if (!mount || mount.url !== data.url) {
    mount?.source?.close();
    mount?.charts.forEach((chart) => chart.destroy());
    mount = begin(parentElement, data);
    mounts.set(parentElement, mount);
    follow(mount);
  } else {
    // The theme or the language may have changed: draw again in the new colours.
    mount.charts.forEach((chart) => chart.destroy());
    mount.charts = [];
    mount.words = data.words;
    mount.root.querySelector(".charts")!.replaceChildren();
    draw(mount);
  }
  const here = mount;
  const seen = () => follow(here);
  document.addEventListener("visibilitychange", seen);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    if (!here.root.isConnected) {
      here.source?.close();
      here.charts.forEach((chart) => chart.destroy());
      mounts.delete(parentElement);
    }
  };
}
