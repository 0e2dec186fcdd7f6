import type { Context, SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { requireDict } from "../openapi/document.ts";
import { toOpenApi3 } from "../openapi/postprocess.ts";
import { addCustomStatements, addResourcePolicy } from "../openapi/resourcePolicy.ts";
import type { RestDocument } from "../openapi/restDocument.ts";
import { defineApiKeySecurity, setDefaultApiKey, setDefaultAuthorizer } from "../openapi/security.ts";
import { type Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";
import { requireBody, requireValid } from "./inlineDocument.ts";
import { type RestAuthorizer, restAuthorizers, securityDefinition } from "./restAuthorizer.ts";

const AUTH_KEYS = [
  "Authorizers",
  "DefaultAuthorizer",
  "InvokeRole",
  "AddDefaultAuthorizerToCorsPreflight",
  "AddApiKeyRequiredToCorsPreflight",
  "ApiKeyRequired",
  "ResourcePolicy",
  "UsagePlan",
];

/** Writes an API's `Auth` into its document: authorizers, the default one, API keys and the resource policy. */
export const addAuth = ({ logicalId, properties }: SamResource, body: Value, context: Context): Value => {
  const auth = properties.get("Auth");
  if (!truthy(auth)) return body;
  requireBody(logicalId, body, "Auth");
  if (!isDict(auth) || !auth.keys().every((key) => AUTH_KEYS.includes(key))) {
    throw new InvalidResource(logicalId, "Invalid value for 'Auth' property");
  }
  const document = requireValid(logicalId, body, "Auth configuration");
  const authorizers = restAuthorizers(logicalId, auth.get("Authorizers"), auth.get("DefaultAuthorizer"));
  if (authorizers.size > 0) {
    for (const [name, authorizer] of authorizers) {
      // AWS: what is wrong with the authorizer is found before the document is looked at.
      const definition = securityDefinition(authorizer, context.partition);
      document.securityDefinitions.set(name, definition);
    }
    addDefaultAuthorizer(logicalId, document, auth, authorizers);
  }
  if (truthy(auth.get("ApiKeyRequired"))) {
    defineApiKeySecurity(document);
    const onPreflight = flag(auth, "AddApiKeyRequiredToCorsPreflight");
    for (const path of document.paths.keys()) setDefaultApiKey(document, path, onPreflight);
  }
  if (truthy(auth.get("ResourcePolicy"))) addPolicy(document, auth.get("ResourcePolicy"), properties.get("StageName"));
  return toOpenApi3(document.finished(), properties.get("OpenApiVersion"));
};

const flag = (auth: Dict, name: string): boolean => (auth.has(name) ? truthy(auth.get(name)) : true);

const addDefaultAuthorizer = (
  logicalId: string,
  document: RestDocument,
  auth: Dict,
  authorizers: ReadonlyMap<string, RestAuthorizer>,
): void => {
  const given = auth.get("DefaultAuthorizer");
  if (!truthy(given)) return;
  const name = textOf(given);
  if (name === undefined) throw new InvalidResource(logicalId, "DefaultAuthorizer is not a string.");
  if (!authorizers.has(name) && name !== "AWS_IAM") {
    throw new InvalidResource(
      logicalId,
      `Unable to set DefaultAuthorizer because '${name}' was not defined in 'Authorizers'.`,
    );
  }
  const scopes = new Map([...authorizers].map(([key, authorizer]) => [key, authorizer.scopes]));
  const onPreflight = flag(auth, "AddDefaultAuthorizerToCorsPreflight");
  for (const path of document.paths.keys()) setDefaultAuthorizer(document, path, name, scopes, onPreflight);
};

const addPolicy = (document: RestDocument, value: Value, stage: Value): void => {
  const policy = requireDict(value, "ResourcePolicy must be a map (ResourcePolicyStatement).");
  for (const path of document.paths.keys()) addResourcePolicy(document, policy, path, stage);
  if (truthy(policy.get("CustomStatements"))) addCustomStatements(document, policy.get("CustomStatements"));
};
