import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import type { CorsDocument } from "../configurations.ts";
import { corsHeaders, corsRuleFor } from "./rules.ts";

/** Answers a browser's question whether a request to a bucket would be allowed. */
export const preflight = (request: HttpRequest, cors: CorsDocument | undefined): HttpResponse => {
  const origin = header(request.headers, "origin");
  if (origin === undefined)
    return refusal(400, "BadRequest", "Insufficient information. Origin request header needed.");
  const method = header(request.headers, "access-control-request-method") ?? "";
  if (!METHODS.has(method)) return refusal(400, "BadRequest", `Invalid Access-Control-Request-Method: ${method}`);
  if (!cors) return refusal(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.");
  const headers = namesIn(header(request.headers, "access-control-request-headers"));
  const asked = { origin, method, headers };
  const rule = corsRuleFor(cors, asked);
  if (!rule) return refusal(403, "AccessForbidden", NOT_ALLOWED);
  const allowed = headers.length === 0 ? {} : { "access-control-allow-headers": headers.join(", ") };
  return { status: 200, headers: { ...corsHeaders(rule, asked), ...allowed, "content-length": "0" } };
};

const METHODS: ReadonlySet<string> = new Set(["GET", "PUT", "HEAD", "POST", "DELETE"]);

const NOT_ALLOWED =
  "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

const namesIn = (list: string | undefined): readonly string[] =>
  (list ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");

const refusal = (status: number, code: string, message: string): HttpResponse => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message.replaceAll("<", "&lt;")}</Message></Error>`,
});
