import type { ConnectionType, Cors } from "@aws-sdk/client-apigatewayv2";
import { objectAt, present, textAt, textsOf } from "../../../engines/gateway/documentParts.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { IntegrationRecord } from "../records.ts";
import { versionAt } from "./document.ts";

export type ImportedIntegration = Omit<IntegrationRecord, "integrationId">;

/** `x-amazon-apigateway-integration`; undefined where it is none that HTTP APIs have. */
export const integrationOf = (extension: JsonObject): ImportedIntegration | undefined => {
  const type = textAt(extension, "type")?.toUpperCase();
  if (type !== "AWS_PROXY" && type !== "HTTP_PROXY") return undefined;
  const { timeoutInMillis, requestParameters, responseParameters } = extension;
  return {
    integrationType: type,
    connectionType: connectionType(extension),
    payloadFormatVersion: versionAt(extension, "payloadFormatVersion") ?? "1.0",
    ...present({
      integrationUri: textAt(extension, "uri"),
      integrationMethod: textAt(extension, "httpMethod"),
      credentialsArn: textAt(extension, "credentials"),
      connectionId: textAt(extension, "connectionId"),
      description: textAt(extension, "description"),
      integrationSubtype: textAt(extension, "integrationSubtype"),
      timeoutInMillis: timeoutInMillis === undefined ? undefined : Number(timeoutInMillis),
      requestParameters: isJsonObject(requestParameters) ? textsOf(requestParameters) : undefined,
      responseParameters: isJsonObject(responseParameters) ? changesOf(responseParameters) : undefined,
      tlsConfig: tlsOf(objectAt(extension, "tlsConfig")),
    }),
  };
};

/** What is changed of responses, by their status. */
const changesOf = (responses: JsonObject): Record<string, Record<string, string>> =>
  Object.fromEntries(
    Object.entries(responses).map(([status, changes]) => [status, textsOf(isJsonObject(changes) ? changes : {})]),
  );

const tlsOf = (config: JsonObject) => {
  const ServerNameToVerify = textAt(config, "serverNameToVerify");
  return ServerNameToVerify === undefined ? undefined : { ServerNameToVerify };
};

/** `x-amazon-apigateway-cors` */
export const corsOf = (extension: JsonValue | undefined): Cors | undefined => {
  if (!isJsonObject(extension)) return undefined;
  const list = (name: string) => {
    const value = extension[name];
    if (value === undefined) return undefined;
    return Array.isArray(value) ? value.map(String) : [String(value)];
  };
  const { maxAge, allowCredentials } = extension;
  return present({
    AllowOrigins: list("allowOrigins"),
    AllowMethods: list("allowMethods"),
    AllowHeaders: list("allowHeaders"),
    ExposeHeaders: list("exposeHeaders"),
    MaxAge: maxAge === undefined ? undefined : Number(maxAge),
    AllowCredentials: allowCredentials === undefined ? undefined : allowCredentials === true,
  });
};

const connectionType = (extension: JsonObject): ConnectionType =>
  textAt(extension, "connectionType")?.toUpperCase() === "VPC_LINK" ? "VPC_LINK" : "INTERNET";
