/** What the editor knows and can do; `store.ts` does it. */

import type { ReactFlowInstance } from "@xyflow/react";
import type { Where } from "./adding";
import type { LayerEdge, LayerNode } from "./flow";
import type { Layers } from "./graph";
import type { History } from "./history";
import type { Catalog, Fields, Fits, PageData, Preview, Report, Saved, Value } from "./types";
import type { Words } from "./words";

export interface Notice { what: string; fix: string; }
export interface Previewed { layer: string; row: number; trained: boolean; busy: boolean; answer: Preview | null; trouble: Notice | null; }
/** An open menu of layers to add; `x` and `y` are pixels of the window. */
export interface Menu { x: number; y: number; where: Where; }
export interface Linking { from: string; side: "source" | "target"; fits: Fits; hand: "pointer" | "keys"; over: string; }

export interface EditorState {
  page: PageData | null;
  load: string;
  shelf: string; // which kinds and sentences are there; empty before the first
  catalog: Catalog;
  words: Words;
  proposed: Record<string, Fields>;
  layers: Layers;
  nodes: LayerNode[];
  edges: LayerEdge[];
  selection: readonly string[];
  selectedEdge: string;
  report: Report;
  rev: number; // grows with every change
  savedRev: number; // the last that the server has
  changedRev: number; // the last that changes what is measured; layers are stale while `savedRev` is below it
  stamp: number;
  connection: "ok" | "away" | "refused";
  elsewhere: boolean;
  notice: Notice | null;
  history: History;
  said: string; // for screen readers
  menu: Menu | null;
  linking: Linking | null;
  preview: Previewed | null;
  code: { text: string; busy: boolean; of: number };
  flow: ReactFlowInstance<LayerNode, LayerEdge> | null;
  focus: { where: "panel" | "canvas"; at: number };

  receive(page: PageData): void;
  saved(answer: Saved): void;
  commit(layers: Layers, options?: { measured?: boolean; select?: readonly string[] }): void;
  addLayer(entry: string, where?: Where): string;
  setField(layer: string, name: string, value?: Value): void;
  resetFields(layer: string): void;
  rename(layer: string, name: string): string; // a key of the editor's words where it cannot be, else empty
  removeSelection(): void;
  remove(names: readonly string[]): void;
  duplicate(): void;
  copy(): void;
  cut(): void;
  paste(): void;
  undo(): void;
  redo(): void;
  select(names: readonly string[]): void;
  link(source: string, target: string, port?: number): void;
  unlink(source: string, target: string, port?: number): void;
  moveInput(layer: string, from: number, to: number): void;
  moveBy(dx: number, dy: number): void;
  moved(): void; // the hand has let go: what it moved stays there
  mend(layer: string, number: number): Promise<void>;
  openBlock(layer: string): Promise<void>;
  wrap(title: string): Promise<void>;
  forgetBlock(id: string): Promise<void>;
  arrange(): void;
  fit(): void;
  openMenu(menu: Menu | null): void;
  beginLink(from: string, side: "source" | "target", hand: "pointer" | "keys"): void;
  endLink(): void;
  requestPreview(layer: string, row: number, trained: boolean): Promise<void>;
  requestCode(): Promise<void>;
  announce(text: string): void;
  goTo(where: "panel" | "canvas"): void;
  say(key: string, values?: Record<string, string | number>): string;
  saveNow(): void;
}
