/** A field of numbers as colours: below zero in the one tone, above in the other. */
import { type PointerEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { short } from "./numbers";
import { useWords } from "../store";

export interface Plane {
  values: ArrayLike<number>; // row by row
  columns: number;
  rows: number;
}

interface Props extends Plane {
  most: number; // the number that gets the full colour, so that several planes can be compared
  text: string; // what a screen reader says
  tall?: number; // in CSS pixels, at most
  stretch?: boolean; // fill the width even where places are then not square
  onPlace?: (column: number, row: number, value: number) => void;
  onLeave?: () => void;
}

/** Three numbers from 0 to 255 of a theme colour, whatever form it is written in. */
function rgb(element: Element, name: string): [number, number, number] {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  context.fillStyle = getComputedStyle(element).getPropertyValue(name).trim() || "#888";
  context.fillRect(0, 0, 1, 1);
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

/** Changes when the theme does; colours on a canvas do not follow by themselves. */
function useTheme(element: React.RefObject<Element | null>): string {
  const [seen, setSeen] = useState("");
  useEffect(() => {
    const look = () => element.current && setSeen(getComputedStyle(element.current).getPropertyValue("--st-background-color"));
    look();
    const clock = setInterval(look, 1000);
    return () => clearInterval(clock);
  }, [element]);
  return seen;
}

export function Heat({ values, columns, rows, most, text, tall = 220, stretch = false, onPlace, onLeave }: Props): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme(canvas);
  useEffect(() => {
    const element = canvas.current;
    if (!element || !columns || !rows) return;
    const tones = [rgb(element, "--mp-below"), rgb(element, "--st-background-color"), rgb(element, "--st-primary-color")];
    const picture = new ImageData(columns, rows);
    for (let i = 0; i < columns * rows; i++) {
      const part = most ? Math.max(-1, Math.min(1, (values[i] ?? 0) / most)) || 0 : 0;
      const end = tones[part < 0 ? 0 : 2];
      for (let c = 0; c < 3; c++) picture.data[i * 4 + c] = tones[1][c] + (end[c] - tones[1][c]) * Math.abs(part);
      picture.data[i * 4 + 3] = 255;
    }
    element.getContext("2d")!.putImageData(picture, 0, 0);
  }, [values, columns, rows, most, theme]);
  const follow = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const column = Math.min(columns - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * columns)));
    const row = Math.min(rows - 1, Math.max(0, Math.floor(((event.clientY - top) / height) * rows)));
    onPlace?.(column, row, values[row * columns + column]);
  };
  return (
    <canvas
      ref={canvas} className="mp-heat" width={columns} height={rows} role="img" aria-label={text}
      style={{ aspectRatio: `${columns} / ${rows}`, ...(stretch ? { maxBlockSize: tall } : { inlineSize: `min(100%, ${(tall * columns) / rows}px)` }) }} onPointerMove={onPlace && follow} onPointerLeave={onLeave}
    />
  );
}

/** The colours and the numbers that they stand for. */
export function Scale({ low, high }: { low: number; high: number }): ReactElement {
  const say = useWords();
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  return (
    <p className="mp-scale" aria-label={say("scale_text", { low: short(low), high: short(high) })}>
      <span>{short(low < 0 ? -most : 0)}</span>
      <span className={low < 0 ? "mp-ramp both" : "mp-ramp"} aria-hidden />
      <span>{short(most)}</span>
    </p>
  );
}
