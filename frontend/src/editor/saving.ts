/** Takes every change to the server: one request at a time, again and again until it is kept. */

import { ask, asked, leave } from "./api";
import { toGraph } from "./graph";
import type { EditorStore } from "./store";
import type { Saved } from "./types";

const QUIET_MS = 60;
const TELL_MS = 300;
const WAITS_MS = [1000, 2000, 4000, 10_000];

export class Saver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private teller: ReturnType<typeof setTimeout> | undefined;
  private flying = 0; // the revision that is on its way
  private failures = 0;
  private ended = false;

  constructor(private readonly store: EditorStore, private readonly tell: (saved: { stamp: number; ok: boolean }) => void) {}

  /** Something has changed. */
  soon(): void {
    if (this.ended || this.flying || this.failures) return; // it is sent as soon as the one on its way is answered
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), QUIET_MS);
  }

  /** Try at once: the connection is back, or somebody does not want to wait. */
  now(): void {
    if (this.flying || !this.open()) return;
    clearTimeout(this.timer);
    void this.send();
  }

  private open(): boolean {
    const { rev, savedRev, page } = this.store.getState();
    return page !== null && savedRev < rev;
  }

  private async send(): Promise<void> {
    const { page, layers, stamp, rev, load } = this.store.getState();
    if (!page) return;
    this.flying = rev;
    const answer = await ask<Saved>(asked(page), "save", { stamp, rev, graph: toGraph(layers) });
    this.flying = 0;
    if (this.store.getState().load !== load) { if (this.open()) this.soon(); return; } // another drawing was loaded meanwhile
    if (answer.kind === "unreachable") return this.again();
    this.failures = 0;
    if (answer.kind === "refused") {
      this.store.setState({ savedRev: rev, connection: "refused", notice: { what: answer.what, fix: answer.fix } });
    } else {
      this.store.getState().saved(answer.value);
      this.report();
    }
    if (this.open()) this.soon();
  }

  private again(): void {
    this.store.setState({ connection: "away" });
    if (this.ended) return;
    this.timer = setTimeout(() => void this.send(), WAITS_MS[Math.min(this.failures++, WAITS_MS.length - 1)]);
  }

  /** The page's own buttons depend on what is saved; it hears of it when the hand rests. */
  private report(): void {
    clearTimeout(this.teller);
    this.teller = setTimeout(() => this.say(), TELL_MS);
  }

  private say(): void {
    const { stamp, report } = this.store.getState();
    this.teller = undefined;
    this.tell({ stamp, ok: report.ok });
  }

  /** The page is being left. */
  flush(): void {
    clearTimeout(this.timer);
    const { page, layers, stamp, rev } = this.store.getState();
    if (page && this.open() && this.flying !== rev) leave(asked(page), "save", { stamp, rev, graph: toGraph(layers) });
    if (this.teller) { clearTimeout(this.teller); this.say(); }
  }

  end(): void {
    this.flush();
    this.ended = true;
  }
}
