/** The model that a page carries: from rows of text to answers, and the proof that they are those of the app. */

import { encodeColumn } from "./features";
import { bytes, open, unpacked, type Network } from "./network";
import { encodePictures, given, pictures } from "./pixels";
import { opened, replies, replyNames, type Carriage, type List } from "./ranking";
import { answerNames, answerRows, answers, encode, type Answers } from "./recipes";
import type { Columns, Numbers, Recipe, Recipes } from "./shape";

/** What `model.js` holds; `core/exports/web_page.py` writes it. */
export interface Carried {
  language: string; title: string; about: string; told: string[]; words: Record<string, string>;
  recipes: Recipes; tokenizers: Record<string, string>; order: string[]; miss: number | null;
  pictures: Record<string, string>; list: Carriage | null; samples: Record<string, string[]>; expected: Record<string, (string | number)[]>; network: string;
}

/** How near answers are to those of the app; what is `equal` differs by no more than the tolerance. */
export interface Proof { rows: number; largest_difference: number; mean_difference: number; equal: boolean }

const TOLERANCE = 1e-5; // of a probability, or of an amount's size
const TOLERANCE_OF_SCORES = 2e-5; // rounded to five digits
const TOLERANCE_OF_PICTURES = 0.02; // browsers decode photographs a little unlike Pillow
export const AT_ONCE = 256; // rows

export class Model {
  private constructor(readonly carried: Carried, private readonly network: Network, readonly list: List | null) {}

  static async open(carried: Carried, runtime: string): Promise<Model> {
    for (const [name, packed] of Object.entries(carried.tokenizers)) {
      const tokenizer: unknown = JSON.parse(new TextDecoder().decode(await unpacked(packed)));
      for (const recipe of carried.recipes.columns) {
        for (const feature of recipe.features) if (feature.known === name) feature.tokenizer = tokenizer;
      }
    }
    for (const [name, content] of Object.entries(carried.pictures)) given.set(name, bytes(content));
    return new Model(carried, await open(runtime, carried.network, carried.recipes), carried.list && (await opened(carried.list)));
  }

  /** The columns that a row needs. */
  get columns(): string[] {
    return [...new Set(this.carried.recipes.columns.map((recipe) => recipe.column))];
  }

  /** What the network says of some rows. */
  async answer(columns: Columns): Promise<Answers> {
    const { recipes } = this.carried, looked = new Map<Recipe, Map<string, Uint8Array>>();
    for (const recipe of recipes.columns.filter((one) => one.parse.as === "picture")) looked.set(recipe, await pictures(recipe, columns[recipe.column] ?? []));
    const encoded = (recipe: Recipe, texts: readonly string[]): Numbers => looked.has(recipe) ? encodePictures(recipe, texts, looked.get(recipe)!) : encodeColumn(recipe, texts);
    const found = answers(recipes, await this.network(encode(recipes, columns, encoded)));
    if (!this.onlyPictures) return found;
    return { ...found, unseen: found.prediction.map((_, row) => recipes.columns.every((recipe) => !looked.get(recipe)!.has(columns[recipe.column]?.[row] ?? ""))) };
  }

  /** Whether pictures are all that the model reads. */
  get onlyPictures(): boolean {
    return this.carried.recipes.columns.every((recipe) => recipe.parse.as === "picture");
  }

  /** The names of the answers' columns. */
  get names(): string[] {
    return this.list ? replyNames(this.carried.recipes.target) : answerNames(this.carried.recipes);
  }

  async rows(columns: Columns): Promise<(string | number)[][]> {
    const { recipes } = this.carried;
    if (this.list) return replies(recipes.target, this.list, await this.network(encode(recipes, columns)), columns);
    return answerRows(this.carried.recipes, await this.answer(columns));
  }

  /** All sample rows, compared with what the app answered. */
  async prove(): Promise<Proof> {
    const { samples, expected, recipes } = this.carried;
    const said = await this.rows(samples), names = this.names;
    const chances = recipes.target.as !== "number";
    const wanted = said.map((_, row) => names.map((name) => expected[name]?.[row] ?? NaN));
    const numbers = names.map((_, at) => at).filter((at) => typeof wanted[0]?.[at] === "number");
    const pairs = said.flatMap((row, place) => numbers.map((at) => [Number(row[at]), Number(wanted[place]![at])] as const));
    const differences = pairs.map(([got, should]) => Math.abs(got - should));
    const exact = this.list ? TOLERANCE_OF_SCORES : TOLERANCE;
    const most = recipes.columns.some((recipe) => recipe.parse.as === "picture") ? TOLERANCE_OF_PICTURES : exact;
    const within = pairs.every(([, should], at) => differences[at]! <= most * (chances ? 1 : Math.max(1, Math.abs(should))));
    const same = said.every((row, place) => names.every((_, at) => numbers.includes(at) || row[at] === wanted[place]![at]));
    const complete = said.length === (expected.prediction ?? []).length && said.length > 0;
    return {
      rows: said.length, largest_difference: Math.max(...differences),
      mean_difference: differences.reduce((sum, one) => sum + one, 0) / differences.length, equal: complete && within && same,
    };
  }
}
