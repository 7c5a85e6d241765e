/** The page: a form made of the columns, its answer, a file of rows, and the proof. */

import { element, filled } from "./dom";
import { field, type Field } from "./fields";
import { files } from "./files";
import { replied, said } from "./said";
import type { Carried, Model } from "./model";

const MAIN_COLUMNS = 6;

export function draw(body: HTMLElement, carried: Carried, opened: Promise<Model>): void {
  const { words } = carried;
  const answer = element("div", { "aria-live": "polite", class: "answer" }, element("p", { class: "quiet" }, words.opening!));
  const form = asking(carried, answer, opened);
  const card = element("aside", { "aria-label": words.answer }, element("p", { class: "quiet" }, filled(words.answer_for!, { target: carried.recipes.target.column })), answer);
  body.replaceChildren(element("main", {},
    element("header", {}, element("h1", {}, carried.title), element("p", {}, carried.about), ...good(carried)),
    element("div", { class: "asked" }, form, card), files(opened), proving(carried, opened), element("footer", { class: "quiet" }, words.alone!)));
  opened.catch((error: unknown) => {
    console.error(error);
    answer.replaceChildren(element("p", { class: "wrong", role: "alert" }, words.not_opened!));
  });
}

/** How good the model is: the first sentence, and the others for those who ask. */
function good({ told, words }: Carried): HTMLElement[] {
  const [first, ...others] = told;
  if (!first) return [];
  const more = element("details", {}, element("summary", {}, words.good!), element("ul", {}, ...others.map((one) => element("li", {}, one))));
  return [element("p", { class: "quiet" }, first), ...(others.length ? [more] : [])];
}

/** The form; each change of a field is answered at once. */
function asking(carried: Carried, answer: HTMLElement, opened: Promise<Model>): HTMLElement {
  const { words, recipes, order, samples } = carried;
  let asked = 0;
  const ask = async (): Promise<void> => {
    const mine = (asked += 1), model = await opened;
    await new Promise((next) => setTimeout(next, 60)); // several keys at once are one question
    if (mine !== asked) return;
    const row = Object.fromEntries(fields.map((one) => [one.column, [one.value()]]));
    const found = model.list ? replied(carried, (await model.rows(row))[0]!) : said(carried, await model.answer(row));
    if (mine === asked) answer.replaceChildren(...found);
  };
  const changed = (): void => { tried.textContent = ""; void ask().catch(console.error); };
  const known = new Map([...recipes.columns].reverse().map((recipe) => [recipe.column, recipe]));
  const fields: Field[] = order.map((name) => field(known.get(name)!, words, changed));
  const tried = element("small", { class: "quiet", "aria-live": "polite" });
  const rows = Object.values(samples)[0]?.length ?? 0;
  let sample = -1;
  const next = (): void => {
    sample = (sample + 1) % rows;
    for (const one of fields) one.set(samples[one.column]?.[sample] ?? "");
    void ask().catch(console.error);
    tried.textContent = filled(words.row_of!, { row: sample + 1, rows });
  };
  const more = fields.slice(MAIN_COLUMNS);
  const form = element("form", { "aria-label": words.form, onsubmit: (event) => event.preventDefault() },
    element("div", { class: "bar" }, element("button", { type: "button", onclick: next }, words.sample!), tried),
    element("div", { class: "fields" }, ...fields.slice(0, MAIN_COLUMNS).map((one) => one.whole)),
    more.length > 0 && element("details", {}, element("summary", {}, filled(words.more!, { count: more.length })), element("div", { class: "fields" }, ...more.map((one) => one.whole))));
  next();
  return form;
}

function proving(carried: Carried, opened: Promise<Model>): HTMLElement {
  const { words } = carried;
  const told = element("p", { "aria-live": "polite", id: "proof" });
  const prove = async (): Promise<void> => {
    told.textContent = words.opening!;
    const found = await (await opened).prove();
    told.className = found.equal ? "right" : "wrong";
    told.textContent = filled(found.equal ? words.same! : words.differs!, { count: found.rows, difference: found.largest_difference.toPrecision(2) });
  };
  const button = element("button", { type: "button", onclick: () => void prove().catch((error: unknown) => { console.error(error); told.textContent = words.not_opened!; }) }, words.check!);
  return element("section", { "aria-labelledby": "check" }, element("h2", { id: "check" }, words.check!), element("p", { class: "quiet" }, words.check_how!), carried.recipes.columns.some((recipe) => recipe.parse.as === "picture") && element("p", { class: "quiet" }, words.check_pictures!), button, told);
}
