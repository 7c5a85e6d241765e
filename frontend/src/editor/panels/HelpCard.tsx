/** What a kind of layer does, when to use it, and what more or less of it changes. */
import { type ReactElement, useState } from "react";
import { Picture } from "../pictures/Picture";
import { useWords } from "../store";
import type { Fields, KindInfo } from "../types";
import { toned } from "./toned";

let wanted = true; // whoever closes one card has closed them all

export function HelpCard({ info, kind, fields }: { info: KindInfo; kind: string; fields: Fields }): ReactElement {
  const say = useWords();
  const [open, setOpen] = useState(wanted);
  const turn = (now: boolean) => {
    wanted = now;
    setOpen(now);
  };
  return (
    <details className="mp-card" style={toned(info.group)} open={open} onToggle={(event) => turn(event.currentTarget.open)}>
      <summary>{say("about", { kind: info.label })}</summary>
      <Picture name={info.picture} kind={kind} fields={fields} />
      <p>{info.help}</p>
      {info.when && <p><b>{say("when_to_use")}</b> {info.when}</p>}
      {info.more && <p><b>{say("what_changes")}</b> {info.more}</p>}
    </details>
  );
}
