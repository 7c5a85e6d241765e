/** The part “gauges” of the moving panel: how much of the machine is in use, in small quiet bars with their latest minute. */

import "./gauges.css";
import type { Part } from "./part";

/** What `pages/parts/live_gauges.py` tells of one gauge; shares are in percent, null where nobody knows. */
interface Gauge { name: string; label: string; value: string; detail: string; share: number | null; own: number; history: (number | null)[]; }

interface Data { gauges: Gauge[]; warnings: string[]; }

const KEPT = 60;
const HEIGHT = 20;

export const gauges: Part<Data> = {
  create(host, { words }) {
    const card = host.appendChild(element("div", "card"));
    const warnings = element("ul", "warnings");
    warnings.setAttribute("role", "status");
    const grid = element("div", "gauges");
    card.append(element("h3", "", words.title), warnings, grid);
    const cells = new Map<string, Cell>();
    let warned = "";
    return {
      show(data) {
        const names = data.gauges.map((gauge) => gauge.name).join();
        if (names !== [...cells.keys()].join()) {
          cells.clear();
          for (const { name } of data.gauges) cells.set(name, new Cell(words.history));
          grid.replaceChildren(...[...cells.values()].map((cell) => cell.host));
        }
        for (const gauge of data.gauges) cells.get(gauge.name)!.show(gauge);
        // Figures change with every reading; that something is wrong is said once, not every second.
        const kinds = data.warnings.map((text) => text.replace(/[\d.,]+/g, "")).join();
        if (kinds !== warned) warnings.replaceChildren(...data.warnings.map((text) => element("li", "", text)));
        warned = kinds;
      },
      destroy() {
        card.remove();
      },
    };
  },
};

class Cell {
  readonly host = element("div", "gauge");
  private readonly label = element("span", "");
  private readonly value = element("b", "");
  private readonly detail = element("small", "");
  private readonly all = document.createElement("i");
  private readonly own = document.createElement("i");
  private readonly under = path("under");
  private readonly over = path("over");

  constructor(history: string) {
    const line = element("div", "line");
    line.append(this.label, this.value);
    const chart = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    chart.setAttribute("viewBox", `0 0 ${KEPT - 1} ${HEIGHT}`);
    chart.setAttribute("preserveAspectRatio", "none");
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", history);
    chart.append(this.under, this.over);
    const bar = element("div", "bar");
    this.own.className = "own";
    bar.append(this.all, this.own);
    this.host.append(line, chart, bar, this.detail);
  }

  show(gauge: Gauge): void {
    this.label.textContent = gauge.label;
    this.value.textContent = gauge.value;
    this.detail.textContent = gauge.detail;
    this.detail.title = gauge.detail;
    this.all.style.width = `${gauge.share ?? 0}%`;
    this.own.style.width = `${Math.min(gauge.own, gauge.share ?? 0)}%`;
    const points = gauge.history.slice(-KEPT).flatMap((share, place, every) =>
      share === null ? [] : [`${KEPT - every.length + place},${(HEIGHT * (100 - share)) / 100}`]);
    const line = points.length > 1 ? `M${points.join("L")}` : "";
    this.over.setAttribute("d", line);
    this.under.setAttribute("d", line && `${line}V${HEIGHT}H${points[0].split(",")[0]}Z`);
  }
}

function element(tag: string, look: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = look;
  made.textContent = text;
  return made;
}

function path(look: string): SVGPathElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "path");
  made.setAttribute("class", look);
  return made;
}
