import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";
import type { HttpResponse } from "../../../kernel/http.ts";
import { GATEWAY_ANSWERS } from "../gatewayResponseTypes.ts";
import { logTime, type StagedRequest } from "./request.ts";

interface Wording {
  readonly message?: string;
  readonly statusCode?: number;
  /** What a validator found. */
  readonly fault?: string;
}

export const CONFIGURATION = "Execution failed due to configuration error: ";

/** Takes down why a request failed, and answers it. */
export const failed = (
  request: StagedRequest,
  type: GatewayResponseType,
  why: string,
  said?: Wording,
): HttpResponse => {
  request.journal?.tell("error", why);
  request.journal?.learn({ failure: { type, message: said?.message ?? GATEWAY_ANSWERS[type].message } });
  return gatewayAnswer(request, type, said);
};

/** What API Gateway itself answers, in the words the API gives that answer. */
export const gatewayAnswer = (request: StagedRequest, type: GatewayResponseType, said: Wording = {}): HttpResponse => {
  const usual = GATEWAY_ANSWERS[type];
  const status = said.statusCode ?? usual.statusCode ?? 500;
  const message = said.message ?? usual.message;
  const errorHeader = { "x-amzn-errortype": usual.errorType };
  const own = request.table.snapshot.gatewayResponses;
  const given =
    own.find(({ responseType }) => responseType === type) ??
    own.find(({ responseType }) => responseType === (status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"));
  if (!given) {
    // AWS: answers about access spell the member with a capital.
    const member = type === "ACCESS_DENIED" ? "Message" : "message";
    return {
      status,
      headers: { "content-type": "application/json", ...errorHeader },
      // AWS: a blank stands before the message of its own faults.
      body: `{"${member}":${status < 500 ? "" : " "}${JSON.stringify(message)}}`,
    };
  }
  const [contentType, template] = Object.entries(given.responseTemplates ?? {})[0] ?? [];
  const values = variables(request, type, message, said.fault ?? message);
  return {
    status: Number(given.statusCode ?? status),
    headers: {
      "content-type": contentType ?? "application/json",
      ...errorHeader,
      ...parameterHeaders(given.responseParameters ?? {}, request),
    },
    body: (template ?? '{"message":$context.error.messageString}').replace(
      /\$(context\.[A-Za-z.]*[A-Za-z]|stageVariables\.\w+)/g,
      (_, name: string) => values[name] ?? "",
    ),
  };
};

const variables = (
  request: StagedRequest,
  type: string,
  message: string,
  fault: string,
): Readonly<Record<string, string | undefined>> => {
  const { table, http, address } = request;
  return {
    "context.error.message": message,
    "context.error.messageString": JSON.stringify(message),
    "context.error.responseType": type,
    "context.error.validationErrorString": fault,
    "context.requestId": request.requestId,
    "context.extendedRequestId": request.extendedRequestId,
    "context.apiId": table.api.id,
    "context.accountId": request.accountId,
    "context.stage": table.stage.stageName,
    "context.httpMethod": http.method,
    "context.path": address.fullPath,
    "context.resourcePath": address.path,
    "context.requestTime": logTime(request.time),
    "context.requestTimeEpoch": String(request.time),
    "context.identity.sourceIp": request.sourceIp,
    ...Object.fromEntries(
      Object.entries(table.stage.variables ?? {}).map(([name, value]) => [`stageVariables.${name}`, value]),
    ),
  };
};

/** `gatewayresponse.header.NAME`: a text in single quotes, or a header or parameter of the request. */
const parameterHeaders = (parameters: Readonly<Record<string, string>>, { http }: StagedRequest) =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([key, source]) => {
      const [, name] = /^gatewayresponse\.header\.(.+)$/.exec(key) ?? [];
      const [, fixed] = /^'(.*)'$/s.exec(source) ?? [];
      const [, sent = ""] = /^method\.request\.header\.(.+)$/.exec(source) ?? [];
      const value = fixed ?? http.headers[sent.toLowerCase()];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
    }),
  );
