import { createHash } from "node:crypto";
import type { HttpResponse } from "../../../kernel/http.ts";

/** Text that is markup already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | readonly (Html | string)[];

/** Markup with values in it, each of them escaped but what is markup itself. */
export const html = (strings: TemplateStringsArray, ...values: readonly Part[]): Html =>
  new Html(strings.map((text, index) => (index === 0 ? text : `${rendered(values[index - 1])}${text}`)).join(""));

const rendered = (value: Part): string => {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  return typeof value === "object" ? value.map(rendered).join("") : escaped(String(value));
};

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

/** A step of the way from the list of repositories to a page. */
export interface Crumb {
  readonly name: string;
  readonly to: string;
}

/** A whole page, for people: no script, readable without its style, in the colours the reader prefers. */
export const page = (title: string, crumbs: readonly Crumb[], body: Html, status = 200): HttpResponse => {
  const way = crumbs.map(({ name, to }) => html`<li><a href="${to}">${name}</a></li>`);
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · aloft</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header><nav aria-label="Where you are"><ol><li><a href="/git/">Repositories</a></li>${way}</ol></nav></header>
<main id="main">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  return { status, headers: { ...SAFE, "content-type": "text/html; charset=utf-8" }, body: text };
};

const STYLE = `
:root{color-scheme:light dark;--line:light-dark(#d0d7de,#30363d);--soft:light-dark(#f6f8fa,#161b22);--link:light-dark(#0550ae,#79b8ff)}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:0 1rem 3rem;color:light-dark(#1f2328,#e6edf3);background:light-dark(#fff,#0d1117)}
a{color:var(--link)}a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem}
nav ol,nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0}nav ol{gap:.25rem}
nav ol li+li::before{content:"/ "}h1{font-size:1.4rem;overflow-wrap:anywhere}h2{font-size:1.1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
code,pre{font:13px/1.45 ui-monospace,monospace}pre{background:var(--soft);border:1px solid var(--line);padding:.6rem;overflow-x:auto;tab-size:4}
pre.message{white-space:pre-wrap}.diff span{display:block;min-height:1.45em}
.add{background:light-dark(#dafbe1,#12361f)}.del{background:light-dark(#ffebe9,#4b1818)}.hunk{color:light-dark(#57606a,#9198a1)}
.state{white-space:nowrap;font-weight:600}.success{color:light-dark(#116329,#56d364)}.failure,.error{color:light-dark(#a40e26,#ff7b72)}.pending{color:light-dark(#7d4e00,#e3b341)}
`;

/** What others wrote is shown here: nothing of it may run, load anything or be framed. */
const SAFE = {
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cache-control": "private, no-store",
} as const;

/** A file as it is: text to read, anything else to keep. */
export const rawFile = (bytes: Uint8Array): HttpResponse => ({
  status: 200,
  headers: {
    ...SAFE,
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": isText(bytes) ? "text/plain; charset=utf-8" : "application/octet-stream",
    ...(isText(bytes) ? {} : { "content-disposition": "attachment" }),
  },
  body: bytes,
});

/** git's own way of telling: text has no byte of zero near its beginning. */
export const isText = (bytes: Uint8Array): boolean => !bytes.subarray(0, 8000).includes(0);
