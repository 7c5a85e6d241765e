/** A text becomes tokens, each known by a code: what `core/tokens.py` does with the library `tokenizers`. */

import { beginning } from "./python";
import type { Feature, Numbers } from "./shape";
import { byteText, merged, pieced, unigram, type Cut } from "./tokens_models";

const PADDING = 0, UNKNOWN = 1, LONGEST = 10_000;

/** A tokenizer's JSON, as far as ours differ from each other. */
export interface Tokenizer { normalizer: Step | null; pre_tokenizer: Step | null; post_processor: Step | null; model: Described }

export interface Described { type: string; vocab: Record<string, number> | [string, number][]; merges?: ([string, string] | string)[]; unk_token?: string; unk_id?: number }

interface Pattern { Regex?: string; String?: string }

interface Step {
  type: string; normalizers?: Step[]; pattern?: Pattern; content?: string; prepend?: string; invert?: boolean; behavior?: string; add_prefix_space?: boolean;
  single?: { SpecialToken?: { id: string }; Sequence?: unknown }[]; special_tokens?: Record<string, { ids: number[] }>;
}

/** From a text to the codes of its tokens; `most` of them, those around the text included. */
type Encode = (text: string, most: number) => number[];

const EACH = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const WORD = `[${EACH}]\\p{M}*|(?:(?![${EACH}])[\\p{L}\\p{M}\\p{N}_])+|[\\p{P}\\p{S}]\\p{M}*`;
const BYTE_LEVEL = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/** A pattern of the library's as JavaScript writes it; ours need no more than this. */
function regex({ Regex, String: plain }: Pattern): RegExp {
  if (plain !== undefined) return new RegExp(plain.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gu");
  const source = Regex!.startsWith("[\\p{Han}") ? WORD : Regex!.replaceAll("\\x{", "\\u{");
  return new RegExp(source, "gu");
}

function normalizer(step: Step): (text: string) => string {
  switch (step.type) {
    case "Sequence": {
      const steps = step.normalizers!.map(normalizer);
      return (text) => steps.reduce((made, next) => next(made), text);
    }
    case "NFKC": return (text) => text.normalize("NFKC");
    // Letter by letter: the library knows no sigma that ends a word.
    case "Lowercase": return (text) => Array.from(text, (letter) => letter.toLowerCase()).join("");
    case "Prepend": return (text) => (text ? step.prepend! + text : text);
    case "Replace": {
      const pattern = regex(step.pattern!);
      return (text) => text.replace(pattern, () => step.content!);
    }
    default: throw new Error(`unknown normalizer: ${step.type}`);
  }
}

/** A text's parts, of which each is cut into tokens by itself. */
function dividing(step: Step | null): (text: string) => string[] {
  if (!step) return (text) => [text];
  if (step.type === "ByteLevel") {
    return (text) => {
      const spaced = step.add_prefix_space && text && !text.startsWith(" ") ? ` ${text}` : text;
      return (spaced.match(BYTE_LEVEL) ?? []).map(byteText);
    };
  }
  const pattern = regex(step.pattern!);
  if (step.invert) return (text) => text.match(pattern) ?? [];
  return (text) => {
    const found: string[] = [];
    let at = 0;
    for (const match of text.matchAll(pattern)) {
      found.push(text.slice(at, match.index), match[0]);
      at = match.index + match[0].length;
    }
    return [...found, text.slice(at)].filter((part) => part);
  };
}

function model(described: Described): Cut {
  if (described.type === "Unigram") return unigram(described.vocab as [string, number][], described.unk_id!);
  const vocab = new Map(Object.entries(described.vocab as Record<string, number>));
  const unknown = vocab.get(described.unk_token ?? "<unk>") ?? UNKNOWN;
  if (described.type === "WordLevel") return (word) => [vocab.get(word) ?? unknown];
  if (described.type === "WordPiece") return pieced(vocab, unknown);
  return merged(vocab, unknown, described.merges ?? []);
}

function opened(tokenizer: Tokenizer): Encode {
  const clean = tokenizer.normalizer ? normalizer(tokenizer.normalizer) : (text: string): string => text;
  const divide = dividing(tokenizer.pre_tokenizer), cut = model(tokenizer.model), known = new Map<string, number[]>();
  const around = tokenizer.post_processor?.single ?? [], ids = tokenizer.post_processor?.special_tokens ?? {};
  const marks = (from: number, to?: number): number[] => around.slice(from, to).flatMap((one) => ids[one.SpecialToken!.id]!.ids);
  const middle = around.findIndex((one) => one.Sequence), first = marks(0, Math.max(middle, 0)), last = middle < 0 ? [] : marks(middle + 1);
  const word = (part: string): number[] => {
    let found = known.get(part);
    if (!found) {
      found = cut(part);
      if (known.size < 10_000) known.set(part, found);
    }
    return found;
  };
  return (text, most) => [...first, ...divide(clean(text)).flatMap(word).slice(0, most - first.length - last.length), ...last];
}

const recent = new WeakMap<object, Encode>();

/** The codes of each text's first tokens, [rows, length]; 0 where a text has ended. */
export function codes(feature: Feature, texts: readonly string[]): Numbers {
  const tokenizer = feature.tokenizer as Tokenizer, width = feature.length!;
  let encode = recent.get(tokenizer);
  if (!encode) recent.set(tokenizer, (encode = opened(tokenizer)));
  const values = new Int32Array(texts.length * width).fill(PADDING);
  texts.forEach((text, row) => {
    const found = encode(beginning(text, LONGEST).replace(/\p{Surrogate}/gu, "\ufffd"), width);
    values.set(found.length ? found : [UNKNOWN], row * width);
  });
  return { rows: texts.length, width, values };
}
