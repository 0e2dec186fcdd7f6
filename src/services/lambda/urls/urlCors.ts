import type { Cors } from "@aws-sdk/client-lambda";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";

/** AWS answers a preflight request itself when the URL has CORS settings; undefined when this is none. */
export const preflight = (cors: Cors | undefined, http: HttpRequest): HttpResponse | undefined => {
  const { method, headers } = http;
  if (!cors || method !== "OPTIONS" || !header(headers, "origin")) return undefined;
  if (!header(headers, "access-control-request-method")) return undefined;
  const own = corsHeaders(cors, http);
  if (!("access-control-allow-origin" in own)) return { status: 200, headers: {} };
  return {
    status: 200,
    headers: {
      ...own,
      ...list("access-control-allow-methods", cors.AllowMethods),
      ...list("access-control-allow-headers", cors.AllowHeaders),
      ...(cors.MaxAge === undefined ? {} : { "access-control-max-age": String(cors.MaxAge) }),
    },
  };
};

/** What a URL adds to every answer. The function's own headers of those names give way. */
export const withCors = (cors: Cors | undefined, http: HttpRequest, response: HttpResponse): HttpResponse =>
  cors ? { ...response, headers: { ...response.headers, ...corsHeaders(cors, http) } } : response;

const corsHeaders = (cors: Cors, { headers }: HttpRequest): Record<string, string> => {
  const origin = header(headers, "origin");
  const { AllowOrigins = [] } = cors;
  const allows = (allowed: string): boolean =>
    allowed === "*" ||
    allowed.toLowerCase() === origin?.toLowerCase() ||
    (allowed.endsWith("://*") && origin?.startsWith(allowed.slice(0, -1)) === true);
  if (origin === undefined || !AllowOrigins.some(allows)) return {};
  return {
    // AWS: with credentials, browsers want the origin itself.
    "access-control-allow-origin": AllowOrigins.includes("*") && !cors.AllowCredentials ? "*" : origin,
    vary: "Origin",
    ...list("access-control-expose-headers", cors.ExposeHeaders),
    ...(cors.AllowCredentials ? { "access-control-allow-credentials": "true" } : {}),
  };
};

const list = (name: string, values: readonly string[] | undefined): Record<string, string> =>
  values && values.length > 0 ? { [name]: values.join(",") } : {};
