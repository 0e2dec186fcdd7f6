import { objectAt, present, textAt } from "../../../engines/gateway/documentParts.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import type { AuthorizerRecord } from "../records.ts";
import { versionAt } from "./document.ts";

export type ImportedAuthorizer = Omit<AuthorizerRecord, "authorizerId">;

/** How a security scheme of a document guards a route. */
export type Scheme =
  | { readonly kind: "iam" }
  | { readonly kind: "authorizer"; readonly authorizer: ImportedAuthorizer };

/** The document's security schemes by name; those that mean nothing to HTTP APIs, keys above all, are left out. */
export const schemesOf = (document: JsonObject): ReadonlyMap<string, Scheme> =>
  new Map(
    Object.entries(objectAt(objectAt(document, "components"), "securitySchemes")).flatMap(([name, scheme]) => {
      if (!isJsonObject(scheme)) return [];
      if (textAt(scheme, "x-amazon-apigateway-authtype")?.toLowerCase() === "awssigv4") return [[name, IAM] as const];
      const extension = scheme["x-amazon-apigateway-authorizer"];
      if (!isJsonObject(extension)) return [];
      return [[name, { kind: "authorizer", authorizer: authorizerOf(name, extension, scheme) }] as const];
    }),
  );

const IAM: Scheme = { kind: "iam" };

const authorizerOf = (name: string, extension: JsonObject, scheme: JsonObject): ImportedAuthorizer => {
  const identitySource = listOf(extension["identitySource"]);
  const ttl = extension["authorizerResultTtlInSeconds"];
  switch (textAt(extension, "type")?.toLowerCase()) {
    case "jwt": {
      const { issuer, audience } = objectAt(extension, "jwtConfiguration");
      const Issuer = String(issuer ?? discovered(scheme) ?? "");
      return { name, authorizerType: "JWT", identitySource, jwtConfiguration: { Issuer, Audience: listOf(audience) } };
    }
    case "request":
      return {
        name,
        authorizerType: "REQUEST",
        identitySource,
        authorizerUri: textAt(extension, "authorizerUri") ?? "",
        authorizerPayloadFormatVersion: versionAt(extension, "authorizerPayloadFormatVersion") ?? "1.0",
        enableSimpleResponses: String(extension["enableSimpleResponses"]) === "true",
        ...present({
          authorizerCredentialsArn: textAt(extension, "authorizerCredentials"),
          authorizerResultTtlInSeconds: ttl === undefined ? undefined : Number(ttl),
        }),
      };
    default:
      throw badRequest(`Invalid authorizer type ${textAt(extension, "type") ?? "null"} for the authorizer ${name}`);
  }
};

/** AWS: of a scheme of OpenID Connect, the issuer is found by the address of its configuration. */
const discovered = (scheme: JsonObject): string | undefined =>
  textAt(scheme, "openIdConnectUrl")?.replace(/\/\.well-known\/openid-configuration$/, "");

/** What a route asks of its callers. */
export type ImportedSecurity =
  | { readonly kind: "iam" }
  | { readonly kind: "authorizer"; readonly name: string; readonly scopes: string[] };

/** What guards an operation: its own word, or the first of its requirements; an empty list asks for nothing. */
export const securityOf = (
  document: JsonObject,
  operation: JsonObject,
  schemes: ReadonlyMap<string, Scheme>,
  routeKey: string,
): ImportedSecurity | undefined => {
  const own = textAt(objectAt(operation, "x-amazon-apigateway-auth"), "type")?.toUpperCase();
  if (own === "AWS_IAM") return IAM;
  if (own === "NONE") return undefined;
  const found = requirementsOf(operation["security"] ?? document["security"]).flatMap(
    ([name, scopes]): readonly ImportedSecurity[] => {
      const kind = schemes.get(name)?.kind;
      if (kind === "authorizer") return [{ kind, name, scopes: listOf(scopes) }];
      return kind === "iam" ? [{ kind }] : [];
    },
  );
  // AWS: a route has one authorizer, whatever OpenAPI allows.
  if (found.length > 1) throw badRequest(`Multiple security requirements are not supported for the route ${routeKey}`);
  return found[0];
};

const requirementsOf = (security: JsonValue | undefined) =>
  (Array.isArray(security) ? security : []).flatMap((requirement) =>
    isJsonObject(requirement) ? Object.entries(requirement) : [],
  );

const listOf = (value: JsonValue | undefined): string[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : String(value).split(/\s*,\s*/);
};
