/** The small picture on a layer's help card and in the palette. */
import type { ReactElement } from "react";
import { FLOWS } from "./flows";
import { FORMS } from "./forms";
import type { Draw, Subject } from "./strokes";
import { WIRES } from "./wires";

/** Every picture by its name, which is what a layer kind says as `PICTURE`. */
export const PICTURES: Record<string, Draw> = { ...WIRES, ...FORMS, ...FLOWS };

interface Props extends Subject {
  name: string;
  title?: string; // what a screen reader says; without it the picture is decoration
}

export function Picture({ name, title, kind, fields }: Props): ReactElement {
  const draw = PICTURES[name] ?? PICTURES.block;
  return (
    <svg className="my-picture" viewBox="0 0 120 64" role={title ? "img" : undefined} aria-label={title} aria-hidden={title ? undefined : true}>
      {draw({ kind, fields })}
    </svg>
  );
}
