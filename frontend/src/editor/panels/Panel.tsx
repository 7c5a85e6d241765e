/** The chosen layer: its settings, help, what comes out of it. */
export function Panel() { return null; }
