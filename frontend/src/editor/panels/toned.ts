/** The colour of a group, for everything inside of an element. */
import type { CSSProperties } from "react";
import { tone } from "../tones";

export function toned(group: string | undefined): CSSProperties {
  return { "--group-tone": group ? tone(group) : undefined } as CSSProperties;
}
