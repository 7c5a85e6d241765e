/** The editor's sentences, in the language that the page handed over. */

export type Words = Record<string, string>;

/** The sentence of this key with its placeholders filled in; `{count}` is written with thousands marked. */
export function t(words: Words, key: string, values: Record<string, string | number> = {}): string {
  const sentence = words[key] ?? key;
  return sentence.replace(/\{(\w+)[^}]*\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? value.toLocaleString() : value;
  });
}
