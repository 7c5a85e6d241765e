/** Elements of a page, made of plain values; texts are never read as HTML. */

type Child = Node | string | null | false | undefined;
type Values = Record<string, string | number | boolean | EventListener | undefined>;

/** An element with attributes, listeners (`onclick`) and what it holds. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, values: Values = {}, ...held: Child[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") made.toggleAttribute(key, value);
    else if (value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...held.filter((child): child is Node | string => child !== null && child !== false && child !== undefined));
  return made;
}

/** A sentence with its values filled in. */
export function filled(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
