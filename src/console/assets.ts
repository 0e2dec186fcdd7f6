import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type HttpRequest, type HttpResponse, header } from "../kernel/http.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The page may load and call only what is its own; nothing may frame it. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self' data:",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const SECURE: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** A whole page of the console's own. */
export const page = (body: string, status = 200, headers: HttpResponse["headers"] = {}): HttpResponse => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...SECURE, ...headers },
  body,
});

/** Where the console may lie: beside the bundle, or in dist when the source itself runs. */
const places = (): readonly string[] => {
  const here = dirname(fileURLToPath(import.meta.url));
  return [join(here, "..", "console"), join(here, "console"), join(here, "..", "..", "dist", "console")];
};

const folder = (): string => places().find((path) => existsSync(join(path, "index.html"))) ?? "";

const MAX_PRINTED = 4000;

/** The end of what the console's build printed, when it has failed. In a clone it is built beside the command typed. */
export const buildFailure = (): string | undefined => {
  const failed = places().find((path) => existsSync(`${path}-failed`));
  return failed === undefined ? undefined : readFileSync(`${failed}-build.log`, "utf8").slice(-MAX_PRINTED);
};

/** The console's page, or undefined while it is being built. */
export const shell = (): string | undefined => {
  const path = folder();
  return path === "" ? undefined : readFileSync(join(path, "index.html"), "utf8");
};

/** Names carry a digest of what they hold, so a browser may keep them for good. */
export const asset = async (request: HttpRequest, name: string): Promise<HttpResponse> => {
  const type = TYPES[extname(name)];
  if (!/^[\w-]+(\.[\w-]+)+$/.test(name) || !type) return page("Nothing is here.", 404);
  const encoding = encodingFor(header(request.headers, "accept-encoding") ?? "");
  try {
    const body = await readFile(join(folder(), "assets", `${name}${encoding.suffix}`));
    return {
      status: 200,
      headers: {
        "content-type": type,
        "cache-control": "public, max-age=31536000, immutable",
        vary: "accept-encoding",
        "x-content-type-options": "nosniff",
        ...(encoding.name ? { "content-encoding": encoding.name } : {}),
      },
      body,
    };
  } catch {
    // A name from an older build: the page that asks for it is to be loaded again.
    return page("Nothing is here.", 404);
  }
};

const encodingFor = (accepted: string) => {
  if (/\bbr\b/.test(accepted)) return { name: "br", suffix: ".br" };
  return /\bgzip\b/.test(accepted) ? { name: "gzip", suffix: ".gz" } : { name: "", suffix: "" };
};
