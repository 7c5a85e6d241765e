/** A row's raw text becomes the network's numbers, and its outputs become answers: what `core/recipes.py` does. */

import { encodeColumn } from "./features";
import { words } from "./python";
import type { Columns, Numbers, Recipe, Recipes, Target } from "./shape";

/** What comes out for some rows; `probabilities` [row][class], `low` and `high` for an amount with a range; `unseen` rows have no picture to answer from. */
export interface Answers { prediction: (string | number)[]; probabilities?: number[][]; low?: number[]; high?: number[]; unseen?: boolean[] }

/** The names as every reader gives them: each one line, none empty, no two alike. */
export function columnNames(names: readonly string[]): string[] {
  const cleaned = names.map((name) => Array.from(words(name.replaceAll("\ufeff", "")).join(" ")).slice(0, 200).join(""));
  const given = new Set(cleaned.filter((name) => name)), made = new Set<string>();
  cleaned.forEach((name, at) => {
    const wanted = name || `column_${at + 1}`;
    let unique = wanted;
    for (let again = 2; made.has(unique) || (unique !== name && given.has(unique)); again += 1) unique = `${wanted}_${again}`;
    made.add(unique);
  });
  return [...made];
}

/** The network's inputs for some rows, by name. A column that is not there counts as missing. */
export function encode(recipes: Recipes, columns: Columns, encoded: (recipe: Recipe, texts: readonly string[]) => Numbers = encodeColumn): Record<string, Numbers> {
  const rows = Math.max(0, ...Object.values(columns).map((texts) => texts.length));
  const parts: Record<string, Numbers[]> = Object.fromEntries(Object.keys(recipes.inputs).map((name) => [name, []]));
  for (const recipe of recipes.columns) {
    parts[recipe.input]!.push(encoded(recipe, columns[recipe.column] ?? new Array<string>(rows).fill("")));
  }
  return Object.fromEntries(Object.entries(parts).map(([name, made]) => [name, beside(made)]));
}

/** Several columns' numbers, row by row, as one. */
function beside(parts: readonly Numbers[]): Numbers {
  if (parts.length === 1) return parts[0]!;
  const rows = parts[0]!.rows, width = parts.reduce((sum, part) => sum + part.width, 0);
  const values = new (parts[0]!.values.constructor as new (size: number) => Numbers["values"])(rows * width);
  let left = 0;
  for (const part of parts) {
    for (let row = 0; row < rows; row += 1) values.set(part.values.subarray(row * part.width, (row + 1) * part.width), row * width + left);
    left += part.width;
  }
  return { rows, width, values };
}

/** What the network's outputs [rows][units] mean. */
export function answers(recipes: Recipes, outputs: number[][]): Answers {
  const target = recipes.target;
  if (target.as === "number") return amounts(target, outputs);
  if (target.as === "labels") return { prediction: outputs.map((row) => joined(target, row)), probabilities: outputs };
  const classes = target.classes!;
  if (target.steps) {
    const chances = outputs.map(ofSteps);
    return { prediction: chances.map((row) => classes[middle(row)]!), probabilities: chances };
  }
  if (outputs[0]?.length === 1) {
    const chances = outputs.map(([chance]) => [1 - chance!, chance!]);
    return { prediction: chances.map((row) => classes[row[1]! >= (target.threshold ?? 0.5) ? 1 : 0]!), probabilities: chances };
  }
  return { prediction: outputs.map((row) => classes[row.indexOf(Math.max(...row))]!), probabilities: outputs };
}

function amounts(target: Target, outputs: number[][]): Answers {
  const real = (value: number): number => value * target.scale! + target.mean!;
  if (!target.range) return { prediction: outputs.map((row) => real(row[0]!)) };
  // Quantiles that cross are put in order.
  const sorted = outputs.map((row) => [...row].sort((a, b) => a - b));
  const widen = target.range.widen;
  return {
    prediction: sorted.map((row) => real(row[1]!)),
    low: sorted.map((row) => real(Math.min(row[0]! - widen, row[1]!))),
    high: sorted.map((row) => real(Math.max(row[2]! + widen, row[1]!))),
  };
}

/** The labels that are likelier than not, as they stand in a cell. */
function joined(target: Target, chances: readonly number[]): string {
  const mark = target.separator === "|" ? "|" : `${target.separator} `;
  return target.labels!.filter((_, place) => chances[place]! >= 0.5).join(mark);
}

/** Chances of classes in order, from the chance at each step that it goes on to the next class. */
function ofSteps(steps: readonly number[]): number[] {
  let reached = 1;
  return [...steps.map((step) => {
    const stays = reached * (1 - step);
    reached *= step;
    return stays;
  }), reached];
}

/** The class in the middle: half of the chance lies on either side. */
function middle(chances: readonly number[]): number {
  let sum = 0, below = 0;
  for (const chance of chances) {
    sum += chance;
    if (sum < 0.5) below += 1;
  }
  return Math.min(below, chances.length - 1);
}

/** The columns that answers have as a table. */
export function answerNames(recipes: Recipes): string[] {
  const { range, classes, labels } = recipes.target;
  return ["prediction", ...(range ? ["low", "high"] : []), ...(classes ?? labels ?? []).map((name) => `p_${name}`)];
}

/** The answers row by row, in the order of `answerNames`. */
export function answerRows(recipes: Recipes, said: Answers): (string | number)[][] {
  return said.prediction.map((prediction, row) => said.unseen?.[row] ? answerNames(recipes).map(() => "") : [
    prediction, ...(recipes.target.range ? [said.low![row]!, said.high![row]!] : []), ...(said.probabilities?.[row] ?? []),
  ]);
}
