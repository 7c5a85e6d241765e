/** Pictures of layers that look for patterns, bend, bring together, guard and keep in scale. */
import { all, arrow, box, cell, curve, dot, type Draw, grid, letters, line, mesh, times } from "./strokes";

const FOUR = [11, 25, 39, 53];
const THREE = [16, 32, 48];
const column = (x: number, ys: number[], look = "soft") => times(ys.length, (i) => dot(x, ys[i], look));

const SHADES = [0.15, 0.7, 0.35, 0.95, 0.5, 0.2, 0.8, 0.4, 0.6];
const strip = (x: number, y: number, count: number, from = 0, look = "cell") =>
  grid(x, y, count, 1, 9, (c) => SHADES[(c + from) % SHADES.length], look);

const SIGNS: [string, string][] = [
  ["subtract", "−"], ["multiply", "×"], ["average", "⌀"], ["maximum", "max"], ["minimum", "min"], ["dot", "·"],
];

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.log1p(Math.exp(x));
const elu = (x: number) => (x > 0 ? x : Math.exp(x) - 1);
const BENDS: Record<string, (x: number) => number> = {
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(Math.max(0, x), 6),
  leaky_relu: (x) => (x > 0 ? x : 0.15 * x),
  prelu: (x) => (x > 0 ? x : 0.15 * x),
  gelu: (x) => x * sigmoid(1.702 * x),
  silu: (x) => x * sigmoid(x),
  mish: (x) => x * Math.tanh(softplus(x)),
  elu,
  selu: (x) => (x > 0 ? 1.05 * x : 1.758 * (Math.exp(x) - 1)),
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  tanh: Math.tanh,
  sigmoid,
  hard_sigmoid: (x) => Math.min(1, Math.max(0, x / 6 + 0.5)),
  softmax: sigmoid,
  exponential: (x) => Math.exp(x) / 4,
  linear: (x) => x,
};

/** How far up and down a bend reaches, so that the flat ones fill the picture as well. */
const reach = (bend: (x: number) => number) => (Math.abs(bend(4)) < 1.6 ? 1.15 : 3.2);

export const WIRES: Record<string, Draw> = {
  input: () =>
    all(grid(8, 9, 4, 4, 12, (c, r) => (r === 1 ? SHADES[c + 1] : 0.07)), box(6, 19.5, 51, 14, "frame", 3), arrow(62, 26.5, 84),
      times(4, (i) => dot(98, FOUR[i], "soft", 5))),
  output: () =>
    all(mesh(18, FOUR, 58, [32]), column(18, FOUR), dot(58, 32, "full", 6.5), arrow(69, 32, 82),
      box(88, 10, 16, 44, "frame", 4), box(88, 24, 16, 30, "full", 4)),
  dense: () => all(mesh(28, FOUR, 92, THREE), column(28, FOUR), column(92, THREE, "full")),
  embedding: () =>
    all(box(8, 23, 22, 18, "frame", 9), letters(19, 36, "B"), arrow(34, 32, 50),
      grid(58, 7, 5, 4, 12.6, (c, r) => (r === 2 ? SHADES[c + 1] : 0.07)), box(56, 30.5, 64.5, 14, "frame", 3)),
  concatenate: () =>
    all(strip(10, 14, 3), strip(10, 41, 3, 4, "cell other"), line("M41 18.5C52 18.5 48 32 58 32M41 45.5C52 45.5 48 32 58 32", "arrow"),
      strip(60, 27.5, 3), strip(87, 27.5, 3, 4, "cell other")),
  merge: ({ kind = "" }) => {
    const sign = SIGNS.find(([name]) => kind.includes(name))?.[1] ?? "+";
    return all(strip(8, 10, 3), strip(8, 45, 3, 4, "cell other"), line("M38 14.5C50 14.5 52 26 56 29M38 49.5C50 49.5 52 38 56 35", "arrow"),
      dot(62, 32, "soft", 9), letters(62, sign.length > 1 ? 34.5 : 36, sign, sign.length > 1 ? "letters small" : "letters"),
      arrow(73, 32, 83), strip(88, 27.5, 3, 2));
  },
  dropout: () => {
    const lost = [1, 2];
    const living = FOUR.filter((_, i) => !lost.includes(i));
    return all(mesh(28, living, 92, THREE), column(28, living), column(92, THREE, "full"),
      times(2, (i) => all(dot(28, FOUR[lost[i]], "gone"), line(`M23 ${FOUR[lost[i]] - 5}l10 10m0-10l-10 10`, "cross"))));
  },
  noise: () =>
    all(line("M8 56H112", "thin"), curve((t) => Math.sin(t), [0, 6.2], [8, 112], 32, 16, "line"),
      curve((t) => Math.sin(t) + 0.32 * Math.sin(t * 17.3 + 1) * Math.cos(t * 7.1), [0, 6.2], [8, 112], 32, 16)),
  normalize: () =>
    all(line("M6 54H50M70 54H114M92 10V54", "thin"), curve((t) => Math.exp(-((t - 1.6) ** 2) / 3), [-4, 4], [6, 50], 53, 20, "line"),
      arrow(53, 32, 66), curve((t) => Math.exp(-(t * t) / 1.3), [-4, 4], [70, 114], 53, 38)),
  activation: ({ kind = "", fields = {} }) => {
    const bend = BENDS[String(fields.activation ?? kind)] ?? BENDS.relu;
    const tall = 24 / reach(bend);
    const shift = reach(bend) > 2 && bend(-4) > -1 ? 18 : 0;
    return all(line(`M10 ${32 + shift}H110M60 4V60`, "thin"),
      curve((t) => Math.max(-1.4 * reach(bend), Math.min(1.3 * reach(bend), bend(t))), [-4, 4], [12, 108], 32 + shift, tall * (shift ? 1.2 : 1)));
  },
  attention: () => {
    const at = [15, 45, 75, 105];
    const weights = [0.8, 4.2, 1.4, 2.4];
    return all(times(4, (i) => line(`M75 50C75 30 ${at[i]} 34 ${at[i]} 14`, `beam b${Math.round(weights[i])}`)),
      times(4, (i) => all(cell(at[i] - 9, 6, 18, 9, weights[i] / 5), cell(at[i] - 9, 49, 18, 9, i === 2 ? 0.9 : 0.08))));
  },
  position: () =>
    all(times(4, (i) => all(box(8 + i * 27, 7, 22, 15, "soft"), letters(19 + i * 27, 18.5, String(i + 1), "letters small"))),
      curve((t) => Math.sin(t), [0, 6.2], [8, 111], 35, 6), curve((t) => Math.sin(t * 2), [0, 6.2], [8, 111], 50, 6, "line")),
};
