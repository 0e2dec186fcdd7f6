import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { withStageVariables } from "../../../engines/gateway/integrationTarget.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import type { Room } from "../room.ts";
import { backendMethod, mappedParameters } from "./httpBackend.ts";
import { integrationCaller } from "./lambdaProxy.ts";
import type { BackendAnswer } from "./mappedResponse.ts";
import type { MethodRequest } from "./request.ts";
import type { MappedBody } from "./requestBody.ts";

/** `arn:aws:apigateway:REGION:[SUBDOMAIN.]SERVICE:action/NAME`, or `…:path/PATH` */
const URI = /^arn:[\w-]+:apigateway:([\w-]+):(?:[\w-]+\.)?([\w-]+):(action|path)\/(.*)$/s;

export const isServiceUri = (uri: string): boolean => URI.test(uri);

/**
 * Calls an AWS service in the text of its own protocol, under the integration's role.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-uri
 */
export const awsService = async (room: Room, request: MethodRequest, body: MappedBody): Promise<BackendAnswer> => {
  const { integration } = request.match.target;
  const uri = withStageVariables(integration.uri ?? "", request.table.stage.variables);
  const [, region = room.region, service = "", kind, rest = ""] = URI.exec(uri) ?? [];
  const [target = "", fixedQuery = ""] = rest.split("?");
  const path = mappedParameters(request, "path", body);
  const filled = target.replace(/\{(\w+)\+?\}/g, (_, name: string) => path[name] ?? "");
  const query = new URLSearchParams([
    ...new URLSearchParams(fixedQuery),
    ...Object.entries(mappedParameters(request, "querystring", body)),
  ]);
  const { principal } = await integrationCaller(room, request);
  const headers = headersOf(request, body);
  request.journal?.asked(
    `https://${service}.${region}.amazonaws.com/${kind === "path" ? filled : `?Action=${filled}`}`,
    headers,
    body.bytes,
  );
  const response = await room.serviceCall(principal, {
    service,
    region,
    action: kind === "action" ? filled : undefined,
    method: backendMethod(request),
    path: kind === "path" ? `/${filled}` : "/",
    rawQuery: query.toString(),
    headers,
    body: body.bytes,
    signal: request.http.signal,
  });
  const answer = {
    selection: String(response.status),
    headers: texts(response.headers),
    body: await bytesOf(response),
  };
  request.journal?.answered(response.status, answer.headers, answer.body);
  return answer;
};

/** AWS: services are asked for JSON; what the parameters say counts more than that, and than the type of the request. */
const headersOf = (request: MethodRequest, body: MappedBody): Record<string, string> => ({
  accept: "application/json",
  "content-type": body.contentType ?? "application/json",
  ...Object.fromEntries(
    Object.entries(mappedParameters(request, "header", body)).map(([name, value]) => [name.toLowerCase(), value]),
  ),
});

const texts = (headers: HttpResponse["headers"]): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(",")]));

const bytesOf = async ({ body }: HttpResponse): Promise<Buffer> => {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body ?? "");
  return buffer(Readable.from(body));
};
