import type { ConnectionType, Cors } from "@aws-sdk/client-apigatewayv2";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import type { IntegrationRecord } from "../records.ts";

export type ImportedIntegration = Omit<IntegrationRecord, "integrationId">;

/** `x-amazon-apigateway-integration` */
export const integrationOf = (extension: JsonValue, routeKey: string): ImportedIntegration => {
  if (!isJsonObject(extension)) throw badRequest(`Invalid integration for the route ${routeKey}`);
  const type = String(extension["type"] ?? "").toUpperCase();
  if (type !== "AWS_PROXY" && type !== "HTTP_PROXY") {
    throw badRequest(
      `Unsupported integration type ${type || "null"} for the route ${routeKey}. HTTP APIs support AWS_PROXY and HTTP_PROXY`,
    );
  }
  const [uri, httpMethod, credentials, connectionId, description, integrationSubtype] = [
    "uri",
    "httpMethod",
    "credentials",
    "connectionId",
    "description",
    "integrationSubtype",
  ].map((name) => textAt(extension, name));
  return {
    integrationType: type,
    connectionType: connectionType(extension["connectionType"]),
    payloadFormatVersion: String(extension["payloadFormatVersion"] ?? "1.0"),
    ...(uri === undefined ? {} : { integrationUri: uri }),
    ...(httpMethod === undefined ? {} : { integrationMethod: httpMethod }),
    ...(credentials === undefined ? {} : { credentialsArn: credentials }),
    ...(connectionId === undefined ? {} : { connectionId: connectionId }),
    ...(description === undefined ? {} : { description: description }),
    ...(integrationSubtype === undefined ? {} : { integrationSubtype: integrationSubtype }),
    ...(extension["timeoutInMillis"] === undefined ? {} : { timeoutInMillis: Number(extension["timeoutInMillis"]) }),
    ...(isJsonObject(extension["requestParameters"])
      ? { requestParameters: texts(extension["requestParameters"]) }
      : {}),
  };
};

/** `x-amazon-apigateway-cors` */
export const corsOf = (extension: JsonValue | undefined): Cors | undefined => {
  if (!isJsonObject(extension)) return undefined;
  const list = (name: string) => {
    const value = extension[name];
    if (value === undefined) return undefined;
    return Array.isArray(value) ? value.map(String) : [String(value)];
  };
  const lists = {
    AllowOrigins: list("allowOrigins"),
    AllowMethods: list("allowMethods"),
    AllowHeaders: list("allowHeaders"),
    ExposeHeaders: list("exposeHeaders"),
  };
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values !== undefined)),
    ...(extension["maxAge"] === undefined ? {} : { MaxAge: Number(extension["maxAge"]) }),
    ...(extension["allowCredentials"] === undefined
      ? {}
      : { AllowCredentials: extension["allowCredentials"] === true }),
  };
};

const connectionType = (value: JsonValue | undefined): ConnectionType =>
  value === "VPC_LINK" ? "VPC_LINK" : "INTERNET";

const textAt = (object: JsonObject, name: string): string | undefined => {
  const value = object[name];
  return value === undefined || value === null ? undefined : String(value);
};

const texts = (object: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, String(value)]));
