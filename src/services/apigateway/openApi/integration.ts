import type { IntegrationResponse } from "@aws-sdk/client-api-gateway";
import { listAt, objectAt, present, textAt, textsOf } from "../../../engines/gateway/documentParts.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import type { IntegrationRecord } from "../records.ts";

export type ImportedIntegration = Partial<IntegrationRecord> & Pick<IntegrationRecord, "type">;

const TYPES: Readonly<Record<string, IntegrationRecord["type"]>> = {
  aws: "AWS",
  aws_proxy: "AWS_PROXY",
  http: "HTTP",
  http_proxy: "HTTP_PROXY",
  mock: "MOCK",
};

/** `x-amazon-apigateway-integration` */
export const integrationOf = (extension: JsonObject, where: string): ImportedIntegration => {
  const named = textAt(extension, "type") ?? "";
  const type = TYPES[named.toLowerCase()];
  if (type === undefined)
    throw badRequest(`Unable to parse API definition because of a malformed integration at path ${where}`);
  if (textAt(extension, "responseTransferMode") === "STREAM")
    throw new NotImplemented("apigateway's response streaming");
  const timeout = extension["timeoutInMillis"];
  const templates = objectAt(extension, "requestTemplates");
  const parameters = Object.entries(objectAt(extension, "requestParameters")).filter(
    ([, value]) => typeof value === "string",
  );
  return {
    type,
    ...present({
      httpMethod: textAt(extension, "httpMethod")?.toUpperCase(),
      uri: textAt(extension, "uri"),
      credentials: textAt(extension, "credentials"),
      connectionType: connectionTypeOf(extension),
      connectionId: textAt(extension, "connectionId"),
      contentHandling: contentHandlingOf(extension),
      passthroughBehavior: textAt(extension, "passthroughBehavior")?.toUpperCase(),
      cacheNamespace: textAt(extension, "cacheNamespace"),
      timeoutInMillis: timeout === undefined ? undefined : Number(timeout),
      requestTemplates: Object.keys(templates).length > 0 ? textsOf(templates) : undefined,
      requestParameters: parameters.length > 0 ? textsOf(Object.fromEntries(parameters)) : undefined,
      integrationResponses: responsesOf(objectAt(extension, "responses")),
    }),
    cacheKeyParameters: listAt(extension, "cacheKeyParameters").map(String),
  };
};

/** The document keys responses by the pattern that selects them, API Gateway by the status they answer. */
const responsesOf = (responses: JsonObject): Record<string, IntegrationResponse> | undefined => {
  const entries = Object.entries(responses).flatMap(([pattern, response]) => {
    if (!isJsonObject(response)) return [];
    const statusCode = textAt(response, "statusCode") ?? "200";
    const parameters = objectAt(response, "responseParameters");
    const templates = objectAt(response, "responseTemplates");
    const made: IntegrationResponse = {
      statusCode,
      ...(pattern === "default" ? {} : { selectionPattern: pattern }),
      ...(Object.keys(parameters).length > 0 ? { responseParameters: textsOf(parameters) } : {}),
      ...(Object.keys(templates).length > 0 ? { responseTemplates: textsOf(templates) } : {}),
      ...present({ contentHandling: contentHandlingOf(response) }),
    };
    return [[statusCode, made] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
};

const connectionTypeOf = (extension: JsonObject): "INTERNET" | "VPC_LINK" | undefined => {
  const named = textAt(extension, "connectionType");
  return named === "INTERNET" || named === "VPC_LINK" ? named : undefined;
};

const contentHandlingOf = (extension: JsonObject): "CONVERT_TO_BINARY" | "CONVERT_TO_TEXT" | undefined => {
  const named = textAt(extension, "contentHandling");
  return named === "CONVERT_TO_BINARY" || named === "CONVERT_TO_TEXT" ? named : undefined;
};
