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
  const found = search.trim() ? ranked(all, search) : all;
  const mine = { name: OWN, label: own, entries: found.filter(({ key }) => key.startsWith(OWN)) };
  const others = catalog.groups.map(({ name, label }) => ({ name, label, entries: found.filter(({ key, info }) => info.group === name && !key.startsWith(OWN)) }));
  return [mine, ...others].filter(({ entries }) => entries.length > 0);
}

/** All that hold every word of the search, the best first: by name before by what they do. */
export function ranked(all: Entry[], search: string): Entry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const score = ({ key, info }: Entry): number => {
    const label = info.label.toLowerCase();
    const name = key.replaceAll("_", " ").toLowerCase();
    const rest = `${name} ${key} ${info.help} ${info.when}`.toLowerCase();
    const scores = words.map((word) => (label.startsWith(word) ? 4 : label.includes(word) ? 3 : key.includes(word) || name.includes(word) ? 2 : rest.includes(word) ? 1 : 0));
    return scores.includes(0) ? 0 : scores.reduce<number>((sum, one) => sum + one, 0);
  };
  const scored = all.map((entry) => ({ entry, points: score(entry) })).filter(({ points }) => points > 0);
  return scored.sort((a, b) => b.points - a.points).map(({ entry }) => entry);
}
