/** One chart of the curves: uPlot with a zoom that stays, the best epoch, shaded evidence, and values under the pointer. */

import uPlot from "uplot";
import type { Column } from "./smoothing";

/** A shaded range on the chart's own axis. */
export interface Shade { from: number; to: number; label: string; tone: string; }

/** Everything that one drawing of the chart shows. */
export interface Frame {
  /** x, then the lines as the chart was told to have them. */
  data: [number[], ...Column[]];
  /** What the legend says of each line, where a smoothed one is drawn: the true values. */
  truth: Column[];
  best: number | null;
  shades: Shade[];
  log: boolean;
  zoom: [number, number] | null;
  /** The whole of the axis, the same for all charts of a run. */
  whole: [number, number];
  described: string;
}

/** A line: how it looks, and what the legend calls it; without a name it is only a background. */
export interface Look { tone: string; width: number; name: string; kind: string; faint?: boolean; points?: boolean; }

export interface Setting {
  looks: Look[];
  height: number;
  /** What the axis counts, with which the legend begins. */
  unit: string;
  sync: string;
  colour(name: string): string;
  zoomed(range: [number, number] | null): void;
}

const STEADY = 0.985; // the first, huge losses do not decide the scale
const LATEST = 0.25; // of the axis is left by one press of “+”

export class Chart {
  private plot: uPlot | null = null;
  private frame: Frame | null = null;
  private readonly legend = document.createElement("div");
  private readonly stage = document.createElement("div");
  private readonly watcher: ResizeObserver;

