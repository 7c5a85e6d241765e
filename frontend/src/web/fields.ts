/** A field for each column, made of its recipe; it gives the text that a table would hold. */

import { element, filled } from "./dom";
import { readDate, readNumber } from "./features";
import { given } from "./pixels";
import type { Recipe } from "./shape";

/** One column's field. */
export interface Field { column: string; whole: HTMLElement; value: () => string; set: (text: string) => void }

type Words = Record<string, string>;
type Changed = () => void;

const MOST_LISTED = 60; // values in a list; where there are more, they are proposed while typing
const OTHER = "\u0000other";
const DAY_MS = 86_400_000;
let made = 0;

export function field(recipe: Recipe, words: Words, changed: Changed): Field {
  const read = recipe.parse.as;
  if (read === "picture") return pictureField(recipe, words, changed);
  if (read === "number") return numberField(recipe, words, changed);
  if (read === "date") return dateField(recipe, words, changed);
  return recipe.features[0]!.make === "lookup" ? choiceField(recipe, words, changed) : textField(recipe, words, changed);
}

/** The label above, and a hint below that a screen reader says with the field. */
function framed(recipe: Recipe, input: HTMLElement, hint: string, ...more: HTMLElement[]): HTMLElement {
  const id = `field-${(made += 1)}`;
  input.id = id;
  const said = hint && element("small", { id: `${id}-hint` }, hint);
  if (said) input.setAttribute("aria-describedby", `${id}-hint`);
  return element("div", { class: `field ${recipe.kind}` }, element("label", { for: id }, recipe.column), input, ...more, said);
}

/** Between which numbers most of the training rows lay, as far as the recipe knows. */
function usual(recipe: Recipe): [number, number] {
  for (const feature of recipe.features) {
    const ends = feature.edges ?? feature.x;
    if (ends?.length) return [ends[0]!, ends.at(-1)!];
  }
  const scaled = recipe.features.find((feature) => feature.make === "scale");
  if (!scaled) return [recipe.fill, recipe.fill];
  const [low, high] = [scaled.mean! - 2 * scaled.scale!, scaled.mean! + 2 * scaled.scale!];
  return [Math.max(low, scaled.low ?? low), Math.min(high, scaled.high ?? high)];
}

const shown = (value: number): string => String(Number(value.toPrecision(6)));

function numberField(recipe: Recipe, words: Words, changed: Changed): Field {
  const [low, high] = usual(recipe), decimal = recipe.parse.decimal ?? ".";
  const text = (value: number): string => shown(value).replace(".", decimal);
  const input = element("input", { type: "text", inputmode: "decimal", autocomplete: "off", placeholder: words.unknown, value: text(recipe.fill) });
  const whole = [low, high, recipe.fill].every(Number.isInteger);
  const slider = element("input", { type: "range", min: low, max: high, step: whole ? 1 : (high - low) / 200 || 1, "aria-label": filled(words.slide!, { column: recipe.column }) });
  const wrong = element("small", { class: "wrong", role: "alert" });
  const follow = (): void => {
    const value = readNumber(input.value, recipe.parse);
    if (!Number.isNaN(value)) slider.value = String(value);
    wrong.textContent = input.value.trim() && Number.isNaN(value) ? words.no_number! : "";
    input.setAttribute("aria-invalid", String(wrong.textContent !== ""));
  };
  input.addEventListener("input", () => { follow(); changed(); });
  slider.addEventListener("input", () => { input.value = text(whole ? Number(slider.value) : Number(Number(slider.value).toPrecision(4))); follow(); changed(); });
  const ranged = low < high;
  const hint = ranged ? filled(words.usually!, { low: shown(low), high: shown(high) }) : words.empty_it!;
  follow();
  return { column: recipe.column, whole: framed(recipe, input, hint, ...(ranged ? [slider] : []), wrong), value: () => input.value, set: (value) => { input.value = value; follow(); } };
}

function choiceField(recipe: Recipe, words: Words, changed: Changed): Field {
  const values = recipe.features[0]!.values!.filter((value) => value !== "");
  return values.length > MOST_LISTED ? proposedField(recipe, values, words, changed) : listedField(recipe, values, words, changed);
}

function listedField(recipe: Recipe, values: readonly string[], words: Words, changed: Changed): Field {
  const select = element("select", {},
    ...values.map((value) => element("option", { value }, value)), element("option", { value: "" }, words.empty), element("option", { value: OTHER }, words.other));
  const other = element("input", { type: "text", "aria-label": filled(words.other_value!, { column: recipe.column }), hidden: true });
  const follow = (): void => { other.hidden = select.value !== OTHER; };
  select.addEventListener("change", () => { follow(); if (!other.hidden) other.focus(); changed(); });
  other.addEventListener("input", changed);
  const set = (text: string): void => {
    const known = text === "" || values.includes(text);
    select.value = known ? text : OTHER;
    other.value = known ? "" : text;
    follow();
  };
  return { column: recipe.column, whole: framed(recipe, select, "", other), value: () => (select.value === OTHER ? other.value : select.value), set };
}

