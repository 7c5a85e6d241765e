/** What a part of the moving panel is, and what the panel hands to it. */

/** A range of epochs that a sign points to, shaded on the chart of its curve. */
export interface Band { from: number; to: number; curve: string; label: string; tone: string; }

export interface Tools {
  /** Sentences that do not change: what the part's Python module gives as `words()`. */
  readonly words: Record<string, string>;
  /** Tell Python: `acted(run, name, value)` of `pages/parts/live_<part>.py` is called, and the page is drawn anew. */
  act(name: string, value?: unknown): void;
  /** A colour of the theme as it is now: text, primary, border, background, or red, green, blue, orange, yellow, violet, gray. */
  colour(name: string): string;
  /**
   * Shade these epochs on the chart that shows this curve.
   *
   * `curve` is the name in the events: loss, val_loss, a metric, or val_<metric>. Called again with the same label it replaces that band.
   * `tone` is a colour's name as in `colour`.
   */
  evidence(from: number, to: number, curve: string, label?: string, tone?: string): void;
  /** Take all shades away. */
  clearEvidence(): void;
  /** Called whenever bands have changed; for the part that draws charts. */
  onEvidence(hear: (bands: readonly Band[]) => void): void;
}

export interface Shown<Data> {
  /** All that the part's Python module told. Called at most twice a second, only when something has changed. */
  show(data: Data): void;
  /** Only what is new, where the Python module has `news(before, now)`. */
  add?(news: unknown): void;
  /** The theme has changed: draw again what does not follow CSS variables. */
  themed?(): void;
  destroy(): void;
}

/** The host is a `<section class="part part-<name>">`, shown as long as the Python module tells something. */
export interface Part<Data = any> { create(host: HTMLElement, tools: Tools): Shown<Data>; }
