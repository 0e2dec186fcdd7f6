import { STATUS_CODES } from "node:http";
import type { AwsError } from "../../../kernel/errors.ts";
import type { HttpResponse } from "../../../kernel/http.ts";

/** The page S3's websites show for an error; `second` is what went wrong with the site's own error document. */
export const errorPage = (requestId: string, error: AwsError, second?: AwsError): HttpResponse => {
  if (error.statusCode < 400) return { status: error.statusCode, headers: {} };
  const title = `${error.statusCode} ${STATUS_CODES[error.statusCode] ?? ""}`.trim();
  const more = second
    ? `<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n${facts(second)}\n`
    : "";
  const body = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n${facts(error, { RequestId: requestId, HostId: "aloft" })}\n${more}<hr/>\n</body>\n</html>\n`;
  return { status: error.statusCode, headers: { "content-type": "text/html; charset=utf-8" }, body };
};

const facts = ({ code, message, details }: AwsError, more: Readonly<Record<string, string>> = {}): string => {
  const rows = [["Code", code], ["Message", message], ...Object.entries({ ...details, ...more })];
  return `<ul>\n${rows.map(([name, value]) => `<li>${escapeHtml(String(name))}: ${escapeHtml(String(value))}</li>`).join("\n")}\n</ul>`;
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
