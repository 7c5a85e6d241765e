/** The answers of a list are ranked by how near each lies to a question: what `core/ranking.py` does. */

import { strip } from "./python";
import { unpacked } from "./network";
import type { Columns, Target } from "./shape";

const DIGITS = 1e5;

/** The list as `model.js` carries it: points of length one as packed float32, one after the other. */
export interface Carriage { texts: string[]; points: string; known: string; of: number[]; alike: number }

/** The list of answers, and the questions that are known to be answered by each. */
export interface List { texts: string[]; points: Float32Array; known: Float32Array; of: number[]; alike: number }

export async function opened(carried: Carriage): Promise<List> {
  const numbers = async (packed: string): Promise<Float32Array> => new Float32Array((await unpacked(packed)).buffer as ArrayBuffer);
  return { ...carried, points: await numbers(carried.points), known: await numbers(carried.known) };
}

/** How near each point lies to the question's: products, since all have length one. */
function near(points: Float32Array, asked: readonly number[]): number[] {
  const width = asked.length;
  return Array.from({ length: points.length / width }, (_, place) => {
    let sum = 0;
    for (let at = 0; at < width; at += 1) sum += points[place * width + at]! * asked[at]!;
    return sum;
  });
}

/** The names of the columns that answers have. */
export const replyNames = (target: Target): string[] =>
  ["prediction", "score", ...Array.from({ length: target.told! }, (_, at) => [`answer_${at + 1}`, `score_${at + 1}`]).flat()];

/** For each question its best answers with scores, in the order of `replyNames`; the first is empty where the model does not know. */
export function replies(target: Target, list: List, asked: number[][], columns: Columns): (string | number)[][] {
  return asked.map((point, row) => {
    const told = Math.min(target.told!, list.texts.length);
    if (!Object.values(columns).some((texts) => strip(texts[row] ?? ""))) return ["", 0, ...Array.from({ length: told }, () => ["", 0]).flat()];
    const scores = near(list.points, point.map((one) => (Number.isNaN(one) ? 0 : one)));
    near(list.known, point).forEach((score, at) => {
      const answer = list.of[at]!;
      if (score >= list.alike) scores[answer] = Math.max(scores[answer]!, score);
    });
    const rounded = scores.map((score) => Math.round(score * DIGITS) / DIGITS);
    const best = rounded.map((_, place) => place).sort((a, b) => rounded[b]! - rounded[a]! || a - b).slice(0, told);
    const first = rounded[best[0]!]!;
    return [first >= target.threshold! ? list.texts[best[0]!]! : "", first, ...best.flatMap((place) => [list.texts[place]!, rounded[place]!])];
  });
}
