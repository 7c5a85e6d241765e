/** A whole file of rows, answered in the browser: nothing of it leaves the device. */

import { decoded, dividing, line, parse } from "./csv";
import { element, filled } from "./dom";
import { dropping } from "./fields";
import { AT_ONCE, type Model } from "./model";
import { given } from "./pixels";
import { columnNames } from "./recipes";

const FEW = 12, PREVIEW = 5, MOST_BYTES = 200_000_000;

/** What is the matter, and what to do now. */
class Trouble extends Error {}

export function files(opened: Promise<Model>): HTMLElement {
  const section = element("section", { "aria-labelledby": "files" });
  void opened.then((model) => {
    const { words, recipes } = model.carried, looks = recipes.columns.some((recipe) => recipe.parse.as === "picture");
    const told = element("div", { "aria-live": "polite", class: "told" });
    const input = element("input", { type: "file", id: "file", class: "sr", multiple: looks, accept: `.csv,.tsv,.txt,text/csv${looks ? ",image/*" : ""}` });
    const take = (chosen: File[]): void => { if (chosen.length) void scored(model, chosen, told); };
    const choose = model.onlyPictures ? words.choose_many! : looks ? words.choose_pictures! : words.choose!;
    const zone = dropping(input, take, element("strong", {}, choose), element("small", {}, words.stays!));
    const needed = model.onlyPictures ? [] : [element("p", { class: "quiet" }, words.columns!), named(model)];
    section.append(element("h2", { id: "files" }, model.onlyPictures ? words.many! : words.file!), ...needed, element("div", { class: "dropping" }, input, zone), told);
  });
  return section;
}

/** The columns that a file needs; many of them only for those who ask. */
function named({ columns, carried }: Model): HTMLElement {
  const list = element("p", { class: "quiet" }, columns.join(", "));
  return columns.length <= FEW ? list : element("details", {}, element("summary", {}, filled(carried.words.needed!, { count: columns.length })), list);
}

async function scored(model: Model, chosen: readonly File[], told: HTMLElement): Promise<void> {
  const { words } = model.carried;
  try {
    if (chosen.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES) throw new Trouble(words.large);
    const shown = chosen.filter((file) => file.type.startsWith("image/")), file = chosen.find((one) => !shown.includes(one));
    for (const picture of shown) given.set(picture.name, new Uint8Array(await picture.arrayBuffer()));
    if (!file && !model.onlyPictures) throw new Trouble(words.table_too);
    const rows = file ? table(model, decoded(await file.arrayBuffer(), model.carried.language.startsWith("zh") ? "gb18030" : "windows-1252"))
      : { names: model.columns, rows: shown.map((picture) => model.columns.map(() => picture.name)) };
    const made = await answered(model, rows, told);
    if (made) show(model, file?.name ?? model.carried.title, made, told);
  } catch (error) {
    if (!(error instanceof Trouble)) console.error(error);
    told.replaceChildren(element("p", { class: "wrong", role: "alert" }, error instanceof Trouble ? error.message : words.unreadable!));
  }
}

interface Table { names: string[]; rows: string[][] }

function table(model: Model, text: string): Table {
  const { words } = model.carried, bare = text.replace(/^\ufeff/, "");
  const known = (names: readonly string[]): number => columnNames(names).filter((name) => model.columns.includes(name)).length;
  const [head, ...rows] = parse(bare, dividing(bare, known));
  const names = columnNames(head ?? []);
  const missing = model.columns.filter((name) => !names.includes(name));
  if (missing.length) throw new Trouble(filled(words.lacks!, { names: missing.join(", ") }));
  if (!rows.length) throw new Trouble(words.no_rows);
  return { names, rows };
}

/** The table with its answers, or null where it was stopped. */
async function answered(model: Model, { names, rows }: Table, told: HTMLElement): Promise<Table | null> {
  const { words } = model.carried;
  let stopped = false;
  const bar = element("progress", { max: rows.length, value: 0, "aria-label": words.file });
  told.replaceChildren(bar, element("button", { type: "button", onclick: () => { stopped = true; } }, words.stop!));
  const places = model.columns.map((name) => [name, names.indexOf(name)] as const);
  const made: string[][] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    if (stopped) { told.replaceChildren(element("p", {}, words.stopped!)); return null; }
    const some = rows.slice(at, at + AT_ONCE);
    const said = await model.rows(Object.fromEntries(places.map(([name, place]) => [name, some.map((row) => row[place] ?? "")])));
    some.forEach((row, place) => made.push([...names.map((_, cell) => row[cell] ?? ""), ...said[place]!.map(String)]));
    bar.value = at + some.length;
    await new Promise((next) => setTimeout(next)); // so that the page can be drawn and stopped
  }
  return { names: columnNames([...names, ...model.names]), rows: made };
}

function show(model: Model, name: string, { names, rows }: Table, told: HTMLElement): void {
  const { words } = model.carried;
  const blob = new Blob(["\ufeff", line(names), ...rows.map(line)], { type: "text/csv" });
  const link = element("a", { class: "button", href: URL.createObjectURL(blob), download: `${name.replace(/\.[^.]*$/, "")}-answers.csv` }, words.download!);
  const last = names.length - model.names.length;
  const seen = [...names.slice(last), ...names.slice(0, last)].slice(0, 8);
  const row = (cells: readonly string[], tag: "th" | "td"): HTMLElement => element("tr", {}, ...cells.map((cell) => element(tag, {}, cell.slice(0, 60))));
  told.replaceChildren(
    element("p", {}, filled(words.scored!, { count: rows.length.toLocaleString("en-US") })), link,
    element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": words.file },
      element("table", {}, row(seen, "th"), ...rows.slice(0, PREVIEW).map((cells) => row([...cells.slice(last), ...cells.slice(0, last)].slice(0, 8), "td")))));
}
