/** The part “layers” of the moving panel: shows nothing yet. */

import type { Part } from "./part";

export const layers: Part = { create: () => ({ show: () => undefined, destroy: () => undefined }) };
