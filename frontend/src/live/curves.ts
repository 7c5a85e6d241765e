/** The part “curves” of the moving panel: shows nothing yet. */

import type { Part } from "./part";

export const curves: Part = { create: () => ({ show: () => undefined, destroy: () => undefined }) };
