/** What the editor knows, and everything that can be done in it. The browser owns the drawing while it is shown. */

import { createStore, type StoreApi } from "zustand";
import { added } from "./adding";
import { ask, asked } from "./api";
import { edgesOf, nodesOf } from "./flow";
import * as drawn from "./graph";
import type { Layers } from "./graph";
import * as clipboard from "./clipboard";
import { back, EMPTY, forget, forth, keep, placeOf, recall, stepped } from "./history";
import { arranged, aside, missing, unfolded } from "./layout";
import { Saver } from "./saving";
import type { EditorState } from "./state";
import { shelfOf } from "./shelf";
import type { Catalog, Change, Fits, Graph, KindInfo, Layer, PageData, Preview, Report } from "./types";
import { t } from "./words";

export type { EditorState, Linking, Menu, Notice, Previewed } from "./state";

export type EditorStore = StoreApi<EditorState> & { saver: Saver };

export { EditorContext, useEditor, useEditorStore, useSelected, useWords } from "./context";

export function kindOf(state: Pick<EditorState, "catalog">, layer: Layer): KindInfo | undefined {
  return drawn.kindOf(state.catalog, layer);
}

const NO_REPORT: Report = { ok: false, layers: {}, faults: [], totals: [], words: [] };
const WARMING_MS = 700;
const MOST_SHOWN = 8; // changed layers that are chosen after a step back

