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
  const mostBytes = 4e6;
  const mostPixels = 1600;
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

  const list = (part) => {
    const made = make("ol", "list");
    for (const one of part.items) {
      const item = make("li", "", one.text);
      if (one.note) item.append(make("div", "note", one.note));
      made.append(item);
    }
    return made;
  };

  const row = (cells, kind) => {
    const made = make("tr");
    made.append(...cells.map((cell) => make(kind, "", cell)));
    return made;
  };

  const table = (part) => {
    const made = make("table");
    const head = make("thead");
    const body = make("tbody");
    head.append(row(part.head, "th"));
    body.append(...part.rows.map((cells) => row(cells, "td")));
    made.append(head, body);
    return made;
  };

  const ways = { bar, list, table };
  const drawn = (part) => (ways[part.is] ? ways[part.is](part) : make("p", part.is, part.text));

  const tell = (...made) => shown.replaceChildren(...made);

  // A picture as it is, or where it is large, a smaller copy: phones take pictures of many megabytes.
  const picture = async (file) => {
    if (!file) return null;
    let sent = file;
    if (file.size > mostBytes) {
      const whole = await createImageBitmap(file);
      const scale = Math.min(1, mostPixels / Math.max(whole.width, whole.height));
      const canvas = new OffscreenCanvas(Math.ceil(whole.width * scale), Math.ceil(whole.height * scale));
      canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
      sent = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
    }
    return new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = failed;
      reader.readAsDataURL(sent);
    });
  };

  const value = async (field) => {
    if (field.dataset.kind === "picture") return picture(field.files[0]);
    if (field.value === "") return null;
    return field.dataset.kind === "number" ? field.valueAsNumber : field.value;
  };

  const show = (field) => {
    field.parentElement.querySelector("img")?.remove();
    if (!field.files[0]) return;
    const shown = make("img", "shown");
    shown.alt = field.files[0].name;
    shown.src = URL.createObjectURL(field.files[0]);
    shown.onload = () => URL.revokeObjectURL(shown.src);
    shown.onerror = () => shown.remove();
    field.parentElement.append(shown);
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

  // Where many ask at the same moment, the server says so at once: try again a little later.
  const sent = async (body, tries = 5) => {
    const said = await fetch(where, {
      method: "POST", credentials: "omit", cache: "no-store", headers: { "Content-Type": "application/json" }, body,
    });
    if (said.status !== 503 || tries <= 1) return said;
    await new Promise((later) => setTimeout(later, 500 + 1500 * Math.random()));
    return sent(body, tries - 1);
  };

  const send = async () => {
    const mine = ++asked;
    ask.setAttribute("aria-disabled", "true");
    tell(make("p", "note", words.busy));
    try {
      const values = await Promise.all(fields().map(async (field) => [field.dataset.name, await value(field)]));
      const said = await sent(JSON.stringify(Object.fromEntries(values)));
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
  form.addEventListener("change", (event) => {
    if (event.target.dataset.kind === "picture") show(event.target);
  });
  for (const button of document.querySelectorAll(".example")) {
    button.addEventListener("click", () => {
      fill(JSON.parse(button.dataset.row));
      send();
    });
  }
})();
