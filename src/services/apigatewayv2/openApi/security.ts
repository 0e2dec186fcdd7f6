import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { AuthorizerRecord } from "../records.ts";

export type ImportedAuthorizer = Omit<AuthorizerRecord, "authorizerId">;

/** Authorizers stand among the security schemes, as `x-amazon-apigateway-authorizer`. */
export const authorizersOf = (schemes: JsonObject): ImportedAuthorizer[] =>
  Object.entries(schemes).flatMap(([name, scheme]) => {
    const extension = isJsonObject(scheme) ? scheme["x-amazon-apigateway-authorizer"] : undefined;
    return isJsonObject(extension) ? [authorizerOf(name, extension)] : [];
  });

const authorizerOf = (name: string, extension: JsonObject): ImportedAuthorizer => {
  const jwt = extension["jwtConfiguration"];
  const identitySource = listOf(extension["identitySource"]);
  if (String(extension["type"]).toLowerCase() === "jwt") {
    const { issuer, audience } = isJsonObject(jwt) ? jwt : {};
    return {
      name,
      authorizerType: "JWT",
      identitySource,
      jwtConfiguration: { Issuer: String(issuer ?? ""), Audience: listOf(audience) },
    };
  }
  const ttl = extension["authorizerResultTtlInSeconds"];
  return {
    name,
    authorizerType: "REQUEST",
    identitySource,
    authorizerUri: String(extension["authorizerUri"] ?? ""),
    authorizerPayloadFormatVersion: String(extension["authorizerPayloadFormatVersion"] ?? "1.0"),
    enableSimpleResponses: extension["enableSimpleResponses"] === true,
    ...(ttl === undefined ? {} : { authorizerResultTtlInSeconds: Number(ttl) }),
  };
};

/** The first requirement that names an authorizer; an empty list asks for none. */
export const securityOf = (security: JsonValue | undefined, authorizers: readonly ImportedAuthorizer[]) => {
  for (const requirement of Array.isArray(security) ? security : []) {
    for (const [name, scopes] of Object.entries(isJsonObject(requirement) ? requirement : {})) {
      if (authorizers.some((authorizer) => authorizer.name === name))
        return { authorizer: name, scopes: listOf(scopes) };
    }
  }
  return undefined;
};

const listOf = (value: JsonValue | undefined): string[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : String(value).split(",");
};
