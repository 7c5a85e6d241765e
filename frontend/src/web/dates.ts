/** Dates as `datetime.fromisoformat` and `datetime.strptime` of Python 3.11 read them: seconds since 1970 in UTC, or NaN. */

import { digits, WHITE } from "./python";

const DAY = 86_400;
const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const FIRST = -62_135_596_800, LAST = 253_402_300_800; // from the year 1 to the end of the year 9999

/** A date and a time of day; `offset` in seconds is how far its zone lies before UTC. */
interface Moment { year: number; month: number; day: number; hour: number; minute: number; second: number; micro: number; offset: number }

/** Days from 1970-01-01 to this day of the proleptic Gregorian calendar. */
function days(year: number, month: number, day: number): number {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  return Math.round(moment.getTime() / (DAY * 1000));
}

const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const length = (year: number, month: number): number => (month === 2 && leap(year) ? 29 : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!);

function seconds(at: Moment): number {
  const real = at.year >= 1 && at.year <= 9999 && at.month >= 1 && at.month <= 12 && at.day >= 1 && at.day <= length(at.year, at.month)
    && at.hour <= 23 && at.minute <= 59 && at.second <= 59 && Math.abs(at.offset) < DAY;
  if (!real) return NaN;
  const whole = days(at.year, at.month, at.day) * DAY + at.hour * 3600 + at.minute * 60 + at.second;
  const there = whole - at.offset;
  if (there < FIRST || there >= LAST) return NaN;
  const micros = there * 1e6 + at.micro;
  return Number.isSafeInteger(micros) ? micros / 1e6 : there + at.micro / 1e6;
}

const whole = (text: string): number => (/^[0-9]+$/.test(text) ? Number(text) : NaN);

/** Hours, minutes, seconds and millionths of `HH[:MM[:SS[.f]]]`, with colons or without, or null. */
function clock(text: string): [number, number, number, number] | null {
  const found = /^([0-9]{2})(?:(:?)([0-9]{2})(?:\2([0-9]{2})(?:[.,]([0-9]+))?)?)?$/.exec(text);
  if (!found) return null;
  const micro = found[5] ? whole(found[5].slice(0, 6).padEnd(6, "0")) : 0;
  return [whole(found[1]!), whole(found[3] ?? "0"), whole(found[4] ?? "0"), micro];
}

/** Where the day ends and the time begins, of which Python allows any one character between. */
function border(text: string): number {
  if (text.length === 7) return 7;
  const digit = (at: number): boolean => /^[0-9]$/.test(text[at] ?? "");
  if (text[4] === "-") {
    if (text[5] !== "W") return 10;
    if (text.length > 8 && text[8] === "-") return text.length === 9 ? -1 : text.length > 10 && digit(10) ? 8 : 10;
    return 8;
  }
  if (text[4] !== "W") return 8;
  let at = 7;
  while (at < text.length && digit(at)) at += 1;
  return at < 9 ? at : at % 2 === 0 ? 7 : 8;
}

function isoDay(text: string): [number, number, number] | null {
  const plain = /^([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})$/.exec(text);
  if (plain) return [whole(plain[1]!), whole(plain[3]!), whole(plain[4]!)];
  const week = /^([0-9]{4})(-?)W([0-9]{2})(?:\2([0-9]))?$/.exec(text);
  if (!week) return null;
  const [year, number, day] = [whole(week[1]!), whole(week[3]!), whole(week[4] ?? "1")];
  const first = (days(year, 1, 1) + 3) % 7; // the weekday of New Year, Monday is 0
  const weekday = first < 0 ? first + 7 : first;
  const weeks = weekday === 3 || (weekday === 2 && leap(year)) ? 53 : 52;
  if (year < 1 || number < 1 || number > weeks || day < 1 || day > 7) return null;
  const monday = days(year, 1, 1) - weekday + (weekday > 3 ? 7 : 0);
  const found = new Date((monday + (number - 1) * 7 + day - 1) * DAY * 1000);
  return [found.getUTCFullYear(), found.getUTCMonth() + 1, found.getUTCDate()];
}

