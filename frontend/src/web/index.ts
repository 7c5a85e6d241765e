/** A model as a page: the form, the answer, files, and the proof. Also what a test asks without a page. */

import { harmless, parse } from "./csv";
import { encodeColumn } from "./features";
import { Model, type Carried } from "./model";
import { draw } from "./page";
import { looked } from "./pixels";
import { replies } from "./ranking";
import { columnNames } from "./recipes";

declare global {
  // What the scripts beside this one hold.
  var MODELYARD_MODEL: Carried | undefined;
  var MODELYARD_RUNTIME: string | undefined;
  var modelyard: unknown;
}

const carried = globalThis.MODELYARD_MODEL, runtime = globalThis.MODELYARD_RUNTIME;
const opened = carried && runtime ? Model.open(carried, runtime) : null;
const parts = { columnNames, encodeColumn, harmless, looked, parse, replies };
globalThis.modelyard = { ...parts, prove: async () => (await opened!).prove(), rows: async (columns: Record<string, string[]>) => (await opened!).rows(columns) };
if (carried && opened && globalThis.document) draw(document.body, carried, opened);
// Whoever opens the page to test it reads what it says of itself among the browser's own words.
if (opened && globalThis.location?.hash === "#prove") {
  opened.then((model) => model.prove()).then((proof) => console.log(`modelyard-proof${JSON.stringify(proof)}`), (error: unknown) => console.log(`modelyard-proof${JSON.stringify({ error: String(error) })}`));
}
