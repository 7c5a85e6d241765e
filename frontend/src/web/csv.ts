/** Tables as text: read whatever stands between the cells, and written so that no spreadsheet takes a cell for a formula. */

const MARKS = [",", ";", "\t", "|"];

/** The rows of a text, cell by cell; quotes may hold marks, line ends and doubled quotes. Empty lines are left out. */
export function parse(text: string, mark: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [], at = 0, start = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        cell += text.slice(at, end < 0 ? undefined : end);
        at = end < 0 ? text.length : end + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at += 1;
      }
    }
    let end = at;
    while (end < text.length && text[end] !== mark && text[end] !== "\n" && text[end] !== "\r") end += 1;
    row.push(cell + text.slice(at, end));
    at = end;
    if (text[at] === mark) {
      at += 1;
      if (at < text.length) continue;
      row.push("");
    }
    if (at > start) rows.push(row);
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
    [row, start] = [[], at];
  }
  return rows;
}

/** The mark that divides the first line into the most of the columns that are looked for. */
export function dividing(text: string, known: (names: readonly string[]) => number): string {
  const counts = MARKS.map((mark) => known(parse(text.slice(0, 100_000), mark)[0] ?? []));
  return MARKS[counts.indexOf(Math.max(...counts))]!;
}

const NUMBER = /^[+-]?[0-9.,]+([eE][+-]?[0-9]+)?%?$/;

/** A cell that no spreadsheet carries out: what begins like a formula and is no number gets an apostrophe before it. */
export const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell);

function quoted(value: string | number): string {
  const cell = typeof value === "number" ? String(value) : harmless(value);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** One row as it stands in a CSV file. */
export const line = (cells: readonly (string | number)[]): string => `${cells.map(quoted).join(",")}\r\n`;

/** The text of a file: UTF-8, or what older programs write. */
export function decoded(bytes: ArrayBuffer, other: string): string {
  const wide = new Uint8Array(bytes.slice(0, 2)).join() === "255,254";
  if (wide) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(other).decode(bytes);
  }
}
