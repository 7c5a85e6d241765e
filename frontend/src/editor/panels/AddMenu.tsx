/** A small list of layers with a search, at `store.menu`; adds with `store.menu.where` and closes itself with `openMenu(null)`. */
export function AddMenu() { return null; }
