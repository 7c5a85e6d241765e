/** The few strokes that all pictures are drawn with, in a space of 120 × 64. Colours come from `pictures.css`. */
import { createElement, type ReactNode } from "react";

/** What a picture may know about the layer that it stands for. */
export interface Subject {
  kind?: string;
  fields?: Record<string, unknown>;
}

export type Draw = (subject: Subject) => ReactNode;

const r1 = (value: number) => Math.round(value * 10) / 10;

export const all = (...parts: ReactNode[]): ReactNode => createElement("g", null, ...parts);

export const moved = (transform: string, ...parts: ReactNode[]): ReactNode => createElement("g", { transform }, ...parts);

export const times = (count: number, draw: (index: number) => ReactNode): ReactNode =>
  all(...Array.from({ length: count }, (_, index) => draw(index)));

export const line = (d: string, look = "line"): ReactNode => createElement("path", { d, className: look });

export const dot = (x: number, y: number, look = "soft", r = 3.6): ReactNode =>
  createElement("circle", { cx: x, cy: y, r, className: look });

/** A number as a small field; `shade` from 0 to 1 says how large it is. */
export const cell = (x: number, y: number, width: number, height: number, shade = 0.16, look = "cell"): ReactNode =>
  createElement("rect", { x, y, width, height, rx: 1.5, className: look, fillOpacity: shade });

export const grid = (
  x: number, y: number, columns: number, rows: number, size: number,
  shade: (column: number, row: number) => number = () => 0.16, look = "cell",
): ReactNode =>
  times(columns * rows, (i) => {
    const column = i % columns;
    const row = Math.floor(i / columns);
    return cell(x + column * size, y + row * size, size - 1, size - 1, shade(column, row), look);
  });

export const box = (x: number, y: number, width: number, height: number, look = "soft", rx = 3): ReactNode =>
  createElement("rect", { x, y, width, height, rx, className: look });

export const arrow = (from: number, y: number, to: number): ReactNode => line(`M${from} ${y}H${to}m-4-3l4 3-4 3`, "arrow");

export const up = (x: number, from: number, to: number): ReactNode => line(`M${x} ${from}V${to}m-2.5 3.5l2.5-3.5 2.5 3.5`, "arrow");

export const letters = (x: number, y: number, text: string, look = "letters"): ReactNode =>
  createElement("text", { x, y, className: look }, text);

/** Lines from every dot of one column to every dot of the next. */
export const mesh = (x: number, from: number[], to: number, ends: number[], look = "thin"): ReactNode =>
  line(from.map((a) => ends.map((b) => `M${x} ${a}L${to} ${b}`).join("")).join(""), look);

/** A curve through `y(t)` for t from `low` to `high`, in a box on the picture; y grows upwards from `zero`. */
export const curve = (
  y: (t: number) => number, [low, high]: [number, number], [left, right]: [number, number], zero: number, tall: number, look = "bold",
): ReactNode => {
  const steps = 48;
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const t = low + ((high - low) * i) / steps;
    return `${r1(left + ((right - left) * i) / steps)} ${r1(zero - tall * y(t))}`;
  });
  return line(`M${points.join("L")}`, look);
};
