/** A row of numbers as bars: with names as a list that is read, without as a chart with a zero line. */
import { type PointerEvent, type ReactElement, useState } from "react";
import { short, span } from "./numbers";
import { useWords } from "../store";

interface Props {
  values: number[];
  names?: string[];
  total: number; // of all numbers, shown or not
}

const NAMED = 40;
const MOST = 256;
const [WIDE, TALL] = [320, 128];

export function Bars({ values, names, total }: Props): ReactElement {
  const say = useWords();
  const shown = values.slice(0, MOST);
  const named = names && names.length >= shown.length && shown.length <= NAMED;
  return (
    <>
      {named ? <Named values={shown} names={names} /> : <Plain values={shown} names={names} />}
      {total > shown.length && <p className="mp-note">{say("first_of", { shown: shown.length, count: total })}</p>}
    </>
  );
}

/** From zero outwards, in percent of the room: where a bar begins and how long it is. */
function place(value: number, low: number, high: number): [number, number] {
  const [bottom, top] = [Math.min(0, low), Math.max(0, high)];
  const room = top - bottom || 1;
  const from = (Math.min(0, value) - bottom) / room;
  return [from * 100, (Math.abs(value) / room) * 100];
}

function Named({ values, names }: { values: number[]; names: string[] }): ReactElement {
  const { low, high } = span(values);
  return (
    <ul className="mp-named">
      {values.map((value, i) => {
        const [from, long] = place(value, low, high);
        return (
          <li key={i}>
            <span className="mp-named-name" title={names[i]}>{names[i]}</span>
            <span className="mp-named-room" aria-hidden>
              <span className={value < 0 ? "below" : ""} style={{ insetInlineStart: `${from}%`, inlineSize: `max(1px, ${long}%)` }} />
            </span>
            <span className="mp-figure">{short(value)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Plain({ values, names }: { values: number[]; names?: string[] }): ReactElement {
  const say = useWords();
  const [at, setAt] = useState(-1);
  const { low, high } = span(values);
  const each = WIDE / Math.max(values.length, 1);
  const height = (percent: number) => (percent / 100) * TALL;
  const zero = TALL - height(place(0, low, high)[0]);
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setAt(Math.min(values.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * values.length))));
  };
  return (
    <div className="mp-chart">
      <svg
        viewBox={`0 0 ${WIDE} ${TALL}`} preserveAspectRatio="none" role="img" className="mp-bars"
        aria-label={say("bars_text", { count: values.length, low: short(low), high: short(high) })}
        onPointerMove={follow} onPointerLeave={() => setAt(-1)}
      >
        {values.map((value, i) => {
          const [from, long] = place(value, low, high);
          return (
            <rect
              key={i} className={`${value < 0 ? "below" : ""} ${i === at ? "here" : ""}`} x={i * each + each * 0.08} width={each * 0.84}
              y={TALL - height(from + long)} height={Math.max(0.75, height(long))}
            />
          );
        })}
        <path d={`M0 ${zero}H${WIDE}`} vectorEffect="non-scaling-stroke" />
      </svg>
      <p className="mp-scale">
        <span>{short(low)}</span>
        <span className="mp-hover">{at >= 0 && values[at] !== undefined ? say("place_value", { place: names?.[at] ?? at + 1, value: short(values[at]) }) : " "}</span>
        <span>{short(high)}</span>
      </p>
    </div>
  );
}
