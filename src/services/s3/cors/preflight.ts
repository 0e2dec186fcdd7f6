import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import type { CorsDocument } from "../configurations.ts";
import { corsHeaders, corsRuleFor } from "./rules.ts";

/** What a preflight finds: the bucket's rules, or why there are none. */
export type Found = CorsDocument | "no rules" | "no bucket";

/** Answers a browser's question whether a request to a bucket would be allowed. */
export const preflight = (request: HttpRequest, cors: Found, requestId: string): HttpResponse => {
  const origin = header(request.headers, "origin");
  if (origin === undefined)
    return refusal(requestId, {
      code: "BadRequest",
      message: "Insufficient information. Origin request header needed.",
    });
  const method = header(request.headers, "access-control-request-method");
  const forbidden = (message: string, resourceType: "BUCKET" | "OBJECT") =>
    refusal(requestId, { code: "AccessForbidden", message, method: method ?? "OPTIONS", resourceType });
  if (cors === "no bucket") return forbidden("CORSResponse: Bucket not found", "BUCKET");
  if (cors === "no rules") return forbidden("CORSResponse: CORS is not enabled for this bucket.", "BUCKET");
  if (method === undefined || !METHODS.has(method))
    return refusal(requestId, {
      code: "BadRequest",
      message: `Invalid Access-Control-Request-Method: ${method ?? "null"}`,
    });
  const headers = namesIn(header(request.headers, "access-control-request-headers"));
  const asked = { origin, method, headers };
  const rule = corsRuleFor(cors, asked);
  if (!rule) return forbidden(NOT_ALLOWED, "OBJECT");
  const allowed = headers.length === 0 ? {} : { "access-control-allow-headers": headers.join(", ") };
  return {
    status: 200,
    headers: { ...idHeaders(requestId), ...corsHeaders(rule, asked), ...allowed, "content-length": "0" },
  };
};

const METHODS: ReadonlySet<string> = new Set(["GET", "PUT", "HEAD", "POST", "DELETE"]);

const NOT_ALLOWED =
  "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

const namesIn = (list: string | undefined): readonly string[] =>
  (list ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");

interface Refusal {
  readonly code: "BadRequest" | "AccessForbidden";
  readonly message: string;
  readonly method?: string;
  readonly resourceType?: "BUCKET" | "OBJECT";
}

const refusal = (requestId: string, { code, message, method, resourceType }: Refusal): HttpResponse => {
  const told = {
    Code: code,
    Message: message,
    ...(method === undefined ? {} : { Method: method }),
    ...(resourceType === undefined ? {} : { ResourceType: resourceType }),
    RequestId: requestId,
    HostId: HOST_ID,
  };
  const members = Object.entries(told).map(([name, text]) => `<${name}>${text.replace(/[<&]/g, "")}</${name}>`);
  return {
    status: code === "BadRequest" ? 400 : 403,
    headers: { ...idHeaders(requestId), "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${members.join("")}</Error>`,
  };
};

const HOST_ID = "aloft";

const idHeaders = (requestId: string) => ({ "x-amz-request-id": requestId, "x-amz-id-2": HOST_ID });
