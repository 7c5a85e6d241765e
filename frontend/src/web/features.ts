/** Carries out the steps of a column's recipe: what `core/recipes.py` does, in the same order and precision. */

import { iso, written } from "./dates";
import { counted, shares } from "./pieces";
import { float, modulo, strip } from "./python";
import { codes } from "./tokens";
import type { Feature, Numbers, Parse, Recipe } from "./shape";

const DAY = 86_400;
const LOWEST = -2, HIGHEST = 3;
export const LARGEST = 1e100;
const NUMBER = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/;

/** One number, or NaN where the text is none. */
export function readNumber(given: string, parse: Parse): number {
  let text = strip(given);
  for (const sign of parse.remove ?? []) text = text.replaceAll(sign, "");
  text = strip(text);
  const negative = text.startsWith("(") && text.endsWith(")");
  if (negative) text = strip(text.slice(1, -1));
  if (parse.thousands) text = text.replaceAll(parse.thousands, "");
  if ((parse.decimal ?? ".") !== ".") text = text.replaceAll(parse.decimal!, ".");
  text = text.replaceAll("\u2212", "-");
  if (!NUMBER.test(text)) return NaN;
  const value = Number(text);
  return Math.abs(value) > LARGEST ? NaN : negative ? -value : value;
}

/** Days since 1970-01-01, or NaN where the text is no such date. */
export function readDate(given: string, parse: Parse): number {
  const text = strip(given), form = parse.format ?? "iso";
  if (!text) return NaN;
  if (form === "seconds" || form === "milliseconds") return float(text) / (form === "seconds" ? DAY : DAY * 1000);
  return (form === "iso" ? iso(text) : written(text, form)) / DAY;
}

/** A calendar part of days since 1970; NaN stays NaN. */
export function datePart(days: number, part: string): number {
  if (Number.isNaN(days) || part === "days") return days;
  if (part === "weekday") return modulo(Math.floor(days) + 3, 7);
  if (part === "hour") return (days - Math.floor(days)) * 24;
  const date = new Date(Math.floor(days) * DAY * 1000);
  if (part === "year") return date.getUTCFullYear();
  if (part === "month") return date.getUTCMonth();
  if (part === "day") return date.getUTCDate() - 1;
  throw new Error(`unknown part: ${part}`);
}

const clip = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

function bins(value: number, edges: readonly number[], flat: boolean): number[] {
  return edges.slice(1).map((edge, place) => {
    const share = (value - edges[place]!) / (edge - edges[place]!);
    const low = !flat && place === 0 ? LOWEST : 0, high = !flat && place === edges.length - 2 ? HIGHEST : 1;
    return clip(share, low, high);
  });
}

/** `np.interp`: on the straight line between the two points around the value. */
function interpolate(value: number, x: readonly number[], y: readonly number[]): number {
  const last = x.length - 1;
  if (value > x[last]!) return y[last]!;
  if (value < x[0]!) return y[0]!;
  let low = 0, high = last + 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= value) low = middle;
    else high = middle;
  }
  if (low === last || x[low] === value) return y[low]!;
  const slope = (y[low + 1]! - y[low]!) / (x[low + 1]! - x[low]!);
  return slope * (value - x[low]!) + y[low]!;
}

/** The numbers that one feature makes of one value of a number or date column. */
function numbers(feature: Feature, raw: number, fill: number): number[] {
  if (feature.make === "missing") return [Number.isNaN(raw) ? 1 : 0];
  const known = Number.isNaN(raw) ? fill : raw;
  const value = feature.part ? datePart(known, feature.part) : known;
  switch (feature.make) {
    case "scale": {
      const kept = feature.low === undefined ? value : clip(value, feature.low, feature.high!);
      return [clip((kept - feature.mean!) / feature.scale!, -8, 8)];
    }
    case "interpolate": return [interpolate(value, feature.x!, feature.y!)];
    case "bins": return bins(value, feature.edges!, feature.flat ?? false);
    case "cycle": {
      const angle = value * ((2 * Math.PI) / feature.period!);
      return [Math.sin(angle), Math.cos(angle)];
    }
    default: throw new Error(`unknown step: ${feature.make}`);
  }
}

/** One column's cells as the network reads them. */
export function encodeColumn(recipe: Recipe, texts: readonly string[]): Numbers {
  const feature = recipe.features[0]!, rows = texts.length;
  if (recipe.parse.as === "text") {
    const cells = texts.map(strip);
    if (feature.make === "pieces") return shares(feature, cells);
    if (feature.make === "counts") return counted(feature, cells);
    if (feature.make === "tokens") return codes(feature, cells);
    const places = new Map(feature.values!.map((value, place) => [value, recipe.start + 1 + place]));
    return { rows, width: 1, values: Int32Array.from(cells, (cell) => places.get(cell) ?? recipe.start) };
  }
  const read = recipe.parse.as === "date" ? readDate : readNumber;
  const made = texts.map((text) => {
    const raw = read(text, recipe.parse);
    return recipe.features.flatMap((step) => numbers(step, raw, recipe.fill));
  });
  return { rows, width: made[0]?.length ?? 0, values: Float32Array.from(made.flat()) };
}