function proposedField(recipe: Recipe, values: readonly string[], words: Words, changed: Changed): Field {
  const id = `list-${(made += 1)}`;
  const input = element("input", { type: "text", list: id, autocomplete: "off", placeholder: words.unknown, value: values[0], oninput: changed });
  const list = element("datalist", { id }, ...values.slice(0, 1000).map((value) => element("option", { value })));
  return { column: recipe.column, whole: framed(recipe, input, words.proposed!, list), value: () => input.value, set: (text) => { input.value = text; } };
}

function textField(recipe: Recipe, words: Words, changed: Changed): Field {
  const input = element("textarea", { rows: 5, placeholder: words.empty, oninput: changed });
  return { column: recipe.column, whole: framed(recipe, input, recipe.features[0]!.make === "tokens" ? "" : words.write!), value: () => input.value, set: (text) => { input.value = text; } };
}

/** A picture chosen, dropped or, on a phone, taken; what it shows stands beside it. */
function pictureField(recipe: Recipe, words: Words, changed: Changed): Field {
  const input = element("input", { type: "file", accept: "image/*", class: "sr" });
  const shown = element("img", { alt: "", hidden: true });
  let name = "", address = "";
  const set = (cell: string): void => {
    name = cell;
    URL.revokeObjectURL(address);
    const content = given.get(cell);
    shown.hidden = !content;
    if (content) shown.src = address = URL.createObjectURL(new Blob([content as Uint8Array<ArrayBuffer>]));
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    given.set(file.name, new Uint8Array(await file.arrayBuffer()));
    set(file.name);
    changed();
  };
  const whole = framed(recipe, input, "");
  const zone = dropping(input, (files) => void take(files[0]), shown, element("strong", {}, words.choose_picture!), element("small", {}, words.stays!));
  input.after(zone);
  return { column: recipe.column, whole, value: () => name, set };
}

/** A field of files onto which they can be dropped, too. */
export function dropping(input: HTMLInputElement, take: (files: File[]) => void, ...held: Node[]): HTMLElement {
  const zone = element("label", { for: input.id, class: "drop" }, ...held);
  input.addEventListener("change", () => { take([...(input.files ?? [])]); input.value = ""; });
  for (const name of ["dragover", "dragleave", "drop"] as const) {
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.toggle("over", name === "dragover"); });
  }
  zone.addEventListener("drop", (event) => take([...(event.dataTransfer?.files ?? [])]));
  return zone;
}

/** A calendar where the column's way of writing dates names a day; else the text itself. */
function dateField(recipe: Recipe, words: Words, changed: Changed): Field {
  const form = recipe.parse.format ?? "iso";
  const hours = recipe.features.some((feature) => feature.part === "hour");
  const whole = form === "iso" || form === "seconds" || form === "milliseconds" || (/%d/.test(form) && /%[Yy]/.test(form) && /%[mbB]/.test(form));
  if (!whole) {
    const input = element("input", { type: "text", oninput: changed });
    return { column: recipe.column, whole: framed(recipe, input, filled(words.date_as!, { form })), value: () => input.value, set: (text) => { input.value = text; } };
  }
  const input = element("input", { type: hours ? "datetime-local" : "date", oninput: changed });
  const set = (text: string): void => {
    const days = readDate(text, recipe.parse);
    input.value = Number.isFinite(days) ? new Date(Math.round(days * DAY_MS)).toISOString().slice(0, hours ? 16 : 10) : "";
  };
  set(dated(new Date(Math.floor(recipe.fill * 1440) * 60_000), form));
  const value = (): string => (input.value ? dated(new Date(`${input.value.length > 10 ? input.value : `${input.value}T00:00`}Z`), form) : "");
  return { column: recipe.column, whole: framed(recipe, input, words.empty_it!), value, set };
}

/** The moment, in UTC, as the column writes dates. */
function dated(moment: Date, form: string): string {
  if (form === "iso") return moment.toISOString().slice(0, 19);
  if (form === "seconds" || form === "milliseconds") return String(moment.getTime() / (form === "seconds" ? 1000 : 1));
  const named = (part: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat("en-US", { ...part, timeZone: "UTC" }).format(moment);
  const two = (value: number): string => String(value).padStart(2, "0");
  const hour = moment.getUTCHours();
  const parts: Record<string, () => string> = {
    Y: () => String(moment.getUTCFullYear()).padStart(4, "0"), y: () => two(moment.getUTCFullYear() % 100), m: () => two(moment.getUTCMonth() + 1),
    d: () => two(moment.getUTCDate()), H: () => two(hour), I: () => two(hour % 12 || 12), M: () => two(moment.getUTCMinutes()), S: () => two(moment.getUTCSeconds()),
    f: () => "000000", p: () => (hour < 12 ? "AM" : "PM"), b: () => named({ month: "short" }), B: () => named({ month: "long" }),
    a: () => named({ weekday: "short" }), A: () => named({ weekday: "long" }), z: () => "+0000", Z: () => "UTC",
  };
  return form.replace(/%([a-zA-Z])/g, (code, part: string) => parts[part]?.() ?? code);
}
