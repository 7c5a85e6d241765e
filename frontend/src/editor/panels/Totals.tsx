/** The whole network in figures. */
export function Totals() { return null; }
