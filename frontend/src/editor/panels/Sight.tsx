/** One preview as a chart: bars, grid, maps, image, words and attention. */
import { type ReactElement, useMemo, useState } from "react";
import { useWords } from "../store";
import type { Preview } from "../types";
import { Bars } from "./Bars";
import { Heat, type Plane, Scale } from "./Heat";
import { short, span } from "./numbers";

const MOST_LISTED = 512;

export function Sight({ preview }: { preview: Preview }): ReactElement {
  const { values = [], attention, shown = [] } = preview;
  const names = preview.names?.length ? preview.names : undefined;
  // An attention layer also gives numbers of its own; they stand below where it looks.
  const look = preview.look === "attention" ? (shown.length > 1 ? "grid" : "bars") : preview.look;
  const say = useWords();
  const total = (preview.shape ?? []).reduce((product, size) => product * size, 1);
  return (
    <div className="mp-sight">
      {attention && <Attention attention={attention} names={names} />}
      {attention && values.length > 0 && <h3>{say("what_comes_out")}</h3>}
      {look === "bars" && values.length > 0 && <Bars values={values} names={names} total={total} />}
      {look === "tokens" && <Tokens values={values} names={names} total={total} />}
      {look === "image" && <Photo preview={preview} />}
      {(look === "grid" || look === "maps") && <Field preview={{ ...preview, look }} />}
      {look !== "tokens" && values.length > 0 && <Listed values={values} names={look === "bars" ? names : undefined} />}
    </div>
  );
}

function Tokens({ values, names, total }: { values: number[]; names?: string[]; total: number }): ReactElement {
  const say = useWords();
  return (
    <>
      <ol className="mp-tokens">
        {values.slice(0, MOST_LISTED).map((value, i) => <li key={i}>{names?.[i] ?? value}</li>)}
      </ol>
      {total > MOST_LISTED && <p className="mp-note">{say("first_of", { shown: MOST_LISTED, count: total })}</p>}
    </>
  );
}

/** The maps of [rows, columns, maps], each as a plane of its own; a grid [rows, columns] is a single one. */
function planes(values: number[], shown: number[]): Plane[] {
  const [rows = 1, columns = 1, maps = 1] = shown;
  return Array.from({ length: maps }, (_, map) => ({
    rows, columns, values: maps === 1 ? values : Array.from({ length: rows * columns }, (_, i) => values[i * maps + map]),
  }));
}

function Field({ preview }: { preview: Preview }): ReactElement {
  const say = useWords();
  const [hover, setHover] = useState("");
  const { values = [], shown = [], shape = [], look } = preview;
  const drawn = useMemo(() => planes(values, shown), [values, shown]);
  const { low, high, most } = span(values);
  const all = shape.at(-1) ?? 0;
  const steps = look === "grid" && shown[0] === shape[0] ? preview.names : undefined; // of averaged steps there are none
  const fewer = look === "maps" ? drawn.length < all : false;
  const names = (map: number) =>
    drawn.length > 1 ? say("map_text", { map: map + 1, count: all }) : say("grid_text", { rows: shape[0] ?? 0, columns: values.length && shape.slice(1).reduce((a, b) => a * b, 1), low: short(low), high: short(high) });
  return (
    <>
      <div className={drawn.length > 1 ? "mp-maps" : "mp-one"} data-many={drawn.length > 4 || undefined}>
        {drawn.map((plane, map) => (
          <Heat
            key={map} {...plane} most={most} text={names(map)} tall={240} stretch={look === "grid"} onLeave={() => setHover("")}
            onPlace={(column, row, value) => setHover(say("cell_value", { row: steps?.[row] ?? row + 1, column: column + 1, value: short(value) }))}
          />
        ))}
      </div>
      {look === "grid" && <p className="mp-axes">{say("grid_axes")}</p>}
      <Scale low={low} high={high} />
      <p className="mp-hover">{hover || " "}</p>
      {fewer && <p className="mp-note">{say("first_maps", { shown: drawn.length, count: all })}</p>}
    </>
  );
}

function Photo({ preview }: { preview: Preview }): ReactElement {
  const say = useWords();
  const { values = [], shown = [], low = 0, high = 1 } = preview;
  const [rows = 1, columns = 1, channels = 1] = shown;
  const draw = (canvas: HTMLCanvasElement | null) => {
    const context = canvas?.getContext("2d");
    if (!context) return;
    const picture = context.createImageData(columns, rows);
    for (let i = 0; i < rows * columns; i++) {
      for (let c = 0; c < 3; c++) picture.data[i * 4 + c] = (255 * (values[i * channels + (channels === 3 ? c : 0)] - low)) / (high - low || 1);
      picture.data[i * 4 + 3] = 255;
    }
    context.putImageData(picture, 0, 0);
  };
  return (
    <canvas
      ref={draw} className="mp-heat" width={columns} height={rows} role="img" style={{ aspectRatio: `${columns} / ${rows}`, inlineSize: `min(100%, ${(240 * columns) / rows}px)` }}
      aria-label={say("image_text", { width: preview.shape?.[1] ?? columns, height: preview.shape?.[0] ?? rows })}
    />
  );
}

function Attention({ attention, names }: { attention: NonNullable<Preview["attention"]>; names?: string[] }): ReactElement {
  const say = useWords();
  const [hover, setHover] = useState("");
  const { heads, size, values } = attention;
  const [rows, columns] = size;
  const most = span(values).most;
  return (
    <section className="mp-attention" aria-label={say("attention")}>
      <h3>{say("attention")}</h3>
      <p className="mp-note">{say("attention_help")}</p>
      <div className="mp-maps" data-many={heads > 4 || undefined}>
        {Array.from({ length: heads }, (_, head) => (
          <figure key={head}>
            <Heat
              values={values.slice(head * rows * columns, (head + 1) * rows * columns)} rows={rows} columns={columns} most={most} tall={240}
              text={say("head_text", { head: head + 1, rows, columns })} onLeave={() => setHover("")}
              onPlace={(column, row, value) => setHover(say("looks_at", { from: names?.[row] ?? row + 1, to: (rows === columns && names?.[column]) || column + 1, share: `${Math.round(value * 100)} %` }))}
            />
            <figcaption>{say("head", { head: head + 1 })}</figcaption>
          </figure>
        ))}
      </div>
      <p className="mp-hover">{hover || " "}</p>
    </section>
  );
}

/** All numbers as text, for who cannot see or point at the chart. */
function Listed({ values, names }: { values: number[]; names?: string[] }): ReactElement {
  const say = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details className="mp-listed" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("the_numbers")}</summary>
      {open && (
        <div tabIndex={0} role="group" aria-label={say("the_numbers")}>
          {values.slice(0, MOST_LISTED).map((value, i) => (names?.[i] ? `${names[i]}: ${short(value)}` : short(value))).join(names ? "\n" : "  ")}
          {values.length > MOST_LISTED ? " …" : ""}
        </div>
      )}
    </details>
  );
}
