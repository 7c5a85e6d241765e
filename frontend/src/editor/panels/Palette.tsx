/** The layers that there are, by what they do. */
export function Palette() { return null; }