/** Seconds since 1970 of a date that ISO 8601 allows. */
export function iso(written: string): number {
  const letters = Array.from(written);
  const text = letters.map((letter) => (letter.length > 1 ? "\ufffd" : letter)).join("");
  if (text.length < 7) return NaN;
  const at = border(text);
  const day = at < 0 ? null : isoDay(text.slice(0, at));
  if (!day) return NaN;
  const rest = text.slice(at + 1);
  const moment = { year: day[0], month: day[1], day: day[2], hour: 0, minute: 0, second: 0, micro: 0, offset: 0 };
  if (text.length === at) return seconds(moment);
  if (rest.length < 2) return NaN;
  const zone = ["-", "+", "Z"].map((mark) => rest.indexOf(mark)).find((place) => place >= 0) ?? -1;
  const time = clock(zone >= 0 ? rest.slice(0, zone) : rest);
  if (!time) return NaN;
  [moment.hour, moment.minute, moment.second, moment.micro] = time;
  const ends = zone === rest.length - 1 && rest.endsWith("Z");
  if (zone < 0 || ends) return seconds(moment);
  const away = clock(rest.slice(zone + 1));
  if (!away) return NaN;
  moment.offset = (rest[zone] === "-" ? -1 : 1) * (away[0] * 3600 + away[1] * 60 + away[2] + away[3] / 1e6);
  return seconds(moment);
}

const short = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3));
const either = (names: readonly string[]): string => [...names].sort((a, b) => b.length - a.length).join("|");
const PARTS: Record<string, string> = {
  d: "3[0-1]|[1-2]\\p{Nd}|0[1-9]|[1-9]| [1-9]", f: "[0-9]{1,6}", H: "2[0-3]|[0-1]\\p{Nd}|\\p{Nd}", I: "1[0-2]|0[1-9]|[1-9]",
  m: "1[0-2]|0[1-9]|[1-9]", M: "[0-5]\\p{Nd}|\\p{Nd}", S: "6[0-1]|[0-5]\\p{Nd}|\\p{Nd}", y: "\\p{Nd}{2}", Y: "\\p{Nd}{4}",
  z: "[+-]\\p{Nd}{2}:?[0-5]\\p{Nd}(?::?[0-5]\\p{Nd}(?:\\.\\p{Nd}{1,6})?)?|Z", A: either(WEEKDAYS), a: either(short(WEEKDAYS)),
  B: either(MONTHS), b: either(short(MONTHS)), p: "am|pm", Z: "utc|gmt",
};
const made = new Map<string, RegExp>();

function pattern(form: string): RegExp {
  let known = made.get(form);
  if (!known) {
    const marked = form.replace(/[\\.^$*+?()[\]{}|]/g, "\\$&").replace(new RegExp(`[${WHITE}]+`, "g"), `[${WHITE}]+`);
    const source = marked.replace(/%([a-zA-Z])/g, (_, part: string) => `(?<${part}>${PARTS[part] ?? "(?!)"})`);
    made.set(form, (known = new RegExp(`^(?:${source})$`, "iu")));
  }
  return known;
}

/** Seconds since 1970 of a date written in this `strptime` format. */
export function written(text: string, form: string): number {
  const found = pattern(form).exec(text)?.groups;
  if (!found) return NaN;
  const number = (part: string, other: number): number => (found[part] === undefined ? other : Number(digits(found[part]).trim()));
  const place = (part: string, names: readonly string[]): number => names.indexOf((found[part] ?? "").toLowerCase()) + 1;
  const short_ = number("y", -1);
  const half = (found.p ?? "").toLowerCase();
  const hour = found.I === undefined ? number("H", 0) : (number("I", 0) % 12) + (half === "pm" ? 12 : 0);
  return seconds({
    year: short_ < 0 ? number("Y", 1900) : short_ + (short_ <= 68 ? 2000 : 1900),
    month: place("B", MONTHS) || place("b", short(MONTHS)) || number("m", 1),
    day: number("d", 1), hour, minute: number("M", 0), second: number("S", 0),
    micro: found.f ? Number(found.f.padEnd(6, "0")) : 0, offset: zone(found.z),
  });
}

/** How many seconds `+HH:MM[:SS[.f]]` lies before UTC. */
function zone(text: string | undefined): number {
  if (!text || text === "Z") return 0;
  if (text === "z") return NaN; // the one mark whose size counts
  const bare = digits(text.slice(1)).replaceAll(":", "");
  const away = Number(bare.slice(0, 2)) * 3600 + Number(bare.slice(2, 4)) * 60 + Number(bare.slice(4) || 0);
  return text[0] === "-" ? -away : away;
}
