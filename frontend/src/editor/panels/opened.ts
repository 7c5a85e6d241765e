/** Which groups of the palette are open: as somebody left them, else those that the drawing can need. */
import { kindOf, type Layers } from "../graph";
import type { Catalog, Report } from "../types";

const PLACE = "modelyard-palette";
// These need so many sizes of what comes in: steps of numbers, or pictures with colours.
const NEEDED: Record<string, number> = { sequences: 2, images: 3, augmenting: 3 };

export type Turned = Record<string, boolean>;

/** What was opened and closed by hand. */
export function turned(): Turned {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "{}") as Turned;
  } catch {
    return {}; // storage refused
  }
}

export function keepTurned(now: Turned): void {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(now));
  } catch {
    return; // then they are as at first when the page is opened again
  }
}

/** The groups that this drawing has no use for yet. */
export function unneeded(layers: Layers, report: Report, catalog: Catalog): Set<string> {
  const sizes = Math.max(0, ...Object.values(report.layers).map(({ shape }) => shape?.length ?? 0));
  const used = new Set(layers.map((layer) => kindOf(catalog, layer)?.group));
  return new Set(Object.keys(NEEDED).filter((group) => sizes < NEEDED[group] && !used.has(group)));
}
