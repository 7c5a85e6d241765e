/** Pictures of layers that change the form, and of those for images. */
import { all, arrow, box, cell, type Draw, grid, letters, line, moved, times } from "./strokes";

const SHADES = [0.15, 0.7, 0.35, 0.95, 0.5, 0.2, 0.8, 0.4, 0.6];
const shade = (i: number) => SHADES[i % SHADES.length];
const hill = (x: number, y: number, width: number, height: number) =>
  all(box(x, y, width, height, "frame", 2),
    line(`M${x + 2} ${y + height - 2}l${width * 0.3} ${-height * 0.5}l${width * 0.2} ${height * 0.25}l${width * 0.15} ${-height * 0.2}L${x + width - 2} ${y + height - 2}z`, "soft"),
    line(`M${x + width * 0.72} ${y + height * 0.2}a${width * 0.07} ${width * 0.07} 0 1 0 .1 0`, "full"));
const inside = (c: number, r: number, at: [number, number]) => c >= at[0] && c < at[0] + 3 && r >= at[1] && r < at[1] + 3;

export const FORMS: Record<string, Draw> = {
  flatten: () => all(grid(6, 17, 3, 3, 10, (c, r) => shade(r * 3 + c)), arrow(39, 32, 50), grid(54, 28, 9, 1, 7, shade)),
  reshape: () => all(grid(6, 28, 6, 1, 8, shade), arrow(58, 32, 72), grid(78, 18, 3, 2, 12.5, (c, r) => shade(r * 3 + c))),
  permute: () =>
    all(grid(8, 21, 4, 2, 11, (c, r) => shade(r * 4 + c)), arrow(56, 32, 72), grid(84, 10, 2, 4, 11, (c, r) => shade(c * 4 + r))),
  repeat: () => all(grid(8, 27, 3, 1, 11, shade), arrow(45, 32, 62), grid(72, 10, 3, 4, 11, (c) => shade(c))),
  conv1d: () =>
    all(grid(11, 10, 9, 1, 11, (c) => (c > 2 && c < 6 ? 0.6 : 0.12)), box(42.5, 8, 34.5, 14, "frame"),
      line("M43 22L55 43M76.5 22L64 43", "thin"), grid(22, 44, 7, 1, 11, (c) => (c === 3 ? 0.9 : 0.12))),
  conv2d: () =>
    all(grid(6, 5, 6, 6, 9, (c, r) => (inside(c, r, [2, 1]) ? 0.6 : 0.12)), box(22.5, 12.5, 28, 28, "frame"),
      line("M51 13L93 24M51 40L93 32", "thin"), grid(76, 14, 4, 4, 9, (c, r) => (c === 2 && r === 1 ? 0.95 : 0.12))),
  depthwise: () =>
    times(3, (i) => {
      const y = 5 + i * 19;
      const look = i === 1 ? "cell other" : "cell";
      return all(grid(14, y, 6, 2, 8, (c) => (c > 1 && c < 4 ? 0.65 : 0.12), look), arrow(66, y + 8, 80), grid(86, y, 3, 2, 8, (c) => (c === 1 ? 0.9 : 0.12), look));
    }),
  transpose_conv: () =>
    all(grid(8, 14, 4, 4, 9, (c, r) => (c === 2 && r === 1 ? 0.95 : 0.12)), line("M35 24L77 13M35 32L77 40", "thin"),
      grid(61, 5, 6, 6, 9, (c, r) => (inside(c, r, [2, 1]) ? 0.6 : 0.12)), box(77.5, 12.5, 28, 28, "frame")),
  pool: () => {
    const strong = [3, 4, 9, 14];
    return all(grid(10, 8, 4, 4, 12.5, (c, r) => (strong.includes(r * 4 + c) ? 0.9 : 0.14)), line("M34.5 4V60M6 32.5H63", "thin"),
      arrow(65, 32, 78), grid(85, 19.5, 2, 2, 13, () => 0.9));
  },
  global_pool: () =>
    times(3, (i) => {
      const look = i === 1 ? "cell other" : "cell";
      const [x, y] = [12 + i * 15, 4 + i * 12];
      return all(box(x - 2, y - 2, 35, 35, "paper", 4), grid(x, y, 3, 3, 11, (c, r) => ((c * 2 + r + i) % 3 ? 0.16 : 0.7), look),
        cell(100, 10 + i * 17, 11, 11, 0.3 + i * 0.3, look), i === 1 ? arrow(82, 32, 94) : null);
    }),
  upsample: () => all(grid(14, 20, 2, 2, 12, (c, r) => shade(r * 2 + c + 1)), arrow(44, 32, 58), grid(64, 8, 4, 4, 12, (c, r) => shade((r >> 1) * 2 + (c >> 1) + 1))),
  pad: () =>
    all(times(25, (i) => {
      const [c, r] = [i % 5, Math.floor(i / 5)];
      const edge = c === 0 || r === 0 || c === 4 || r === 4;
      return cell(31 + c * 11.6, 3.5 + r * 11.6, 10.4, 10.4, edge ? 0 : shade(i), edge ? "cell gone" : "cell");
    })),
  resize: () => all(hill(10, 22, 26, 20), arrow(42, 32, 56), hill(62, 10, 52, 44)),
  rescale: () =>
    all(line("M14 18H106M14 14v8M106 14v8", "line"), letters(14, 10, "0", "letters small"), letters(106, 10, "255", "letters small"),
      line("M14 18L46 48M106 18L74 48", "thin"), line("M46 48H74M46 44v8M74 44v8", "bold"), letters(40, 51, "0", "letters small"), letters(80, 51, "1", "letters small")),
  augment: () => all(hill(6, 18, 36, 28), arrow(46, 32, 58), moved("translate(112 4) scale(-1 1) rotate(-14 20 14)", hill(0, 8, 38, 29)),
      moved("translate(66 32) rotate(9)", hill(14, 2, 32, 24))),
};
