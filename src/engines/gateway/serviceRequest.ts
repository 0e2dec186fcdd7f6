import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { HttpResponse, ServiceRequest } from "../../kernel/http.ts";

/** `arn:aws:apigateway:REGION:[SUBDOMAIN.]SERVICE:action/NAME`, or `…:path/PATH` */
const URI = /^arn:[\w-]+:apigateway:([\w-]+):(?:[\w-]+\.)?([\w-]+):(action|path)\/(.*)$/s;

/** Whether an integration's URI names a service of AWS. */
export const isServiceUri = (uri: string): boolean => URI.test(uri);

/** Whether it names a function of Lambda. */
export const isFunctionUri = (uri: string): boolean => /:lambda:path\//.test(uri);

/** What an integration puts into the parts of a service's request. */
interface ServiceParts {
  readonly path: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

/**
 * A call of the service that an integration's URI names, in the text of that service's own protocol.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-uri
 */
export const serviceRequest = (
  uri: string,
  { path, querystring, headers, ...rest }: ServiceParts,
): ServiceRequest & { readonly url: string } => {
  const [, region = "", service = "", kind, target = ""] = URI.exec(uri) ?? [];
  const [place = "", fixedQuery = ""] = target.split("?");
  const filled = place.replace(/\{(\w+)\+?\}/g, (_, name: string) => path[name] ?? "");
  const query = new URLSearchParams([...new URLSearchParams(fixedQuery), ...Object.entries(querystring)]);
  return {
    ...rest,
    service,
    region,
    action: kind === "action" ? filled : undefined,
    path: kind === "path" ? `/${filled}` : "/",
    rawQuery: query.toString(),
    // AWS: services are asked for JSON; what the parameters say counts more than that.
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    },
    url: `https://${service}.${region}.amazonaws.com/${kind === "path" ? filled : `?Action=${filled}`}`,
  };
};

/** What a service answered, gathered. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export const serviceAnswer = async ({ status, headers, body }: HttpResponse): Promise<ServiceAnswer> => ({
  status,
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(",")]),
  ),
  body:
    body === undefined || typeof body === "string" || body instanceof Uint8Array
      ? Buffer.from(body ?? "")
      : await buffer(Readable.from(body)),
});
