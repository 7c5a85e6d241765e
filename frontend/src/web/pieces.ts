/** A text becomes its pieces, each known by a number: what `core/pieces.py` does. */

import { beginning, round, words } from "./python";
import type { Feature, Numbers } from "./shape";

const NUMBERS = 2 ** 20, LONGEST = 4_000, LETTER_EACH = 0x2e80, WHOLE = 10_000, RUNS = [3, 4, 5];
const BASE = 0x9e3779b97f4a7c15n, BITS = (1n << 64n) - 1n;
const IN_WORD = /[\p{L}\p{N}]/u;

const power: bigint[] = [1n], back: bigint[] = [1n];
const INVERSE = inverse();

/** What BASE is multiplied with for 1, modulo 2**64; each step doubles the bits that are right. */
function inverse(): bigint {
  let found = BASE;
  for (let step = 0; step < 6; step += 1) found = (found * (2n - BASE * found)) & BITS;
  return found;
}

function grow(most: number): void {
  while (power.length <= most) {
    power.push((power.at(-1)! * BASE) & BITS);
    back.push((back.at(-1)! * INVERSE) & BITS);
  }
}

/** Where each word begins and ends: letters and digits together, any other sign alone. */
function wordSpans(signs: readonly number[]): [number, number][] {
  const inside = signs.map((sign) => sign < LETTER_EACH && IN_WORD.test(String.fromCodePoint(sign)));
  const spans: [number, number][] = [];
  for (let at = 0; at < signs.length; at += 1) {
    if (signs[at] === 32 || signs[at] === 10) continue;
    if (inside[at] && inside[at - 1]) spans.at(-1)![1] = at + 1;
    else spans.push([at, at + 1]);
  }
  return spans;
}

/** The numbers of the words, pairs of words and, with `letters`, runs of letters of one text, once for each time. */
export function pieces(text: string, letters: boolean): number[] {
  const spaced = ` ${words(beginning(text, LONGEST).toLowerCase()).join(" ")} \n`;
  const signs = Array.from(spaced, (letter) => letter.codePointAt(0)!);
  grow(signs.length);
  const sums = [0n];
  signs.forEach((sign, at) => sums.push((sums[at]! + BigInt(sign + 1) * power[at]!) & BITS));
  const whole = wordSpans(signs);
  const kinds = [whole, whole.slice(1).map(([, stop], at): [number, number] => [whole[at]![0], stop])];
  for (const size of letters ? RUNS : []) {
    // The sign that ends the text is never part of a run.
    kinds.push(Array.from({ length: Math.max(signs.length - size, 0) }, (_, first): [number, number] => [first, first + size]));
  }
  return kinds.flatMap((spans, sort) => spans.map(([first, stop]) => {
    const number = ((sums[stop]! - sums[first]!) * back[first]! + BigInt(sort)) & BITS;
    return Number((((number ^ (number >> 31n)) * BASE) & BITS) >> 44n);
  }));
}

/** The share of one text that each known piece has, by TF-IDF: pairs of place and share, in the order of the places. */
function weighed(feature: Feature, places: Int32Array, text: string): [number, number][] {
  const times = new Map<number, number>();
  for (const number of pieces(text, feature.letters ?? true)) {
    const place = places[number]!;
    if (place >= 0) times.set(place, (times.get(place) ?? 0) + 1);
  }
  const found = [...times].sort(([a], [b]) => a - b).map(([place, count]): [number, number] => [place, (1 + Math.log(count)) * feature.weights![place]!]);
  const size = Math.sqrt(found.reduce((sum, [, value]) => sum + value * value, 0));
  return found.map(([place, value]) => [place, value / size]);
}

const tables = new WeakMap<Feature, Int32Array>();

function placesOf(feature: Feature): Int32Array {
  let known = tables.get(feature);
  if (!known) {
    known = new Int32Array(NUMBERS).fill(-1);
    (feature.known as number[]).forEach((number, place) => { known![number] = place; });
    tables.set(feature, known);
  }
  return known;
}

/** Bytes [rows, pieces known]: how much of each text a piece is; half of a text is 255. */
export function shares(feature: Feature, texts: readonly string[]): Numbers {
  const width = feature.known!.length, places = placesOf(feature);
  const values = new Uint8Array(texts.length * width);
  texts.forEach((text, row) => {
    for (const [place, share] of weighed(feature, places, text)) values[row * width + place] = Math.min(round(510 * share), 255);
  });
  return { rows: texts.length, width, values };
}

/** The pieces that each text holds, [rows, most, 2]: place from 1 and share in parts of `WHOLE`, in the order of the places. */
export function counted(feature: Feature, texts: readonly string[]): Numbers {
  const most = feature.most!, places = placesOf(feature);
  const values = new Int32Array(texts.length * most * 2);
  texts.forEach((text, row) => {
    const found = weighed(feature, places, text);
    const kept = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most).sort((a, b) => a[0] - b[0]);
    kept.forEach(([place, share], rank) => {
      values[(row * most + rank) * 2] = place + 1;
      values[(row * most + rank) * 2 + 1] = round(WHOLE * share);
    });
  });
  return { rows: texts.length, width: most * 2, values };
}
