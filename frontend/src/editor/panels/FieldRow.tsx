/** One setting of a layer: its name, its value, where the value comes from, and its limits. */
import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef, useState } from "react";
import { useWords } from "../store";
import type { FieldInfo, Value } from "../types";
import { read, same, type Standing, told, written } from "./standing";

const TYPING_MS = 280;

interface Props {
  info: FieldInfo;
  now: Standing;
  onValue: (value: Value | undefined) => void;
}

export function FieldRow({ info, now, onValue }: Props): ReactElement {
  const say = useWords();
  const id = useId();
  const [trouble, setTrouble] = useState(false);
  const [typed, setTyped] = useState(0); // another one throws away what is being typed
  const back = () => {
    setTrouble(false);
    setTyped(typed + 1);
    onValue(now.back);
  };
  const described = [`${id}h`, now.by !== "default" ? `${id}s` : "", trouble ? `${id}t` : ""].filter(Boolean).join(" ");
  const input = { id, info, now, onValue, described };
  return (
    <div className="mp-field" data-type={info.type}>
      <div className="mp-field-line">
        <label htmlFor={id}>{info.label}</label>
        {info.type === "choice" ? <ChoiceInput {...input} /> : info.type === "switch" ? <SwitchInput {...input} /> : <TextInput key={typed} {...input} trouble={trouble} onTrouble={setTrouble} />}
      </div>
      {trouble && (
        <p className="mp-trouble" id={`${id}t`} role="alert">
          {say("outside_limits", { limits: info.limits })} {now.value !== null && say("stays", { value: told(info, now.value) })}
        </p>
      )}
      {now.by !== "default" && (
        <p className="mp-standing" data-by={now.by}>
          <span id={`${id}s`}>{say(`by_${now.by}`)}</span>
          {now.by === "hand" && (
            <button type="button" className="mp-quiet" onClick={back}>
              {now.back !== undefined ? say("back_to", { value: told(info, now.back) }) : info.auto ? say("back_to_automatic") : say("back_to", { value: told(info, info.default) })}
              <span className="mp-hidden"> ({info.label})</span>
            </button>
          )}
        </p>
      )}
      <p className="mp-help" id={`${id}h`}>{info.help}</p>
    </div>
  );
}

interface InputProps extends Props {
  id: string;
  described: string;
}

function ChoiceInput({ id, info, now, onValue, described }: InputProps): ReactElement {
  const options = info.options ?? [];
  const at = options.findIndex(([value]) => same(value, now.value));
  return (
    <select id={id} data-first aria-describedby={described} value={at} onChange={(event) => onValue(options[Number(event.target.value)][0])}>
      {at < 0 && <option value={-1}>{written(now.value) || "–"}</option>}
      {options.map(([, label], i) => <option key={i} value={i}>{label}</option>)}
    </select>
  );
}

function SwitchInput({ id, now, onValue, described }: InputProps): ReactElement {
  return <input id={id} data-first type="checkbox" role="switch" aria-describedby={described} checked={now.value === true} onChange={(event) => onValue(event.target.checked)} />;
}

/** A typed value goes into the drawing after a short rest, or at once with Enter and on leaving. */
function TextInput({ id, info, now, onValue, described, trouble, onTrouble }: InputProps & { trouble: boolean; onTrouble: (trouble: boolean) => void }): ReactElement {
  const [draft, setDraft] = useState<string | null>(null);
  const latest = useRef({ draft, now, onValue });
  latest.current = { draft, now, onValue };
  const take = (leaving: boolean) => {
    const { draft, now, onValue } = latest.current;
    if (draft === null) return;
    const value = read(info, draft);
    onTrouble(value === undefined);
    if (value === undefined) return;
    if (!same(value, now.value)) onValue(value);
    if (leaving) setDraft(null);
  };
  useEffect(() => {
    if (draft === null) return;
    const clock = setTimeout(() => take(false), TYPING_MS);
    return () => clearTimeout(clock);
  }, [draft]);
  // Whoever clicks on another layer while typing has still typed it.
  useEffect(() => () => {
    const { draft, now, onValue } = latest.current;
    const value = draft === null ? undefined : read(info, draft);
    if (value !== undefined && !same(value, now.value)) onValue(value);
  }, []);
  const key = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") take(true);
    if (event.key !== "Escape" || draft === null) return;
    event.stopPropagation();
    setDraft(null);
    onTrouble(false);
  };
  const number = info.type === "whole" || info.type === "decimal";
  return (
    <input
      id={id} data-first type={number ? "number" : "text"} inputMode={info.type === "whole" ? "numeric" : info.type === "decimal" ? "decimal" : undefined}
      min={number ? info.low : undefined} max={number ? info.high : undefined} step={number ? (info.step ?? (info.type === "whole" ? 1 : "any")) : undefined}
      value={draft ?? written(now.value)} autoComplete="off" spellCheck={false} aria-describedby={described} aria-invalid={trouble || undefined}
      onChange={(event) => setDraft(event.target.value)} onBlur={() => take(true)} onKeyDown={key}
    />
  );
}
