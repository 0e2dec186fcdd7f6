import type { HttpResponse } from "../../../kernel/http.ts";
import type { IntegrationRecord } from "../records.ts";
import { gatewayAnswer } from "./gatewayAnswer.ts";
import { headerOf, type MethodRequest, queryPairs } from "./request.ts";
import { templateFor } from "./templates.ts";

/** What a backend that is no proxy said, before its integration response shapes it. */
export interface BackendAnswer {
  readonly status: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The response that an integration response makes of a backend's answer. */
export const mappedResponse = (
  request: MethodRequest,
  integration: IntegrationRecord,
  answer: BackendAnswer,
): HttpResponse => {
  const responses = Object.values(integration.integrationResponses ?? {});
  const chosen =
    responses.find(({ selectionPattern: pattern }) => pattern && new RegExp(`^(?:${pattern})$`).test(answer.status)) ??
    responses.find(({ selectionPattern }) => !selectionPattern);
  if (!chosen) return gatewayAnswer(request, "API_CONFIGURATION_ERROR");
  const mapped = Object.entries(chosen.responseParameters ?? {}).flatMap(([key, source]) => {
    const [, name] = /^method\.response\.header\.(.+)$/.exec(key) ?? [];
    const [, sent = ""] = /^integration\.response\.header\.(.+)$/.exec(source) ?? [];
    const value = quoted(source) ?? answer.headers[sent.toLowerCase()];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  const accepted = headerOf(request, "accept");
  const [firstType, firstTemplate] = Object.entries(chosen.responseTemplates ?? {})[0] ?? [];
  const body = templateFor(chosen.responseTemplates, accepted) ?? firstTemplate ?? answer.body;
  return {
    status: Number(chosen.statusCode ?? 200),
    headers: {
      "content-type": firstType ?? answer.headers["content-type"] ?? "application/json",
      ...Object.fromEntries(mapped),
    },
    body,
  };
};

/** A mock answers with the status its request template names. */
export const mockStatus = (request: MethodRequest, integration: IntegrationRecord): string | undefined => {
  const { requestTemplates, passthroughBehavior } = integration;
  const template = templateFor(requestTemplates, headerOf(request, "content-type"));
  const templates = Object.keys(requestTemplates ?? {}).length;
  if (
    template === undefined &&
    (passthroughBehavior === "NEVER" || (passthroughBehavior === "WHEN_NO_TEMPLATES" && templates > 0))
  ) {
    return undefined;
  }
  // AWS: without a template the request itself says it.
  const text = template ?? request.bytes.toString();
  const [, status] = /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/.exec(text) ?? [];
  return status ?? "500";
};

/** What a mapping such as `method.request.header.X`, `stageVariables.x` or `'text'` stands for in a request. */
export const mappedValue = (request: MethodRequest, source: string): string | undefined => {
  const [, kind, name = ""] =
    /^(method\.request\.(?:header|querystring|path)|stageVariables|context)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case "method.request.header":
      return headerOf(request, name);
    case "method.request.querystring":
      return queryPairs(request.http.rawQuery).findLast(([key]) => key === name)?.[1];
    case "method.request.path":
      return request.match.parameters?.[name];
    case "stageVariables":
      return request.table.stage.variables?.[name];
    case "context":
      return {
        httpMethod: request.http.method,
        path: request.address.fullPath,
        requestId: request.requestId,
        stage: request.table.stage.stageName,
        "identity.sourceIp": request.sourceIp,
      }[name];
    default:
      return quoted(source);
  }
};

const quoted = (source: string): string | undefined => /^'(.*)'$/s.exec(source)?.[1];
