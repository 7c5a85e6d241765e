/** The part “rows” of the moving panel: a few validation rows, and what they are answered epoch by epoch. */

import "./rows.css";
import { strip } from "./strip";
import { icon } from "./icon";
import type { Part, Shown, Tools } from "./part";

interface Row {
  number: string; group: string; cells: string[]; truth: string; answer: string; chance: string;
  values: (number | null)[]; line: number | null; share: boolean; verdict: string; mark: "right" | "wrong" | "high" | "low"; described: string;
}

/** What `pages/parts/live_rows.py` tells. `course`: what the small curves show. */
interface Rows { caption: string; course: string; columns: string[]; epochs: number[]; now: number; rows: Row[]; }

/** Right and wrong are told by shape and word, not by colour alone. */
const MARKS: Record<Row["mark"], string> = {
  right: "M3.5 8.5l3 3 6-7",
  wrong: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  high: "M8 12.5v-9M4.5 7L8 3.5 11.5 7",
  low: "M8 3.5v9M4.5 9L8 12.5 11.5 9",
};

class RowsPart implements Shown<Rows> {
  private readonly caption: HTMLElement;
  private readonly head: HTMLElement;
  private readonly body: HTMLElement;

  constructor(host: HTMLElement, private readonly tools: Tools) {
    host.innerHTML = `<div class="card"><h3></h3><p class="hint"></p><div class="table" role="table"><div class="line head" role="row"></div><div class="body" role="rowgroup"></div></div></div>`;
    host.querySelector("h3")!.textContent = tools.words.title;
    host.querySelector(".table")!.setAttribute("aria-label", tools.words.title);
    this.caption = host.querySelector(".hint")!;
    this.head = host.querySelector(".head")!;
    this.body = host.querySelector(".body")!;
  }

  show(data: Rows): void {
    const { words } = this.tools;
    this.caption.textContent = data.caption;
    const headings = [words.cells, words.truth, words.answer, data.course, words.verdict];
    this.head.replaceChildren(...headings.map((text) => cell("columnheader", "", text)));
    this.body.replaceChildren(...data.rows.map((row) => this.row(row, data)));
  }

  destroy(): void {}

  private row(row: Row, data: Rows): HTMLElement {
    const line = document.createElement("div");
    line.className = "line";
    line.setAttribute("role", "row");
    const seen = cell("cell", "seen");
    const cells = document.createElement("span");
    cells.className = "cells";
    row.cells.forEach((text, place) => {
      const one = document.createElement("span");
      one.append(part("i", data.columns[place]), ` ${text}`);
      cells.append(one);
    });
    seen.append(part("small", `${row.group} · ${row.number}`), cells);
    const truth = cell("cell", "truth", row.truth, this.tools.words.truth);
    const answer = cell("cell", "answer", row.answer, this.tools.words.answer);
    if (row.chance) answer.append(part("small", row.chance));
    const course = cell("cell", "course");
    course.append(strip(row.values, { epochs: data.epochs, now: data.now, line: row.line, share: row.share, label: row.described }));
    const verdict = cell("cell", `verdict ${row.mark}`);
    verdict.append(icon(MARKS[row.mark]), row.verdict);
    line.append(seen, truth, answer, course, verdict);
    return line;
  }
}

/** On a narrow screen the table has no head, and each cell says itself what it is. */
function cell(role: string, look: string, text = "", named = ""): HTMLElement {
  const made = document.createElement("div");
  made.setAttribute("role", role);
  made.className = look;
  if (named) made.append(part("em", named));
  if (text) made.append(part("span", text));
  return made;
}

function part(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

export const rows: Part<Rows> = { create: (host, tools) => new RowsPart(host, tools) };
