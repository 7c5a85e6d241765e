/** What a setting is now, whether somebody set it, and whether a typed text can be its value. */
import type { FieldInfo, Fields, Value } from "../types";

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export interface Standing {
  value: Value; // what is used now
  by: "data" | "proposal" | "hand" | "default";
  back: Value | undefined; // what "back" sets; undefined forgets the value
}

/** Where a setting's value comes from. `used` are all of the layer's settings as they are measured. */
export function standing(info: FieldInfo, given: Fields, used: Fields, proposed: Fields | undefined): Standing {
  const own = given[info.name];
  const has = own !== undefined && !(own === null && info.auto);
  const value = has ? own : (used[info.name] ?? info.default);
  const offered = proposed?.[info.name];
  if (offered !== undefined && offered !== null) return { value, by: same(own, offered) ? "proposal" : "hand", back: offered };
  if (info.auto) return { value, by: has ? "hand" : "data", back: undefined };
  return { value, by: has && !same(own, info.default) ? "hand" : "default", back: undefined };
}

/** Whether the other settings are such that this one matters. */
export function shows(info: FieldInfo, value: (name: string) => Value | undefined): boolean {
  return info.type !== "hidden" && Object.entries(info.when ?? {}).every(([name, wanted]) => same(value(name), wanted));
}

/** The value that this text stands for, or undefined where it is outside the limits. */
export function read(info: FieldInfo, text: string): Value | undefined {
  const { low = -Infinity, high = Infinity } = info;
  const fits = (value: number) => Number.isFinite(value) && value >= low && value <= high;
  if (info.type === "text") return text.length <= 200 ? text : undefined;
  if (info.type === "numbers") {
    const values = text.split(/[\s,;，×x]+/).filter(Boolean).map(Number);
    return values.length > 0 && values.length <= 8 && values.every((value) => Number.isInteger(value) && fits(value)) ? values : undefined;
  }
  if (!text.trim()) return undefined;
  const value = Number(text);
  return fits(value) && (info.type !== "whole" || Number.isInteger(value)) ? value : undefined;
}

export function written(value: Value): string {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** As it stands in a sentence, with the option's own words where there are some. */
export function told(info: FieldInfo, value: Value): string {
  const option = info.options?.find(([other]) => same(other, value));
  return option ? option[1] : typeof value === "number" ? value.toLocaleString(undefined, { maximumFractionDigits: 6 }) : written(value);
}
