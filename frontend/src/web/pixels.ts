/** Turns a picture's bytes into the pixels that a network reads: what `core/pixels.py` does with Pillow, on what the browser decodes. */

import { round } from "./python";
import type { Numbers, Parse, Recipe } from "./shape";

/** A picture's pixels, row by row, `channels` numbers each. */
interface Picture { width: number; height: number; channels: number; values: Uint8Array }

/** The pictures that came with the page or were given to it, by the names that cells call them. */
export const given = new Map<string, Uint8Array>();

const MOST_PIXELS = 89_000_000;
const BITS = 22; // of the whole numbers that Pillow weighs pixels with
const REDUCED = [8, 4, 2];

/** The pixels of one column's pictures by cell, decoded; cells without one that can be read are not among them. */
export async function pictures(recipe: Recipe, cells: readonly string[]): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const cell of new Set(cells)) {
    const content = given.get(cell) ?? given.get(cell.replace(/^.*[\\/]/, "")), pixels = content && (await looked(content, recipe.parse));
    if (pixels) found.set(cell, pixels);
  }
  return found;
}

/** The column as the network reads it; what cannot be read is a plain picture. */
export function encodePictures(recipe: Recipe, cells: readonly string[], known: ReadonlyMap<string, Uint8Array>): Numbers {
  const [height, width] = recipe.parse.size!, channels = recipe.parse.mode === "L" ? 1 : 3, size = height * width * channels;
  const plain = recipe.fill as unknown as number | number[];
  const values = new Uint8Array(cells.length * size);
  cells.forEach((cell, row) => {
    const pixels = known.get(cell);
    if (pixels) values.set(pixels, row * size);
    else for (let at = 0; at < size; at += 1) values[row * size + at] = typeof plain === "number" ? plain : plain[at % channels]!;
  });
  return { rows: cells.length, width: size, values };
}

/** One picture's pixels, row by row, or null where the bytes hold none that can be read. */
export async function looked(content: Uint8Array, parse: Parse): Promise<Uint8Array | null> {
  const decoded = await decode(content).catch(() => null);
  if (!decoded) return null;
  const [height, width] = parse.size!;
  const jpeg = content[0] === 0xff && content[1] === 0xd8;
  return fitted(coloured(jpeg ? reduced(decoded, 2 * Math.max(height, width)) : decoded, parse.mode!), height, width).values;
}

async function decode(content: Uint8Array): Promise<Picture | null> {
  const bitmap = await createImageBitmap(new Blob([content as Uint8Array<ArrayBuffer>]), { premultiplyAlpha: "none", colorSpaceConversion: "none", imageOrientation: "from-image" });
  const { width, height } = bitmap;
  if (width * height > MOST_PIXELS) return null;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const drawn = canvas.getContext("2d", { willReadFrequently: true })!;
  drawn.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, channels: 4, values: new Uint8Array(drawn.getImageData(0, 0, width, height).data.buffer) };
}

/** Large photographs are decoded by Pillow at a fraction of their size: each pixel is the mean of a square. */
function reduced(picture: Picture, side: number): Picture {
  const { width, height, channels, values } = picture;
  const fits = Math.min(Math.floor(width / side), Math.floor(height / side)), by = REDUCED.find((one) => fits >= one);
  if (!by) return picture;
  const made = { width: Math.ceil(width / by), height: Math.ceil(height / by), channels, values: new Uint8Array(0) };
  made.values = new Uint8Array(made.width * made.height * channels);
  for (let y = 0; y < made.height; y += 1) {
    for (let x = 0; x < made.width; x += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0, count = 0;
        for (let down = y * by; down < Math.min((y + 1) * by, height); down += 1) {
          for (let right = x * by; right < Math.min((x + 1) * by, width); right += 1, count += 1) sum += values[(down * width + right) * channels + channel]!;
        }
        made.values[(y * made.width + x) * channels + channel] = Math.round(sum / count);
      }
    }
  }
  return made;
}

