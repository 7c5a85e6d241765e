/** Small controls of the charts: one of a few, on or off, a plain button. All are native, so that a keyboard reaches them. */

/** A row of radio buttons that look like one, or `loose` ones, whose label is only read out; the choice is told when it changes. */
export function segmented(label: string, options: [value: string, text: string, help?: string][], chosen: string, choose: (value: string) => void, look: "" | "loose" = ""): HTMLElement {
  const group = document.createElement("fieldset");
  group.className = `segmented ${look}`;
  const legend = document.createElement("legend");
  legend.textContent = label;
  if (look) legend.className = "unseen";
  const row = document.createElement("div");
  const name = `segmented-${Math.random().toString(36).slice(2)}`;
  for (const [value, text, help] of options) {
    const made = document.createElement("label");
    const input = document.createElement("input");
    input.type = "radio";
    input.name = name;
    input.value = value;
    input.checked = value === chosen;
    input.addEventListener("change", () => choose(value));
    const shown = document.createElement("span");
    shown.textContent = text;
    if (help) made.title = help;
    made.append(input, shown);
    row.append(made);
  }
  group.append(legend, row);
  return group;
}

/** A box to tick. */
export function tick(text: string, on: boolean, choose: (on: boolean) => void): HTMLLabelElement {
  const made = document.createElement("label");
  made.className = "tick";
  const input = document.createElement("input");
  input.type = "checkbox";
  input.checked = on;
  input.addEventListener("change", () => choose(input.checked));
  made.append(input, text);
  return made;
}

export function button(text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
}
