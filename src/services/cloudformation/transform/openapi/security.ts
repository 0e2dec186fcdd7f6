import { invalidStructure } from "../errors.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, literal, sameValue, textOf, truthy, type Value } from "../values/value.ts";
import { requireDict, securityOf } from "./document.ts";
import type { RestDocument } from "./restDocument.ts";

/** The scopes of each authorizer by name; the security of methods needs no more of them. */
export type Scopes = ReadonlyMap<string, Value[]>;

const apiKeyDefinition = (entries: Readonly<Record<string, string>>): Dict => {
  const definition = Dict.hashed();
  for (const [key, value] of Object.entries(entries)) definition.put(key, literal(value));
  return definition;
};

const defineOnce = (document: RestDocument, name: string, definition: Dict): void => {
  if (document.securityDefinitions.has(name)) return;
  document.securityDefinitions.update(Dict.hashed({ [name]: definition }));
};

const defineIamSecurity = (document: RestDocument): void =>
  defineOnce(
    document,
    "AWS_IAM",
    apiKeyDefinition({
      "x-amazon-apigateway-authtype": "awsSigv4",
      type: "apiKey",
      name: "Authorization",
      in: "header",
    }),
  );

export const defineApiKeySecurity = (document: RestDocument): void =>
  defineOnce(document, "api_key", apiKeyDefinition({ type: "apiKey", name: "x-api-key", in: "header" }));

/** Puts the default authorizer on every method of a path that names none of its own. */
export const setDefaultAuthorizer = (
  document: RestDocument,
  path: string,
  authorizer: string,
  scopes: Scopes,
  onPreflight: boolean,
): void => {
  const names = new Set(["AWS_IAM", ...scopes.keys()]);
  for (const [method, definition] of document.integratedMethods(path)) {
    if (!onPreflight && method === "options") continue;
    const existing = requirements(definition, path, method);
    const own = existing.filter((requirement) => requirement.keys().some((key) => names.has(key)));
    const others = existing.filter((requirement) => !own.includes(requirement));
    const none = others.findIndex((requirement) => requirement.has("NONE"));
    const security: Value[] = [...others];
    if (none >= 0) security.splice(none, 1);
    else if (own.length > 0) security.push(...own);
    else security.push(authoredRequirement(authorizer, scopes.get(authorizer) ?? []));
    setSecurity(document, definition, security);
  }
};

const requirements = (definition: Dict, path: string, method: string): Dict[] =>
  securityOf(definition, path, method).map((requirement) =>
    requireDict(
      requirement,
      `${shown(requirement)} in Security for path ${path} method ${method} is not a valid dictionary.`,
    ),
  );

const authoredRequirement = (authorizer: string, scopes: Value[]): Dict => {
  const requirement = Dict.hashed();
  requirement.set(authorizer, scopes);
  return requirement;
};

const setSecurity = (document: RestDocument, definition: Dict, security: Value[]): void => {
  if (security.length === 0) return;
  definition.put("security", security);
  const first = security[0] ?? null;
  if (isDict(first) && first.has("AWS_IAM")) defineIamSecurity(document);
};

/** Requires an API key on every method of a path that does not waive it. */
export const setDefaultApiKey = (document: RestDocument, path: string, onPreflight: boolean): void => {
  for (const [method, definition] of document.integratedMethods(path)) {
    const existing = requirements(definition, path, method);
    const keys = existing.filter((requirement) => requirement.has("api_key") || requirement.has("api_key_false"));
    const others = existing.filter((requirement) => !keys.includes(requirement));
    const waived = keys.some((requirement) => requirement.has("api_key_false"));
    const exempt = method === "options" && !onPreflight;
    const security: Value[] = waived || exempt ? others : [...others, Dict.hashed({ api_key: [] })];
    if (!sameValue(security, existing)) definition.put("security", security);
  }
};

/** Puts a method's own `Auth` into its security requirements. */
export const addMethodAuth = (
  document: RestDocument,
  path: string,
  method: string,
  auth: Dict,
  authorizers: Value,
): void => {
  const authorizer = textOf(auth.get("Authorizer"));
  if (authorizer) setMethodAuthorizer(document, path, method, authorizer, authorizers, auth.get("AuthorizationScopes"));
  const keyRequired = auth.get("ApiKeyRequired");
  if (keyRequired !== null) setMethodApiKey(document, path, method, truthy(keyRequired));
};

const setMethodAuthorizer = (
  document: RestDocument,
  path: string,
  method: string,
  authorizer: string,
  authorizers: Value,
  methodScopes: Value,
): void => {
  for (const definition of document.methodDefinitions(path, method)) {
    const requirement = authoredRequirement(authorizer, []);
    const security = [...securityOf(definition, path, method), requirement];
    if (authorizer !== "NONE" && isDict(authorizers) && authorizers.size > 0) {
      const config = authorizers.has(authorizer) ? authorizers.get(authorizer) : Dict.hashed();
      if (!isDict(config)) throw invalidStructure(`Type of authorizer '${authorizer}' must be a dictionary`);
      const scopes = methodScopes ?? config.get("AuthorizationScopes");
      if (authorizers.get(authorizer) !== null && scopes !== null) requirement.set(authorizer, scopes);
    }
    setSecurity(document, definition, security);
  }
};

const setMethodApiKey = (document: RestDocument, path: string, method: string, isRequired: boolean): void => {
  for (const definition of document.methodDefinitions(path, method)) {
    if (isRequired) defineApiKeySecurity(document);
    const requirement = Dict.hashed({ [isRequired ? "api_key" : "api_key_false"]: [] });
    definition.put("security", [...securityOf(definition, path, method), requirement]);
  }
};
