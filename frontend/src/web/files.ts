/** A whole file of rows, answered in the browser: nothing of it leaves the device. */

import { decoded, dividing, line, parse } from "./csv";
import { element, filled } from "./dom";
import { AT_ONCE, type Model } from "./model";
import { columnNames } from "./recipes";

const FEW = 12, PREVIEW = 5, MOST_BYTES = 200_000_000;

/** What is the matter, and what to do now. */
class Trouble extends Error {}

export function files(opened: Promise<Model>): HTMLElement {
  const input = element("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv", id: "file", class: "sr" });
  const told = element("div", { "aria-live": "polite", class: "told" });
  const zone = element("label", { for: "file", class: "drop" });
  const section = element("section", { "aria-labelledby": "files" });
  void opened.then((model) => {
    const { words } = model.carried;
    zone.append(element("strong", {}, words.choose!), element("small", {}, words.stays!));
    section.append(element("h2", { id: "files" }, words.file!), element("p", { class: "quiet" }, words.columns!), named(model), element("div", { class: "dropping" }, input, zone), told);
    const take = (file: File | undefined): void => { if (file) void scored(model, file, told); };
    input.addEventListener("change", () => { take(input.files?.[0]); input.value = ""; });
    for (const name of ["dragover", "dragleave", "drop"] as const) {
      zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.toggle("over", name === "dragover"); });
    }
    zone.addEventListener("drop", (event) => take(event.dataTransfer?.files[0]));
  });
  return section;
}

/** The columns that a file needs; many of them only for those who ask. */
function named({ columns, carried }: Model): HTMLElement {
  const list = element("p", { class: "quiet" }, columns.join(", "));
  return columns.length <= FEW ? list : element("details", {}, element("summary", {}, filled(carried.words.needed!, { count: columns.length })), list);
}

async function scored(model: Model, file: File, told: HTMLElement): Promise<void> {
  const { words } = model.carried;
  try {
    if (file.size > MOST_BYTES) throw new Trouble(words.large);
    const rows = table(model, decoded(await file.arrayBuffer(), model.carried.language.startsWith("zh") ? "gb18030" : "windows-1252"));
    const made = await answered(model, rows, told);
    if (made) show(model, file.name, made, told);
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
