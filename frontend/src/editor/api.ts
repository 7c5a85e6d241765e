/** The routes of the page's server. */

import type { PageData } from "./types";

export interface Asked { project: string; key: string; language: string; api: string; }

export type Answer<T> =
  | { kind: "answer"; value: T }
  | { kind: "refused"; what: string; fix: string }
  | { kind: "unreachable" };

export function asked(page: PageData): Asked {
  return { project: page.project, key: page.key, language: page.language, api: page.api };
}

function request({ api, ...who }: Asked, name: string, body: object, keepalive = false): Promise<Response> {
  return fetch(new URL(api + name, document.baseURI), {
    method: "POST", keepalive, headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...who, ...body }),
  });
}

/** Ask a route; a lost connection and a server that is starting again are `unreachable`, to be tried again. */
export async function ask<T>(who: Asked, name: string, body: object, seconds = 20): Promise<Answer<T>> {
  const limit = new Promise<"late">((resolve) => setTimeout(() => resolve("late"), seconds * 1000));
  try {
    const response = await Promise.race([request(who, name, body), limit]);
    if (response === "late") return { kind: "unreachable" };
    if (response.ok) return { kind: "answer", value: (await response.json()) as T };
    // Proxies answer so while the server is away; a route that is not there yet belongs to a server that is starting.
    if (response.status >= 500 || response.status === 429) return { kind: "unreachable" };
    const said = (await response.json()) as { what?: string; fix?: string; error?: string };
    return { kind: "refused", what: said.what ?? said.error ?? String(response.status), fix: said.fix ?? "" };
  } catch {
    return { kind: "unreachable" };
  }
}

/** Send a last word while the page is being left; browsers allow 64 KB for it. */
export function leave(who: Asked, name: string, body: object): void {
  const small = JSON.stringify(body).length < 60_000;
  void request(who, name, body, small).catch(() => undefined); // the browser keeps the change, see history.ts
}
