/** The part “signs” of the moving panel: shows nothing yet. */

import type { Part } from "./part";

export const signs: Part = { create: () => ({ show: () => undefined, destroy: () => undefined }) };
