/** The part “rows” of the moving panel: shows nothing yet. */

import type { Part } from "./part";

export const rows: Part = { create: () => ({ show: () => undefined, destroy: () => undefined }) };
