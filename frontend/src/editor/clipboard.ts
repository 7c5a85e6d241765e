/** Copied layers, for every drawing that this browser shows; a browser that refuses storage keeps them while the page is open. */

import type { Layers } from "./graph";
import type { Layer } from "./types";

const PLACE = "modelyard-layers";
let here = "[]";

export function put(layers: Layers): void {
  here = JSON.stringify(layers);
  try {
    localStorage.setItem(PLACE, here);
  } catch {
    return; // `here` has them
  }
}

export function taken(): Layer[] {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? here) as Layer[];
  } catch {
    return JSON.parse(here) as Layer[];
  }
}
