/** Pictures of layers that read step by step, and of blocks that hold several layers. */
import { all, arrow, box, cell, dot, type Draw, letters, line, times, up } from "./strokes";

const AT = [14, 50, 86];
/** Three boxes, one for each step, with what comes in below and what goes out above. */
const steps = (y: number, look = "soft") =>
  times(3, (i) => all(box(AT[i], y, 20, 18, look), cell(AT[i] + 4, 55, 12, 6, 0.3), up(AT[i] + 10, 53, y + 20)));

export const FLOWS: Record<string, Draw> = {
  recurrent: () =>
    all(steps(25), arrow(35, 34, 48), arrow(71, 34, 84), arrow(107, 34, 117), up(96, 23, 12), cell(90, 3, 12, 6, 0.95)),
  bidirectional: () =>
    all(times(3, (i) => all(box(AT[i], 6, 20, 15), box(AT[i], 33, 20, 15, "other"), cell(AT[i] + 4, 57, 12, 6, 0.3))),
      arrow(35, 13.5, 48), arrow(71, 13.5, 84), line("M84 40.5H71m4-3l-4 3 4 3M48 40.5H35m4-3l-4 3 4 3", "arrow")),
  time_distributed: () =>
    all(times(3, (i) => all(box(AT[i], 24, 20, 16, "soft"), cell(AT[i] + 4, 55, 12, 6, 0.2 + i * 0.3), up(AT[i] + 10, 53, 42), up(AT[i] + 10, 22, 13),
      cell(AT[i] + 4, 4, 12, 6, 0.9 - i * 0.3))), box(8, 20, 104, 24, "gone", 6)),
  block: () =>
    all(box(10, 8, 100, 48, "gone", 8), times(3, (i) => box(20 + i * 29, 22, 22, 20, i === 1 ? "full" : "soft")), line("M42 32H49M71 32H78", "line"),
      line("M2 32H19M100 32H118", "line")),
  residual: () =>
    all(line("M4 40H24", "line"), box(26, 30, 22, 20), arrow(48, 40, 55), box(56, 30, 22, 20), arrow(78, 40, 88), dot(97, 40, "soft", 8),
      letters(97, 44.5, "+"), line("M105 40H118", "line"), line("M14 40C14 4 97 0 97 30m-3-4l3 4 3-4", "bold")),
  experts: () =>
    all(dot(18, 32, "full", 7), times(4, (i) => {
      const chosen = i === 0 || i === 2;
      const y = 4 + i * 15;
      return all(line(`M25 32C36 32 36 ${y + 5.5} 46 ${y + 5.5}`, chosen ? "bold" : "dash"), box(47, y, 32, 11, chosen ? "soft" : "gone", 3),
        chosen ? line(`M79 ${y + 5.5}C90 ${y + 5.5} 90 32 98 32`, "bold") : null);
    }), dot(104, 32, "soft", 6)),
};
