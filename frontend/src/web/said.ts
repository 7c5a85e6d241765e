/** The answer in words, with its chances or its range. */

import { element, filled } from "./dom";
import type { Answers } from "./recipes";
import type { Carried } from "./model";

const MOST_CLASSES = 6;

/** A probability in percent that says certain only where it is. */
export function chance(share: number): string {
  if (share > 0.999 && share < 1) return "> 99.9%";
  return share > 0 && share < 0.001 ? "< 0.1%" : `${(share * 100).toFixed(1)}%`;
}

/** Four digits that matter, and never fewer than the whole number has. */
export function amount(value: number): string {
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(4)));
}

function sure(share: number, words: Record<string, string>): string {
  const name = share >= 0.95 ? "certain" : share >= 0.8 ? "likely" : share >= 0.6 ? "rather" : "guess";
  return words[name]!;
}

/** What stands on the answer's card. */
export function said(carried: Carried, found: Answers): Node[] {
  const { words, recipes, miss } = carried, prediction = found.prediction[0]!;
  if (found.unseen?.[0]) return [element("p", {}, words.no_picture)];
  if (!found.probabilities) {
    const value = prediction as number;
    const between = found.low && filled(words.between!, { low: amount(found.low[0]!), high: amount(found.high![0]!) });
    const off = miss !== null && filled(words.off!, { miss: amount(miss) });
    return [element("p", { class: "headline" }, amount(value)), element("p", {}, between || ""), element("small", {}, off || "")];
  }
  const names = recipes.target.classes ?? recipes.target.labels!, shares = found.probabilities[0]!;
  const sentence = recipes.target.classes && filled(words.chance!, { answer: prediction, chance: chance(shares[names.indexOf(String(prediction))]!), words: sure(shares[names.indexOf(String(prediction))]!, words) });
  const order = names.map((_, place) => place).sort((a, b) => shares[b]! - shares[a]!).slice(0, MOST_CLASSES);
  if (recipes.target.steps) order.sort((a, b) => a - b);
  const bars = order.map((place) => element("li", {},
    element("span", {}, names[place]!), element("span", { class: "share" }, chance(shares[place]!)), element("meter", { min: 0, max: 1, value: shares[place]!, "aria-hidden": "true" })));
  return [element("p", { class: "headline" }, String(prediction) || "–"), element("p", {}, sentence || ""), element("ul", { class: "bars" }, ...bars)];
}

/** The best answer of a list, and those that come next. */
export function replied({ words }: Carried, [prediction, score, ...every]: readonly (string | number)[]): Node[] {
  const near = (value: string | number | undefined): string => Number(value).toFixed(2);
  const others = every.slice(prediction ? 2 : 0); // a text and its score in turn
  const next = others.flatMap((text, at) => (at % 2 === 0 && text ? [element("li", {}, element("span", {}, String(text)), element("span", { class: "share" }, near(others[at + 1])))] : []));
  return [
    element("p", { class: "reply" }, String(prediction) || words.no_reply!), element("small", {}, filled(words.nearness!, { score: near(score) })),
    ...(next.length ? [element("details", {}, element("summary", {}, words.others!), element("ul", { class: "bars" }, ...next))] : []),
  ];
}
