/** The keys, on one sheet. */

import { useEffect, useRef } from "react";
import { Icon } from "./Icon";
import { SHORTCUTS } from "./keyboard";
import { useWords } from "./store";

export function Shortcuts({ open, close }: { open: boolean; close: () => void }) {
  const sheet = useRef<HTMLDialogElement>(null);
  const say = useWords();
  useEffect(() => {
    if (open && !sheet.current?.open) sheet.current?.showModal();
    if (!open && sheet.current?.open) sheet.current.close();
  }, [open]);
  return (
    <dialog ref={sheet} className="keys" aria-label={say("shortcuts")} onClose={close} onClick={(event) => { if (event.target === sheet.current) close(); }}>
      <header><h2>{say("shortcuts")}</h2><button type="button" className="tool" aria-label={say("close")} onClick={close}><Icon name="cross" /></button></header>
      <dl>{SHORTCUTS.map(([keys, key]) => <div key={key}><dt>{keys.split(" · ").map((part) => <kbd key={part}>{part}</kbd>)}</dt><dd>{say(key)}</dd></div>)}</dl>
    </dialog>
  );
}
