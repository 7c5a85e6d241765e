/** The part “status” of the moving panel: shows nothing yet. */

import type { Part } from "./part";

export const status: Part = { create: () => ({ show: () => undefined, destroy: () => undefined }) };