export function createEditor(tell: (saved: { stamp: number; ok: boolean }) => void): EditorStore {
  let saver: Saver;
  let keeping: ReturnType<typeof setTimeout> | undefined;

  const store = createStore<EditorState>()((set, get) => {
    /** Show these layers; nodes and edges follow, and what did not change keeps its object. */
    const show = (layers: Layers, selection: readonly string[]): void => {
      const { nodes, edges, catalog } = get();
      const there = drawn.names(layers);
      const chosen = selection.filter((name) => there.has(name));
      set({ layers, selection: chosen, nodes: nodesOf(layers, chosen, nodes), edges: edgesOf(layers, catalog, edges) });
    };
    const changed = (measured: boolean): void => {
      const rev = get().rev + 1;
      set({ rev, ...(measured ? { changedRev: rev } : {}), ...(get().connection === "refused" ? { connection: "ok" as const } : {}) });
      clearTimeout(keeping);
      keeping = setTimeout(remember, 250);
      saver.soon();
    };
    const remember = (): void => {
      const { page, stamp, rev, savedRev, layers, history } = get();
      if (page) keep(placeOf(page), stamp, savedRev < rev, layers, history);
    };
    /** Kinds and sentences come once; a page in another language, or with another block, needs others. */
    const stock = async (page: PageData): Promise<void> => {
      if (get().shelf === page.catalog.id) return;
      const { catalog, words } = await shelfOf(page);
      if (get().page?.catalog.id !== page.catalog.id) return;
      set({ shelf: page.catalog.id, catalog, words, edges: edgesOf(get().layers, catalog, get().edges) });
    };
    const travel = (step: typeof back): boolean => {
      const { history, layers, selection } = get();
      const to = step(history, layers);
      if (!to) return false;
      const there = new Set(layers);
      const moved = to.shown.filter((layer) => !there.has(layer)).map((layer) => layer.name); // what the step has changed
      set({ history: to.history, notice: null });
      show(to.shown, moved.length && moved.length <= MOST_SHOWN ? moved : selection);
      changed(true);
      return true;
    };
    /** Ask the server for a changed drawing, and take it as one step. */
    const changeBy = async (route: string, body: object): Promise<Graph | null> => {
      const { page, layers, rev } = get();
      if (!page) return null;
      const answer = await ask<{ graph: Graph; kinds?: Catalog["kinds"] }>(asked(page), route, { graph: drawn.toGraph(layers), ...body });
      if (answer.kind === "unreachable") set({ notice: { what: get().say("unreachable"), fix: get().say("try_again") } });
      if (answer.kind === "refused") set({ notice: { what: answer.what, fix: answer.fix } });
      if (answer.kind !== "answer" || get().rev !== rev) return null; // it was drawn on meanwhile
      if (answer.value.kinds) set({ catalog: { ...get().catalog, kinds: { ...get().catalog.kinds, ...answer.value.kinds } } });
      const next = answer.value.graph;
      if (!next) return null;
      const fresh = next.layers.filter((layer) => !drawn.layerCalled(layers, layer.name)).map((layer) => layer.name);
      get().commit(unfolded(layers, next.layers), { select: fresh.length ? fresh : get().selection });
      return next;
    };

    return {
      page: null, load: "", shelf: "", catalog: { groups: [], kinds: {} }, words: {}, proposed: {},
      layers: [], nodes: [], edges: [], selection: [], selectedEdge: "", report: NO_REPORT,
      rev: 0, savedRev: 0, changedRev: 0, stamp: 0, connection: "ok", elsewhere: false, notice: null,
      history: EMPTY, said: "", menu: null, linking: null, preview: null, code: { text: "", busy: false, of: -1 },
      flow: null, focus: { where: "canvas", at: 0 },

      receive: (page) => {
        const { page: before, load, rev, savedRev, stamp } = get();
        if (page.load !== load) remember(); // the drawing that is left
        set({ page, proposed: page.proposed });
        void stock(page);
        if (page.load !== load) {
          const same = before !== null && placeOf(before) === placeOf(page); // such as an older version of it
          const found = same ? { layers: page.graph.layers, history: stepped(get().history, get().layers), unsaved: false } : recall(placeOf(page), page.stamp, page.graph.layers);
          const layers = drawn.placed(found.layers, missing(found.layers));
          const next = rev + 1;
          set({ load: page.load, stamp: page.stamp, report: page.report, history: found.history, savedRev: next, changedRev: next, rev: next, elsewhere: false, notice: null, preview: null, linking: null, menu: null, nodes: [], edges: [] });
          show(layers, []);
          if (found.unsaved) changed(true);
        } else if (page.stamp === stamp && savedRev === rev) {
          set({ report: page.report }); // the same drawing in another language, or measured for another batch size
        }
        if (page.load === load && before && placeOf(before) !== placeOf(page)) {
          forget(placeOf(before)); // the proposal has become a drawing of its own
          remember();
        }
      },
      saved: (answer) => {
        const { rev, connection, notice, elsewhere } = get();
        set({ stamp: answer.stamp, savedRev: answer.rev, connection: "ok", elsewhere: elsewhere || answer.elsewhere, notice: connection === "refused" ? null : notice });
        if (answer.rev >= rev) set({ report: answer.report });
        remember();
      },
      commit: (layers, { measured = true, select } = {}) => {
        const { layers: old, history, selection } = get();
        if (layers === old) return;
        set({ history: stepped(history, old), notice: null });
        show(drawn.placed(layers, missing(layers)), select ?? selection);
        changed(measured);
      },
      addLayer: (entry, where) => {
        const { page, layers, catalog, selection } = get();
        const end = layers.find((layer) => layer.kind === "output");
        const last = where ?? (selection.length === 1 ? { after: selection[0] } : { after: end?.name ?? layers.at(-1)?.name });
        const { layers: next, name } = added(layers, catalog, entry, last, page?.parts);
        get().commit(next, { select: [name] });
        get().announce(get().say("said_added", { layer: name }));
        return name;
      },
      setField: (layer, name, value) => get().commit(drawn.withField(get().layers, layer, name, value)),
      resetFields: (layer) => {
        const proposed = get().proposed[layer] ?? {};
        get().commit(get().layers.map((other) => (other.name === layer ? { ...other, fields: { ...proposed } } : other)));
      },
      rename: (layer, name) => {
        const { layers, report, selection } = get();
        const trouble = drawn.nameTrouble(layers, layer, name);
        if (trouble || name === layer) return trouble;
        const { [layer]: its, ...others } = report.layers;
        set({ report: { ...report, layers: its ? { ...others, [name]: its } : others } });
        get().commit(drawn.renamed(layers, layer, name), { select: selection.map((chosen) => (chosen === layer ? name : chosen)) });
        return "";
      },
      removeSelection: () => {
        const { selection, selectedEdge, edges } = get();
        const edge = edges.find((other) => other.id === selectedEdge);
        if (selection.length) get().remove(selection);
        else if (edge) get().unlink(edge.source, edge.target, edge.data?.port);
      },
      remove: (names) => {
        const { layers } = get();
        const gone = new Set(names);
        const first = drawn.layerCalled(layers, names[0]);
        if (!first) return;
        const near = [...(drawn.followers(layers).get(first.name) ?? []), ...first.inputs, ...layers.map((layer) => layer.name)].find((name) => !gone.has(name));
        get().commit(drawn.removed(layers, gone), { select: near ? [near] : [] });
        get().announce(names.length === 1 ? get().say("said_removed", { layer: names[0] }) : get().say("said_removed_many", { count: names.length }));
        get().goTo("canvas");
      },
      duplicate: () => {
        const { layers, selection } = get();
        const chosen = layers.filter((layer) => selection.includes(layer.name));
        const made = drawn.copies(chosen, drawn.names(layers), aside(chosen, layers));
        if (made.length) get().commit([...layers, ...made], { select: made.map((layer) => layer.name) });
      },
      copy: () => {
        const { layers, selection } = get();
        const chosen = layers.filter((layer) => selection.includes(layer.name));
        if (!chosen.length) return;
        clipboard.put(chosen);
        get().announce(get().say("said_copied", { count: chosen.length }));
      },
      cut: () => { get().copy(); get().removeSelection(); },
      paste: () => {
        const { layers, catalog } = get();
        const known = clipboard.taken().filter((layer) => catalog.kinds[layer.kind]);
        const made = drawn.copies(known, drawn.names(layers), aside(known, layers));
        if (!made.length) return;
        get().commit([...layers, ...made], { select: made.map((layer) => layer.name) });
        get().announce(get().say("said_pasted", { count: made.length }));
      },
      undo: () => { if (travel(back)) get().announce(get().say("said_undone")); },
      redo: () => { if (travel(forth)) get().announce(get().say("said_redone")); },
      select: (names) => {
        const { selection, layers, nodes } = get();
        if (names.length === selection.length && names.every((name, at) => name === selection[at])) return;
        set({ selection: [...names], selectedEdge: "", nodes: nodesOf(layers, names, nodes) });
      },
      link: (source, target, port) => {
        const { layers, catalog } = get();
        const into = drawn.layerCalled(layers, target);
        if (!into || source === target || drawn.after(layers, target).has(source)) return;
        get().commit(drawn.linked(layers, source, target, drawn.kindOf(catalog, into), port));
        get().announce(get().say("said_linked", { source, target }));
      },
      unlink: (source, target, port) => {
        get().commit(drawn.unlinked(get().layers, source, target, port));
        get().announce(get().say("said_unlinked", { source, target }));
      },
      moveInput: (layer, from, to) => get().commit(drawn.movedInput(get().layers, layer, from, to)),
      moveBy: (dx, dy) => {
        const { layers, selection } = get();
        const places = new Map(layers.flatMap((layer) => (layer.place && selection.includes(layer.name) ? [[layer.name, [layer.place[0] + dx, layer.place[1] + dy]] as [string, [number, number]]] : [])));
        get().commit(drawn.placed(layers, places), { measured: false });
      },
      moved: () => {
        const { layers, nodes } = get();
        const places = new Map(nodes.map((node) => [node.id, [Math.round(node.position.x), Math.round(node.position.y)] as [number, number]]));
        const next = drawn.placed(layers, places);
        if (next.some((layer, at) => layer !== layers[at])) get().commit(next, { measured: false });
      },
      mend: async (layer, number) => {
        const change: Change = { do: "mend", layer, number };
        if (await changeBy("change", { change })) get().announce(get().say("said_mended"));
      },
      openBlock: async (layer) => {
        const change: Change = { do: "open", layer };
        if (await changeBy("change", { change })) get().announce(get().say("said_opened", { layer }));
      },
      wrap: async (title) => {
        if (await changeBy("block", { layers: get().selection, title })) get().announce(get().say("said_wrapped", { title }));
      },
      forgetBlock: async (id) => {
        const { page, catalog } = get();
        if (!page) return;
        const answer = await ask<object>(asked(page), "forget_block", { id });
        if (answer.kind === "refused") return set({ notice: { what: answer.what, fix: answer.fix } });
        if (answer.kind === "unreachable") return set({ notice: { what: get().say("unreachable"), fix: get().say("try_again") } });
        const kinds = { ...catalog.kinds };
        delete kinds[`own_block:${id}`];
        set({ catalog: { ...catalog, kinds } });
      },
      arrange: () => {
        const { layers, nodes } = get();
        const sizes = new Map(nodes.flatMap((node) => (node.measured?.width && node.measured.height ? [[node.id, { width: node.measured.width, height: node.measured.height }] as const] : [])));
        get().commit(drawn.placed(layers, arranged(layers, sizes)), { measured: false });
        setTimeout(() => get().fit(), 30);
      },
      fit: () => void get().flow?.fitView({ padding: { top: "64px", x: "24px", bottom: "24px" }, maxZoom: 1 }),
      openMenu: (menu) => set({ menu }),
      beginLink: (from, side, hand) => {
        const { page, layers } = get();
        const ring = side === "source" ? drawn.before(layers, from) : drawn.after(layers, from);
        const ringWords = get().say("fit_ring");
        const fits: Fits = Object.fromEntries([...ring].map((name) => [name, name === from ? get().say("fit_itself") : ringWords]));
        set({ linking: { from, side, fits, hand, over: "" } });
        if (!page) return;
        void ask<Fits>(asked(page), "fits", { graph: drawn.toGraph(layers), [side]: from }, 5).then((answer) => {
          const linking = get().linking;
          if (answer.kind === "answer" && linking?.from === from && linking.side === side) set({ linking: { ...linking, fits: { ...answer.value, ...fits } } });
        });
      },
      endLink: () => set({ linking: null }),
      requestPreview: async (layer, row, trained) => {
        const { page, layers } = get();
        if (!page) return;
        const old = get().preview;
        set({ preview: { layer, row, trained, busy: true, answer: old?.layer === layer ? old.answer : null, trouble: null } });
        const answer = await ask<Preview>(asked(page), "preview", { graph: drawn.toGraph(layers), layer, row, trained }, 60);
        const now = get().preview;
        if (now?.layer !== layer || now.row !== row || now.trained !== trained) return; // something else was asked for
        if (answer.kind === "refused") return set({ preview: { ...now, busy: false, answer: null, trouble: { what: answer.what, fix: answer.fix } } });
        const warming = answer.kind === "unreachable" || answer.value.state === "warming";
        set({ preview: { ...now, busy: warming, answer: answer.kind === "answer" ? answer.value : now.answer } });
        const still = () => get().preview?.layer === layer && get().preview?.row === row && get().preview?.busy;
        if (warming) setTimeout(() => { if (still()) void get().requestPreview(layer, row, trained); }, WARMING_MS);
      },
      requestCode: async () => {
        const { page, layers, rev, code } = get();
        if (!page || code.of === rev) return;
        set({ code: { ...code, busy: true, of: rev } });
        const answer = await ask<{ code: string }>(asked(page), "code", { graph: drawn.toGraph(layers) });
        if (get().code.of !== rev) return;
        const text = answer.kind === "answer" ? answer.value.code : answer.kind === "refused" ? `# ${answer.what}\n# ${answer.fix}\n` : get().code.text;
        set({ code: { text, busy: false, of: answer.kind === "unreachable" ? -1 : rev } });
      },
      announce: (said) => set({ said: said === get().said ? `${said}\u00a0` : said }),
      goTo: (where) => set({ focus: { where, at: get().focus.at + 1 } }),
      say: (key, values) => t(get().words, key, values),
      saveNow: () => saver.now(),
    };
  }) as EditorStore;
  saver = new Saver(store, tell);
  store.saver = saver;
  return store;
}
