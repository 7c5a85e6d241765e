/** The part “gauges” of the moving panel: shows nothing yet. */

import type { Part } from "./part";

export const gauges: Part = { create: () => ({ show: () => undefined, destroy: () => undefined }) };
