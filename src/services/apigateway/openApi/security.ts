import { listAt, objectAt, present, textAt } from "../../../engines/gateway/documentParts.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import type { AuthorizerRecord } from "../records.ts";

/** How a method's security schemes guard it. */
export type Scheme =
  | { readonly kind: "authorizer"; readonly authorizer: Omit<AuthorizerRecord, "id"> }
  | { readonly kind: "iam" }
  | { readonly kind: "apiKey" };

/** The document's security schemes by name; those that mean nothing to API Gateway are left out. */
export const schemesOf = (document: JsonObject): ReadonlyMap<string, Scheme> => {
  const definitions = {
    ...objectAt(document, "securityDefinitions"),
    ...objectAt(objectAt(document, "components"), "securitySchemes"),
  };
  return new Map(
    Object.entries(definitions).flatMap(([name, definition]) => {
      const scheme = isJsonObject(definition) ? schemeOf(name, definition) : undefined;
      return scheme ? [[name, scheme] as const] : [];
    }),
  );
};

const schemeOf = (name: string, definition: JsonObject): Scheme | undefined => {
  const extension = definition["x-amazon-apigateway-authorizer"];
  const authType = textAt(definition, "x-amazon-apigateway-authtype");
  if (authType?.toLowerCase() === "awssigv4") return { kind: "iam" };
  if (!isJsonObject(extension)) {
    return textAt(definition, "type") === "apiKey" ? { kind: "apiKey" } : undefined;
  }
  const type = textAt(extension, "type")?.toUpperCase();
  if (type !== "TOKEN" && type !== "REQUEST" && type !== "COGNITO_USER_POOLS") {
    throw badRequest(`Invalid authorizer type ${type ?? "null"} for the authorizer ${name}`);
  }
  const ttl = extension["authorizerResultTtlInSeconds"];
  const header = textAt(definition, "name");
  const authorizer: Omit<AuthorizerRecord, "id"> = {
    name,
    type,
    ...present({
      authType,
      authorizerUri: textAt(extension, "authorizerUri"),
      authorizerCredentials: textAt(extension, "authorizerCredentials"),
      identityValidationExpression: textAt(extension, "identityValidationExpression"),
      authorizerResultTtlInSeconds: ttl === undefined ? undefined : Number(ttl),
      identitySource:
        textAt(extension, "identitySource") ??
        (type === "TOKEN" && header !== undefined ? `method.request.header.${header}` : undefined),
    }),
    ...(type === "COGNITO_USER_POOLS" ? { providerARNs: listAt(extension, "providerARNs").map(String) } : {}),
  };
  return { kind: "authorizer", authorizer };
};

/** What a method is guarded by. */
export interface ImportedSecurity {
  readonly authorizationType: "NONE" | "AWS_IAM" | "CUSTOM" | "COGNITO_USER_POOLS";
  readonly authorizer?: string;
  readonly scopes?: string[];
  readonly apiKeyRequired: boolean;
}

export const securityOf = (
  document: JsonObject,
  operation: JsonObject,
  schemes: ReadonlyMap<string, Scheme>,
): ImportedSecurity => {
  const own = textAt(objectAt(operation, "x-amazon-apigateway-auth"), "type")?.toUpperCase();
  const required = requiredBy(operation["security"] ?? document["security"], schemes);
  if (own !== "NONE" && own !== "AWS_IAM") return required;
  return { authorizationType: own, apiKeyRequired: required.apiKeyRequired };
};

const requiredBy = (requirements: JsonValue | undefined, schemes: ReadonlyMap<string, Scheme>): ImportedSecurity => {
  let security: ImportedSecurity = { authorizationType: "NONE", apiKeyRequired: false };
  for (const requirement of Array.isArray(requirements) ? requirements : []) {
    for (const [name, scopes] of Object.entries(isJsonObject(requirement) ? requirement : {})) {
      const scheme = schemes.get(name);
      if (scheme?.kind === "apiKey") security = { ...security, apiKeyRequired: true };
      if (scheme?.kind === "iam") security = { ...security, authorizationType: "AWS_IAM" };
      if (scheme?.kind !== "authorizer") continue;
      const authorizationType = scheme.authorizer.type === "COGNITO_USER_POOLS" ? "COGNITO_USER_POOLS" : "CUSTOM";
      const asked = Array.isArray(scopes) && scopes.length > 0 ? { scopes: scopes.map(String) } : {};
      security = { ...security, authorizationType, authorizer: name, ...asked };
    }
  }
  return security;
};