  constructor(host: HTMLElement, private readonly setting: Setting) {
    this.legend.className = "legend";
    this.stage.className = "stage";
    this.stage.style.minHeight = `${setting.height}px`;
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "img");
    this.stage.addEventListener("keydown", (event) => this.press(event));
    host.append(this.legend, this.stage);
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(this.stage);
  }

  show(frame: Frame): void {
    const anew = !this.plot || this.frame?.log !== frame.log;
    this.frame = frame;
    if (anew) this.make();
    else this.plot!.setData(frame.data as uPlot.AlignedData);
    if (this.stage.getAttribute("aria-label") !== frame.described) this.stage.setAttribute("aria-label", frame.described);
    // What is painted cannot be read from outside; this can.
    Object.assign(this.stage.dataset, { shown: this.span.join(" "), scale: frame.log ? "log" : "linear", lines: frame.data.slice(1).map((line) => short(latest(line as Column, line.length - 1) ?? 0)).join(" ") });
    this.tell();
  }

  /** In the theme's colours as they are now. */
  repaint(): void {
    if (this.frame) this.make();
  }

  destroy(): void {
    this.watcher.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  private resize(): void {
    const width = this.stage.clientWidth;
    if (width > 0 && this.plot && Math.abs(this.plot.width - width) >= 1) this.plot.setSize({ width, height: this.setting.height });
  }

  private make(): void {
    this.plot?.destroy();
    const { colour, looks, height, sync } = this.setting;
    const font = `12px ${getComputedStyle(this.stage).fontFamily}`;
    const axis = { stroke: colour("text"), font, grid: { stroke: colour("border"), width: 1 }, ticks: { show: false }, gap: 6 };
    this.plot = new uPlot({
      width: Math.max(this.stage.clientWidth, 200), height, padding: [10, 10, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 7 }, sync: { key: sync }, bind: { dblclick: () => () => { this.setting.zoomed(null); return null; } } },
      scales: { x: { time: false, range: () => this.span }, y: { distr: this.frame!.log ? 3 : 1, range: (_, low, high) => this.range(low, high) } },
      axes: [{ ...axis, grid: { show: false }, size: 30, values: whole }, { ...axis, size: 56, values: (_, values) => values.map((value) => (value == null || (this.frame?.log && !plain(value)) ? "" : short(value))) }],
      series: [{}, ...looks.map((look) => ({
        label: look.name, stroke: look.faint ? `${colour(look.tone)}40` : colour(look.tone), width: look.width, spanGaps: true,
        points: { show: (plot: uPlot, series: number) => !look.faint && filled(plot.data[series] as Column) < 3, size: 6 },
      }))],
      hooks: { setCursor: [() => this.tell()], drawAxes: [(plot) => this.shade(plot)], draw: [(plot) => this.mark(plot)], setSelect: [(plot) => this.select(plot)] },
    }, this.frame!.data as uPlot.AlignedData, this.stage);
    touchable(this.plot.over);
  }

  /** The range of the axis that is shown. */
  private get span(): [number, number] {
    return this.frame!.zoom ?? this.frame!.whole;
  }

  /** The scale of what is to be seen; single peaks of the background line are cut off. */
  private range(low: number, high: number): [number, number] {
    const frame = this.frame!;
    if (low == null || high == null) return frame.log ? [0.1, 1] : [0, 1];
    const [from, to] = this.span;
    const seen = (line: Column) => line.filter((value, i): value is number => value != null && frame.data[0][i] >= from && frame.data[0][i] <= to);
    const lines = frame.data.slice(1) as Column[];
    const faint = this.setting.looks.map((look, i) => (look.faint ? seen(lines[i]) : []));
    const firm = this.setting.looks.flatMap((look, i) => (look.faint ? [] : seen(lines[i])));
    const cut = faint.map((values) => values.sort((a, b) => a - b)[Math.floor(values.length * STEADY)]).filter((value) => value != null);
    const top = Math.max(...cut, ...firm);
    if (Number.isFinite(top) && top > low) high = top;
    if (frame.log) return [low / 1.15, high * 1.15];
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - room, high + room];
  }

  private select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 5) return;
    const range: [number, number] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.setting.zoomed(range);
  }

  private press(event: KeyboardEvent): void {
    const { plot, frame } = this;
    if (!plot || !frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const x = frame.data[0];
    const [from, to] = this.span;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const at = plot.cursor.idx ?? x.length - 1;
      const next = Math.min(Math.max(at + (event.key === "ArrowLeft" ? -1 : 1), 0), x.length - 1);
      plot.setCursor({ left: plot.valToPos(x[next], "x"), top: 10 });
    } else if (event.key === "+" || event.key === "=") this.setting.zoomed([to - (to - from) * LATEST, to]);
    else if (event.key === "-") this.setting.zoomed((to - from) / LATEST < frame.whole[1] - frame.whole[0] ? [Math.max(to - (to - from) / LATEST, frame.whole[0]), to] : null);
    else if (event.key === "0" || event.key === "Escape") this.setting.zoomed(null);
    else return;
    event.preventDefault();
  }

  /** Ranges that a sign points to, behind the lines. */
  private shade(plot: uPlot): void {
    const { ctx, bbox } = plot;
    for (const { from, to, label, tone } of this.frame!.shades) {
      const left = Math.max(plot.valToPos(from, "x", true), bbox.left);
      const right = Math.min(plot.valToPos(to, "x", true), bbox.left + bbox.width);
      if (right - left < 1) continue;
      ctx.save();
      ctx.fillStyle = `${this.setting.colour(tone)}26`;
      ctx.fillRect(left, bbox.top, right - left, bbox.height);
      ctx.font = `600 ${11 * devicePixelRatio}px ${getComputedStyle(this.stage).fontFamily}`;
      ctx.fillStyle = this.setting.colour(tone);
      ctx.textBaseline = "top";
      ctx.textAlign = "left";
      // A label that is wider than its range ends where the chart ends.
      const start = Math.min(left + 6 * devicePixelRatio, bbox.left + bbox.width - ctx.measureText(label).width - 6 * devicePixelRatio);
      if (label) ctx.fillText(label, Math.max(start, bbox.left), bbox.top + 4 * devicePixelRatio);
      ctx.restore();
    }
  }

  /** A dashed line at the best epoch, and a dot on the validation line, which is the last. */
  private mark(plot: uPlot): void {
    const best = this.frame!.best;
    if (best == null) return;
    const { ctx, bbox } = plot;
    const x = Math.round(plot.valToPos(best, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    const value = (plot.data.at(-1) as Column)[(plot.data[0] as number[]).indexOf(best)];
    ctx.save();
    ctx.strokeStyle = `${this.setting.colour("text")}66`;
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    if (value != null) {
      ctx.fillStyle = this.setting.colour(this.setting.looks.at(-1)!.tone);
      ctx.beginPath();
      ctx.arc(x, plot.valToPos(value, "y", true), 4.5 * devicePixelRatio, 0, 2 * Math.PI);
      ctx.fill();
    }
    ctx.restore();
  }

  /** The values under the pointer, else the latest. */
  private tell(): void {
    const { plot, frame } = this;
    if (!plot || !frame) return;
    const at = plot.cursor.idx ?? frame.data[0].length - 1;
    const told = this.setting.looks.flatMap((look, i) => (look.name ? [item(look.kind, look.name, latest(frame.truth[i], at))] : []));
    const place = frame.data[0][at];
    this.legend.replaceChildren(...told, item("place", this.setting.unit, place == null ? null : Math.ceil(place)));
  }
}

function latest(line: Column, at: number): number | null {
  while (at > 0 && line[at] == null) at--;
  return line[at] ?? null;
}

function filled(line: Column): number {
  return line.reduce<number>((count, value) => count + (value == null ? 0 : 1), 0);
}

function item(kind: string, name: string, value: number | null): HTMLElement {
  const made = document.createElement("span");
  made.className = kind;
  const figure = document.createElement("b");
  figure.textContent = value == null ? "–" : short(value);
  made.append(`${name} `, figure);
  return made;
}

function whole(_: uPlot, places: number[]): string[] {
  return places.map((place) => (Number.isInteger(place) ? place.toLocaleString() : ""));
}

/** Whether two digits say it: on a log scale the ends of the axis are marked too, whatever they are. */
function plain(value: number): boolean {
  return Math.abs(Number(value.toPrecision(2)) - value) <= Math.abs(value) * 1e-9;
}

export function short(value: number): string {
  if (Math.abs(value) >= 1000) return value.toLocaleString(undefined, { maximumFractionDigits: 0 });
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(4)));
}

/** A finger that moves sideways does what a mouse does; up and down it scrolls the page. */
function touchable(over: HTMLElement): void {
  over.style.touchAction = "pan-y";
  const same: Record<string, string> = { pointerdown: "mousedown", pointermove: "mousemove", pointerup: "mouseup" };
  for (const [pointer, mouse] of Object.entries(same)) {
    over.addEventListener(pointer, (event) => {
      const { pointerType, clientX, clientY } = event as PointerEvent;
      if (pointerType === "touch") over.dispatchEvent(new MouseEvent(mouse, { clientX, clientY, button: 0, bubbles: true }));
    });
  }
}
