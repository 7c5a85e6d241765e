/** What the palette offers, by group, and what a search finds among it. */
import type { Catalog, KindInfo } from "../types";

export const OWN = "own_block:";

export interface Entry {
  key: string; // what `addLayer` takes
  info: KindInfo;
}

export interface Group {
  name: string;
  label: string;
  entries: Entry[];
}

/** In the order of the catalog; the user's own blocks stand first, in a group of their own. */
export function groups(catalog: Catalog, own: string, search = ""): Group[] {
  const all = Object.entries(catalog.kinds).flatMap(([key, info]) => (info.palette || key.startsWith(OWN) ? [{ key, info }] : []));
  const called = Object.fromEntries(catalog.groups.map(({ name, label }) => [name, label.toLowerCase()]));
  const found = search.trim() ? ranked(all, search, called) : all;
  const mine = { name: OWN, label: own, entries: found.filter(({ key }) => key.startsWith(OWN)) };
  const others = catalog.groups.map(({ name, label }) => ({ name, label, entries: found.filter(({ key, info }) => info.group === name && !key.startsWith(OWN)) }));
  const filled = [mine, ...others].filter(({ entries }) => entries.length > 0);
  return search.trim() ? filled.sort((a, b) => found.indexOf(a.entries[0]) - found.indexOf(b.entries[0])) : filled;
}

/** Whether a word of the text begins so; Chinese does not show where words begin. */
function begins(text: string, part: string): boolean {
  return /[^\x00-\x7f]/.test(part) ? text.includes(part) : ` ${text}`.search(new RegExp(`[^a-z0-9]${part.replace(/\W/g, "\\$&")}`)) >= 0;
}

function points({ key, info }: Entry, word: string, group: string): number {
  const label = info.label.toLowerCase();
  const name = `${key} ${key.replaceAll("_", "")}`.toLowerCase();
  if (label.startsWith(word)) return 8;
  if (begins(label, word)) return 6;
  if (begins(name.replaceAll("_", " "), word)) return 5;
  if (label.includes(word) || name.includes(word)) return 3;
  const choices = info.fields.filter(({ main }) => main).flatMap(({ options = [] }) => options.map(([, text]) => text));
  if (begins(choices.join(" ").toLowerCase(), word)) return 2;
  return begins(`${info.help} ${info.when} ${group}`.toLowerCase(), word) ? 1 : 0;
}

/** Whether it is called exactly so; brackets tell what a name is short for. */
function exactly({ key, info }: Entry, search: string): boolean {
  const whole = search.trim().toLowerCase().replaceAll("_", " ");
  const label = info.label.toLowerCase();
  return [key, key.replaceAll("_", " "), key.replaceAll("_", ""), label, ...label.split(/\s*[()（）]\s*/)].includes(whole);
}

/** All that hold every word of the search, the best first: by name before by what they do. */
function ranked(all: Entry[], search: string, called: Record<string, string> = {}): Entry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = all.map((entry) => {
    const each = words.map((word) => points(entry, word, called[entry.info.group] ?? ""));
    return { entry, score: exactly(entry, search) ? 1000 : each.includes(0) ? 0 : each.reduce((sum, one) => sum + one, 0) };
  });
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).map(({ entry }) => entry);
}
