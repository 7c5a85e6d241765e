/** A curve as small as a word: one value over the epochs, a dashed line to hold it against, a dot at the epoch shown. */

export interface Strip { epochs: number[]; now: number; line: number | null; share: boolean; label: string; }

const WIDTH = 132;
const HEIGHT = 36;
const EDGE = 4;

export function strip(values: (number | null)[], { epochs, now, line, share, label }: Strip): SVGElement {
  const known = values.filter((value): value is number => value != null);
  const ends = share ? [0, 1] : [Math.min(...known, line ?? Infinity), Math.max(...known, line ?? -Infinity)];
  const span = ends[1] - ends[0] || 1;
  const first = epochs[0];
  const x = (epoch: number) => round(EDGE + ((epoch - first) / (epochs[epochs.length - 1] - first || 1)) * (WIDTH - 2 * EDGE));
  const y = (value: number) => round(HEIGHT - EDGE - ((value - ends[0]) / span) * (HEIGHT - 2 * EDGE));

  const svg = node("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label, class: "strip" });
  const title = node("title", {});
  title.textContent = label;
  svg.append(title);
  const level = share ? 0.5 : line;
  if (level != null) svg.append(node("line", { x1: EDGE, x2: WIDTH - EDGE, y1: y(level), y2: y(level), class: "level" }));
  const points = values.flatMap((value, place) => (value == null ? [] : [`${x(epochs[place])},${y(value)}`]));
  if (points.length > 1) svg.append(node("polyline", { points: points.join(" "), class: "course" }));
  const here = epochs.indexOf(now) < 0 ? epochs.length - 1 : epochs.indexOf(now);
  const value = values[here];
  if (value != null) svg.append(node("circle", { cx: x(epochs[here]), cy: y(value), r: 3, class: "dot" }));
  return svg;
}

function node(tag: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
