/** Python source cut into pieces that are coloured: enough for a Keras script, no more. */

export interface Piece {
  text: string;
  look: "" | "comment" | "text" | "word" | "number" | "call" | "name";
}

const PIECES =
  /(#[^\n]*)|("""[\s\S]*?"""|'''[\s\S]*?'''|[rbf]?"(?:\\.|[^"\\\n])*"|[rbf]?'(?:\\.|[^'\\\n])*')|\b(and|as|assert|class|def|elif|else|False|for|from|if|import|in|is|lambda|None|not|or|return|self|True|while|with|yield)\b|\b(\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?)\b|\b([A-Za-z_]\w*)(?=\()|\b([A-Za-z_]\w*)(?==[^=])/g;
const LOOKS = ["comment", "text", "word", "number", "call", "name"] as const;

export function pieces(code: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of code.matchAll(PIECES)) {
    if (match.index > end) found.push({ text: code.slice(end, match.index), look: "" });
    found.push({ text: match[0], look: LOOKS[match.slice(1).findIndex((group) => group !== undefined)] });
    end = match.index + match[0].length;
  }
  if (end < code.length) found.push({ text: code.slice(end), look: "" });
  return found;
}
