import type { AuthorizerRecord, MethodRecord, Snapshot } from "../records.ts";
import { present } from "./writeIntegration.ts";

/** What asks for a key and for a signature, as AWS names them in its documents. */
const API_KEY = { type: "apiKey", name: "x-api-key", in: "header" };
const SIGV4 = { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" };

/** The security schemes of what an API's methods ask for. */
export const schemesOf = ({ methods, authorizers }: Snapshot, withAuthorizers: boolean): Record<string, unknown> => ({
  ...(methods.some(({ apiKeyRequired }) => apiKeyRequired) ? { api_key: API_KEY } : {}),
  ...(methods.some(({ authorizationType }) => authorizationType === "AWS_IAM") ? { sigv4: SIGV4 } : {}),
  ...Object.fromEntries(
    authorizers
      .filter(({ id }) => methods.some(({ authorizerId }) => authorizerId === id))
      .map((authorizer) => [authorizer.name, schemeOf(authorizer, withAuthorizers)]),
  ),
});

const schemeOf = (authorizer: AuthorizerRecord, isWhole: boolean) => {
  const [, header] = /^method\.request\.header\.([^,]+)$/.exec(authorizer.identitySource ?? "") ?? [];
  return {
    type: "apiKey",
    // AWS: of an authorizer of whole requests, no header is the one.
    name: authorizer.type === "TOKEN" ? (header ?? "Authorization") : "Unused",
    in: "header",
    "x-amazon-apigateway-authtype": authorizer.authType ?? "custom",
    ...(isWhole ? { "x-amazon-apigateway-authorizer": extensionOf(authorizer) } : {}),
  };
};

const extensionOf = (authorizer: AuthorizerRecord) =>
  present({
    type: authorizer.type.toLowerCase(),
    authorizerUri: authorizer.authorizerUri,
    authorizerCredentials: authorizer.authorizerCredentials,
    authorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds,
    identitySource: authorizer.type === "TOKEN" ? undefined : authorizer.identitySource,
    identityValidationExpression: authorizer.identityValidationExpression,
  });

/** What one method asks for. */
export const securityOf = ({ authorizers }: Snapshot, method: MethodRecord): Record<string, string[]>[] => {
  const authorizer = authorizers.find(({ id }) => id === method.authorizerId);
  return [
    ...(method.authorizationType === "AWS_IAM" ? [{ sigv4: [] }] : []),
    ...(authorizer ? [{ [authorizer.name]: [...(method.authorizationScopes ?? [])] }] : []),
    ...(method.apiKeyRequired ? [{ api_key: [] }] : []),
  ];
};
