import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";
import { canBeSent, type HttpResponse } from "../../../kernel/http.ts";
import { GATEWAY_ANSWERS } from "../gatewayResponseTypes.ts";
import { type AnsweredRequest, filledTemplate, gatewaySource } from "./gatewaySources.ts";

interface Wording {
  readonly message?: string;
  readonly statusCode?: number;
  /** What a validator found. */
  readonly fault?: string;
}

export const CONFIGURATION = "Execution failed due to configuration error: ";

/** Takes down why a request failed, and answers it. */
export const failed = (
  request: AnsweredRequest,
  type: GatewayResponseType,
  why: string,
  said?: Wording,
): HttpResponse => {
  request.journal?.tell("error", why);
  request.journal?.learn({ failure: { type, why, message: said?.message ?? GATEWAY_ANSWERS[type].message } });
  return gatewayAnswer(request, type, said);
};

/** What API Gateway itself answers, in the words the API gives that answer. */
export const gatewayAnswer = (
  request: AnsweredRequest,
  type: GatewayResponseType,
  said: Wording = {},
): HttpResponse => {
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
      body: `{"${member}":${status < 500 || message === null ? "" : " "}${JSON.stringify(message)}}`,
    };
  }
  const [contentType, template] = Object.entries(given.responseTemplates ?? {})[0] ?? [];
  const errors = errorVariables(type, message, said.fault ?? message ?? "");
  return {
    status: Number(given.statusCode ?? status),
    headers: {
      "content-type": contentType ?? "application/json",
      ...errorHeader,
      ...parameterHeaders(given.responseParameters ?? {}, request),
    },
    body: filledTemplate(request, template ?? '{"message":$context.error.messageString}', errors),
  };
};

const errorVariables = (type: string, message: string | null, fault: string): Readonly<Record<string, string>> => ({
  "context.error.message": message ?? "",
  "context.error.messageString": JSON.stringify(message),
  "context.error.responseType": type,
  // AWS: it stands within quotes, so that its own are escaped.
  "context.error.validationErrorString": JSON.stringify(fault).slice(1, -1),
});

/** `gatewayresponse.header.NAME`: a text in single quotes, or what is known of the request. */
const parameterHeaders = (parameters: Readonly<Record<string, string>>, request: AnsweredRequest) =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([key, source]) => {
      const [, name] = /^gatewayresponse\.header\.(.+)$/.exec(key) ?? [];
      const value = gatewaySource(request, source);
      if (name === undefined || value === undefined || !canBeSent({ [name]: value })) return [];
      return [[name.toLowerCase(), value] as const];
    }),
  );