/** On white where it is transparent, and grey where the network reads one number for each pixel. */
function coloured({ width, height, values }: Picture, mode: "L" | "RGB"): Picture {
  const channels = mode === "L" ? 1 : 3, made = new Uint8Array(width * height * channels);
  for (let at = 0; at < width * height; at += 1) {
    const alpha = values[at * 4 + 3]!;
    const [red, green, blue] = [0, 1, 2].map((place) => Math.round((values[at * 4 + place]! * alpha + 255 * (255 - alpha)) / 255)) as [number, number, number];
    if (channels === 1) made[at] = (red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16;
    else made.set([red, green, blue], at * 3);
  }
  return { width, height, channels, values: made };
}

/** Brought to the size with its proportions kept, in the middle, on the colour of its border. */
function fitted(picture: Picture, height: number, width: number): Picture {
  if (picture.width === width && picture.height === height) return picture;
  const factor = Math.min(width / picture.width, height / picture.height), { channels } = picture;
  const inner = resized(picture, Math.max(1, round(picture.width * factor)), Math.max(1, round(picture.height * factor)));
  const values = new Uint8Array(height * width * channels), border = middle(inner);
  for (let at = 0; at < height * width; at += 1) values.set(border, at * channels);
  const top = Math.floor((height - inner.height) / 2), left = Math.floor((width - inner.width) / 2), line = inner.width * channels;
  for (let row = 0; row < inner.height; row += 1) values.set(inner.values.subarray(row * line, (row + 1) * line), ((top + row) * width + left) * channels);
  return { width, height, channels, values };
}

/** The median of the picture's border, channel by channel. */
function middle({ width, height, channels, values }: Picture): number[] {
  return Array.from({ length: channels }, (_, channel) => {
    const at = (x: number, y: number): number => values[(y * width + x) * channels + channel]!;
    const edges: number[] = [];
    for (let x = 0; x < width; x += 1) edges.push(at(x, 0), at(x, height - 1));
    for (let y = 0; y < height; y += 1) edges.push(at(0, y), at(width - 1, y));
    edges.sort((a, b) => a - b);
    const half = edges.length / 2; // their number is even
    return Math.floor((edges[half - 1]! + edges[half]!) / 2);
  });
}

/** Pillow's `resize` with `BILINEAR`: first across, then down, in whole numbers. */
function resized(picture: Picture, width: number, height: number): Picture {
  const { channels } = picture;
  let now = picture;
  if (width !== now.width) {
    const weights = weighing(now.width, width), values = new Uint8Array(width * now.height * channels), line = now.width * channels;
    for (let y = 0; y < now.height; y += 1) along(now.values, y * line, channels, weights, values, y * width * channels, channels, channels);
    now = { width, height: now.height, channels, values };
  }
  if (height !== now.height) {
    const weights = weighing(now.height, height), values = new Uint8Array(width * height * channels), line = width * channels;
    for (let x = 0; x < width; x += 1) along(now.values, x * channels, line, weights, values, x * channels, line, channels);
    now = { width, height, channels, values };
  }
  return now;
}

interface Weights { from: number; each: number[] }

/** For each new pixel of a line, where it begins among the old ones, and how much each of them counts. */
function weighing(before: number, after: number): Weights[] {
  const scale = before / after, wide = Math.max(scale, 1);
  return Array.from({ length: after }, (_, place) => {
    const center = (place + 0.5) * scale;
    const from = Math.max(Math.trunc(center - wide + 0.5), 0), to = Math.min(Math.trunc(center + wide + 0.5), before);
    const each = Array.from({ length: to - from }, (_, at) => Math.max(1 - Math.abs((at + from - center + 0.5) / wide), 0));
    const sum = each.reduce((total, one) => total + one, 0);
    return { from, each: each.map((one) => Math.trunc(0.5 + (one / sum) * 2 ** BITS)) };
  });
}

/** One line of pixels, across or down. */
function along(old: Uint8Array, start: number, step: number, weights: readonly Weights[], made: Uint8Array, first: number, stride: number, channels: number): void {
  weights.forEach(({ from, each }, place) => {
    for (let channel = 0; channel < channels; channel += 1) {
      let sum = 2 ** (BITS - 1);
      for (let at = 0; at < each.length; at += 1) sum += old[start + (from + at) * step + channel]! * each[at]!;
      made[first + place * stride + channel] = Math.min(Math.max(Math.floor(sum / 2 ** BITS), 0), 255);
    }
  });
}
