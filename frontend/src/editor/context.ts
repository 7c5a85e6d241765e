/** How the parts of the editor reach its store. */

import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { layerCalled } from "./graph";
import type { EditorState } from "./state";
import type { EditorStore } from "./store";
import type { Layer } from "./types";
import { t } from "./words";

export const EditorContext = createContext<EditorStore | null>(null);

export function useEditorStore(): EditorStore {
  const store = useContext(EditorContext);
  if (!store) throw new Error("outside of the editor");
  return store;
}

export function useEditor<T>(selector: (state: EditorState) => T): T {
  return useStore(useEditorStore(), selector);
}

/** The editor's sentences: `const say = useWords(); say("undo")`. */
export function useWords(): (key: string, values?: Record<string, string | number>) => string {
  const words = useEditor((state) => state.words);
  return (key, values) => t(words, key, values);
}

/** The layer that is chosen, where it is one. */
export function useSelected(): Layer | undefined {
  const name = useEditor((state) => (state.selection.length === 1 ? state.selection[0] : ""));
  return useEditor((state) => layerCalled(state.layers, name));
}
