import type { HttpResponse } from "../kernel/http.ts";
import { page } from "./assets.ts";

/** Plain pages that load nothing, for who is not in, or not yet. */
const plainPage = (title: string, text: string, head = ""): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title>${head}</head><body><main><h1>${title}</h1>${text}</main></body></html>`;

export const lockedPage = (): HttpResponse =>
  page(
    plainPage(
      "The console is locked",
      "<p>It opens by a link that works once. In a terminal, in your project:</p><pre>aloft open --console</pre><p>In a clone of aloft itself: <code>node bin/aloft.mjs open --console</code></p>",
    ),
    401,
  );

export const usedLinkPage = (): HttpResponse =>
  page(
    plainPage(
      "This link was used, or is too old",
      "<p>Each link opens the console once, within ten minutes. Ask for another:</p><pre>aloft open --console</pre>",
    ),
    403,
  );

/** A page of our own goes on to the console, since a redirect from elsewhere would leave the strict cookie out. */
export const enteringPage = (cookies: readonly string[], to: string): HttpResponse =>
  page(
    plainPage(
      "aloft",
      `<p><a href="${to}">To the console</a></p>`,
      `<meta http-equiv="refresh" content="0; url=${to}">`,
    ),
    200,
    { "set-cookie": cookies },
  );

export const buildingPage = (): HttpResponse =>
  page(
    plainPage(
      "The console is being built",
      "<p>The first time takes a while: its libraries are installed. This page comes back by itself.</p>",
      '<meta http-equiv="refresh" content="2">',
    ),
    503,
    { "retry-after": "2" },
  );

export const buildFailedPage = (printed: string): HttpResponse =>
  page(
    plainPage(
      "The console could not be built",
      `<p>This is what its build printed. Try again with:</p><pre>npm run build</pre><pre>${escaped(printed)}</pre>`,
    ),
    503,
  );

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const escaped = (text: string): string => text.replace(/[&<>]/g, (letter) => ENTITIES[letter] ?? letter);
