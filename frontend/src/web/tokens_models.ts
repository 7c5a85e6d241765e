/** How one part of a text is cut into tokens, by each of the models that the library `tokenizers` has for us. */

/** From a part of a text to the codes of its tokens. */
export type Cut = (part: string) => number[];

const LONGEST_WORD = 100, INSIDE = "##", UNKNOWN_COSTS = 10;

/** The longest known beginning first, as for BERT; a word with a part that is not known is unknown as a whole. */
export function pieced(vocab: ReadonlyMap<string, number>, unknown: number): Cut {
  return (word) => {
    const letters = Array.from(word), found: number[] = [];
    if (letters.length > LONGEST_WORD) return [unknown];
    for (let start = 0; start < letters.length;) {
      let end = letters.length, code: number | undefined;
      for (; end > start; end -= 1) {
        code = vocab.get((start > 0 ? INSIDE : "") + letters.slice(start, end).join(""));
        if (code !== undefined) break;
      }
      if (code === undefined) return [unknown];
      found.push(code);
      start = end;
    }
    return found;
  };
}

/** Byte pair encoding: of all pairs beside each other, the one that was learned first is joined, until none is left. */
export function merged(vocab: ReadonlyMap<string, number>, unknown: number, merges: readonly ([string, string] | string)[]): Cut {
  const ranks = new Map(merges.map((pair, rank) => [typeof pair === "string" ? pair : pair.join(" "), rank]));
  return (part) => {
    // A letter that is not known joins with nothing.
    const letters = Array.from(part, (letter) => (vocab.has(letter) ? letter : ""));
    while (ranks.size) {
      let best = Infinity, at = -1;
      for (let place = 0; place + 1 < letters.length; place += 1) {
        const rank = ranks.get(`${letters[place]} ${letters[place + 1]}`) ?? Infinity;
        if (rank < best) [best, at] = [rank, place];
      }
      if (at < 0) break;
      letters.splice(at, 2, letters[at]! + letters[at + 1]!);
    }
    return letters.map((letter) => vocab.get(letter) ?? unknown);
  };
}

/** The pieces that are likeliest together (Viterbi); a letter that is no piece is unknown by itself. */
export function unigram(vocab: readonly [string, number][], unknown: number): Cut {
  const pieces = new Map(vocab.map(([piece, score], code) => [piece, { code, score }]));
  const longest = vocab.reduce((most, [piece]) => Math.max(most, piece.length), 0); // in units of UTF-16, as below
  const worst = vocab.reduce((least, [, score]) => Math.min(least, score), Infinity) - UNKNOWN_COSTS;
  return (part) => {
    const best = Array.from({ length: part.length + 1 }, () => ({ score: 0, from: -1, code: unknown }));
    for (let at = 0; at < part.length;) {
      const here = best[at]!.score, size = part.codePointAt(at)! > 0xffff ? 2 : 1;
      let single = false;
      for (let end = at + size; end <= Math.min(at + longest, part.length); end += 1) {
        const piece = pieces.get(part.slice(at, end));
        if (!piece) continue;
        if (best[end]!.from < 0 || here + piece.score > best[end]!.score) best[end] = { score: here + piece.score, from: at, code: piece.code };
        single ||= end === at + size;
      }
      const next = best[at + size]!;
      if (!single && (next.from < 0 || here + worst > next.score)) best[at + size] = { score: here + worst, from: at, code: unknown };
      at += size;
    }
    const found: number[] = [];
    for (let end = part.length; end > 0; end = best[end]!.from) found.push(best[end]!.code);
    return found.reverse();
  };
}

const plain = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
const hidden = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !plain(byte));
const SIGNS = Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(plain(byte) ? byte : 256 + hidden.indexOf(byte)));

/** A text's bytes in UTF-8, each as a sign that can be seen. */
export const byteText = (text: string): string => Array.from(new TextEncoder().encode(text), (byte) => SIGNS[byte]!).join("");
