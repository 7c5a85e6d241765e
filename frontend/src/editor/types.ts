/** What the page and the editor tell each other. The other side: `pages/parts/editor.py` and `pages/parts/drawing_routes.py`. */

export type Value = string | number | boolean | number[] | null | object;
export type Fields = Record<string, Value>;

/** One layer as `core.graph.Layer` keeps it. */
export interface Layer {
  name: string;
  kind: string;
  inputs: string[];
  fields: Fields;
  place?: [number, number];
}

export interface Graph {
  version: number;
  layers: Layer[];
}

/** A sentence pair; `mends` are labels of one-click changes, carried out by number. */
export interface Fault {
  layer: string; // empty where it belongs to no layer
  brief: string; // the matter alone, on the layer itself
  what: string;
  fix: string;
  mends: string[];
}

export interface LayerReport {
  shape: number[] | null;
  codes: number;
  weights: number | null;
  share: number; // of all weights, 0 to 1
  waits: string; // the faulty layer further up, or empty
  fault: Fault | null;
  fields: Fields; // all settings as they are used, automatic ones too
  gives: string; // "64 numbers", "Waits for …", "Needs mending"
  weighs: string; // "48,128 weights" or empty
  about: string; // the same in short, "48.1k weights"
  sentence: string; // all of it, for the pointer that rests and for screen readers
  block: boolean;
}

export interface Total {
  label: string;
  value: string;
  help: string;
}

export interface Report {
  ok: boolean;
  layers: Record<string, LayerReport>;
  faults: Fault[]; // those that belong to no layer first, then in the order of the network
  totals: Total[]; // layers, weights, size on disk, memory to train, seconds per epoch
  words: string[]; // the network in plain sentences
}

export interface FieldInfo {
  name: string;
  type: "whole" | "decimal" | "choice" | "switch" | "numbers" | "text" | "hidden";
  label: string;
  help: string;
  limits: string; // "a whole number from 1 to 65,536"
  low?: number;
  high?: number;
  step?: number;
  options?: [Value, string][];
  default: Value;
  auto: boolean;
  main: boolean;
  when: Fields | null;
}

export interface KindInfo {
  label: string;
  help: string;
  when: string;
  more: string;
  picture: string;
  group: string;
  inputs: [number, number]; // least and most incoming links
  ports: string[]; // what the incoming links are called, or empty
  fields: FieldInfo[];
  block: boolean;
  palette: boolean; // false: not to be added by hand
  preset?: Fields; // what a new layer of it begins with (a user's own block)
}

export interface Catalog {
  groups: { name: string; label: string }[];
  kinds: Record<string, KindInfo>; // a user's own block is called "own_block:<id>" and added with kind "own_block"
}

/** What the editor needs to speak and to know the kinds of layer; asked for once, and kept by the browser. */
export interface Shelf {
  catalog: Catalog;
  words: Record<string, string>; // the editor's own sentences, placeholders in braces
}

/** What the page hands over. A new `load` means: take this graph in place of what you have. */
export interface PageData {
  project: string;
  key: string;
  api: string; // address of the routes, relative to the app's: "api/drawing/"
  language: string;
  drawing: string; // its id, or empty while it is the template's proposal
  load: string;
  stamp: number;
  graph: Graph;
  report: Report;
  catalog: { id: string; at: string }; // which `Shelf` belongs to it, and where that is to be had
  parts: string[]; // what an input can read of each row
  proposed: Record<string, Fields>; // what the template proposes for layers of these names
  rows: number; // rows that a preview can be asked for
  trained: string; // name of the run whose weights a preview can use, or empty
  waiting: string; // what is said while nothing can be shown yet
}

/** All routes take `{project, key, language, …}` by POST and answer JSON; 422 is `{what, fix}`. */
export interface Saved {
  stamp: number;
  rev: number;
  report: Report;
  elsewhere: boolean; // another window had changed it; its state is kept among the versions
}

/** `fits`: asked with `{graph, source}` or `{graph, target}`; for each other layer why a link does not fit, or "". */
export type Fits = Record<string, string>;

export type Change =
  | { do: "mend"; layer: string; number: number } // layer is empty for a fault of no layer
  | { do: "open"; layer: string } // a block becomes its layers
  | { do: "wrap"; layers: string[]; title: string } // layers become a block of the user's own
  | { do: "arrange" }; // forget all places

export interface Preview {
  state: "ready" | "warming";
  row?: number;
  rows?: number;
  trained?: boolean;
  look?: "bars" | "grid" | "maps" | "image" | "tokens" | "attention";
  shape?: number[];
  values?: number[]; // flattened, at most 4,096
  shown?: number[]; // the shape of `values` where less is shown than there is
  low?: number;
  high?: number;
  names?: string[]; // of the places of a plain row, where they are known
  attention?: { heads: number; size: [number, number]; values: number[] };
  words?: string; // what is seen, in a sentence
}
