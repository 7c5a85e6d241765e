/** The kinds of layer and the editor's sentences: fetched once, tried until they are there. */

import type { PageData, Shelf } from "./types";

const WAITS_MS = [300, 1000, 2000, 4000, 8000];
const known = new Map<string, Promise<Shelf>>();

/** The shelf that this page needs; the same promise for everybody who asks for it. */
export function shelfOf({ catalog }: PageData): Promise<Shelf> {
  let found = known.get(catalog.id);
  if (!found) known.set(catalog.id, (found = fetched(catalog.at)));
  return found;
}

async function fetched(address: string): Promise<Shelf> {
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch(new URL(address, document.baseURI));
      if (response.ok) return (await response.json()) as Shelf;
    } catch {
      // The net is away or the server starts again; both pass.
    }
    await new Promise((resolve) => setTimeout(resolve, WAITS_MS[Math.min(tries, WAITS_MS.length - 1)]));
  }
}
