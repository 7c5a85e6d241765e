"use strict";
(() => {
  const page = document.querySelector(".page");
  const words = JSON.parse(page.dataset.words);
  const form = document.querySelector("form");
  if (!form) return;
  const shown = document.getElementById("answer");
  const ask = document.getElementById("ask");
  const fields = () => [...form.querySelectorAll("[data-name]")];
  const where = `${location.pathname.replace(/\/+$/, "")}/answer`;
  let asked = 0;

  const make = (name, kind, text) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const bar = (part) => {
    const made = make("div", "bar");
    const label = make("div");
    label.append(make("span", "", part.text), make("span", "", part.told));
    const share = make("progress");
    share.max = 1;
    share.value = part.share;
    share.setAttribute("aria-hidden", "true");
    made.append(label, share);
    return made;
  };

  const drawn = (part) => (part.is === "bar" ? bar(part) : make("p", part.is, part.text));

  const tell = (...made) => shown.replaceChildren(...made);

  const value = (field) => {
    if (field.value === "") return null;
    return field.dataset.kind === "number" ? field.valueAsNumber : field.value;
  };

  const fill = (row) => {
    for (const field of fields()) {
      const given = row[field.dataset.name];
      const text = given === null || given === undefined ? "" : String(given);
      if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === text)) {
        field.add(new Option(text, text), 0);
      }
      field.value = text;
    }
  };

  const send = async () => {
    const mine = ++asked;
    ask.setAttribute("aria-disabled", "true");
    tell(make("p", "note", words.busy));
    const row = Object.fromEntries(fields().map((field) => [field.dataset.name, value(field)]));
    try {
      const said = await fetch(where, {
        method: "POST", credentials: "omit", cache: "no-store",
        headers: { "Content-Type": "application/json" }, body: JSON.stringify(row),
      });
      const told = await said.json();
      if (mine !== asked) return;
      tell(...(said.ok ? told.parts.map(drawn) : [make("p", "bad", told.detail)]));
    } catch {
      if (mine === asked) tell(make("p", "bad", words.failed));
    } finally {
      if (mine === asked) ask.removeAttribute("aria-disabled");
    }
    const { bottom } = shown.getBoundingClientRect();
    if (bottom > innerHeight) shown.parentElement.scrollIntoView({ block: "nearest" });
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (ask.getAttribute("aria-disabled") !== "true") send();
  });
  for (const button of document.querySelectorAll(".example")) {
    button.addEventListener("click", () => {
      fill(JSON.parse(button.dataset.row));
      send();
    });
  }
})();
