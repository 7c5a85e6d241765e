/** What `recipes.json` holds, as far as a page reads it; `core/recipes.py` says what each step means. */

export interface Parse {
  as: "number" | "date" | "text" | "picture";
  decimal?: string; thousands?: string; remove?: string[]; format?: string;
  mode?: "L" | "RGB"; size?: [number, number];
}

export interface Feature {
  make: string;
  part?: string; mean?: number; scale?: number; low?: number; high?: number; period?: number; flat?: boolean;
  x?: number[]; y?: number[]; edges?: number[]; values?: string[];
  known?: number[] | string; weights?: number[]; most?: number; letters?: boolean; length?: number; tokenizer?: unknown;
}

export interface Recipe { column: string; kind: string; input: string; parse: Parse; fill: number; start: number; features: Feature[] }

export interface Target {
  column: string; as: string; classes?: string[]; labels?: string[]; separator?: string; steps?: unknown; threshold?: number;
  mean?: number; scale?: number; range?: { widen: number }; told?: number;
}

export interface Input { shape: number[]; dtype: "float32" | "int32" | "uint8" }

export interface Recipes { task: string; target: Target; inputs: Record<string, Input>; columns: Recipe[] }

/** Rows of numbers one after the other: `values[row * width + place]`. */
export interface Numbers { rows: number; width: number; values: Float32Array | Int32Array | Uint8Array }

/** Cells by column, all of one length. */
export type Columns = Record<string, readonly string[]>;
