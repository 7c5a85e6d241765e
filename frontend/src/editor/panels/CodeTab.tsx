/** The drawing as a Keras script: to be read, copied and taken away. */
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { useEditor, useWords } from "../store";
import { pieces } from "./highlight";

export function CodeTab(): ReactElement {
  const say = useWords();
  const code = useEditor((state) => state.code);
  const rev = useEditor((state) => state.rev);
  const savedRev = useEditor((state) => state.savedRev);
  const request = useEditor((state) => state.requestCode);
  const announce = useEditor((state) => state.announce);
  const source = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);

  // Asked for once the server has the change, so that typing does not ask for every letter.
  useEffect(() => {
    if (savedRev >= rev || !code.text) void request();
  }, [savedRev, rev, request, code.text]);
  useEffect(() => {
    if (!copied) return;
    const clock = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(clock);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code.text);
      setCopied(true);
      announce(say("code_copied"));
    } catch {
      announce(say("code_not_copied")); // browsers allow it only on https and localhost
      if (source.current) getSelection()?.selectAllChildren(source.current);
    }
  };
  const parts = useMemo(() => pieces(code.text), [code.text]);
  if (!code.text) return <p className="mp-empty" role="status">{say("code_busy")}</p>;
  return (
    <div className="mp-code-tab">
      <div className="mp-actions">
        <button type="button" onClick={() => void copy()}>{copied ? say("code_copied") : say("code_copy")}</button>
        <button type="button" onClick={() => download(code.text)}>{say("code_download")}</button>
      </div>
      <p className="mp-note">{say("code_help")}</p>
      <pre className="mp-code" tabIndex={0} role="region" aria-label={say("code")} aria-busy={code.busy}>
        <code ref={source}>{parts.map((piece, i) => (piece.look ? <span key={i} className={`c-${piece.look}`}>{piece.text}</span> : piece.text))}</code>
      </pre>
    </div>
  );
}

function download(code: string): void {
  const address = URL.createObjectURL(new Blob([code], { type: "text/x-python" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: "network.py" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
