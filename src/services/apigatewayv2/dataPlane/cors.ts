import type { Cors } from "@aws-sdk/client-apigatewayv2";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";

/** AWS answers a preflight request itself, whatever the routes say; undefined when this is none. */
export const preflight = (cors: Cors | undefined, { method, headers }: HttpRequest): HttpResponse | undefined => {
  const origin = header(headers, "origin");
  const asked = header(headers, "access-control-request-method");
  if (!cors || method !== "OPTIONS" || origin === undefined || asked === undefined) return undefined;
  const allowed = allowedOrigin(cors, origin);
  if (allowed === undefined) return { status: 204, headers: {} };
  const list = (name: string, values: readonly string[] | undefined) =>
    values && values.length > 0 ? { [name]: values.join(",") } : {};
  return {
    status: 204,
    headers: {
      "access-control-allow-origin": allowed,
      ...list("access-control-allow-methods", cors.AllowMethods),
      ...list("access-control-allow-headers", cors.AllowHeaders),
      ...(cors.MaxAge === undefined ? {} : { "access-control-max-age": String(cors.MaxAge) }),
      ...credentials(cors),
    },
  };
};

/** A response with the API's CORS headers; AWS drops those the integration gave. */
export const withCors = (cors: Cors | undefined, { headers }: HttpRequest, response: HttpResponse): HttpResponse => {
  if (!cors) return response;
  const own = Object.fromEntries(
    Object.entries(response.headers).filter(([name]) => !name.startsWith("access-control-")),
  );
  const origin = header(headers, "origin");
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin);
  if (allowed === undefined) return { ...response, headers: own };
  return {
    ...response,
    headers: {
      ...own,
      "access-control-allow-origin": allowed,
      ...(cors.ExposeHeaders?.length ? { "access-control-expose-headers": cors.ExposeHeaders.join(",") } : {}),
      ...credentials(cors),
    },
  };
};

const credentials = ({ AllowCredentials }: Cors) =>
  AllowCredentials ? { "access-control-allow-credentials": "true" } : {};

const allowedOrigin = ({ AllowOrigins = [] }: Cors, origin: string): string | undefined => {
  if (AllowOrigins.includes("*")) return "*";
  return AllowOrigins.some((allowed) => matchesOrigin(allowed, origin)) ? origin : undefined;
};

/** `https://*` and `http://*` stand for every host. */
const matchesOrigin = (allowed: string, origin: string): boolean =>
  allowed.endsWith("://*") ? origin.startsWith(allowed.slice(0, -1)) : allowed.toLowerCase() === origin.toLowerCase();
