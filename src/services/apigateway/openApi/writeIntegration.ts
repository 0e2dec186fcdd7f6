import type { IntegrationResponse } from "@aws-sdk/client-api-gateway";
import { MAX_INTEGRATION_TIMEOUT_MS } from "../limits.ts";
import type { IntegrationRecord } from "../records.ts";
import { withoutEmpty } from "../views.ts";

/** An integration as `x-amazon-apigateway-integration` has it: what is as it always is, is left out. */
export const integrationExtension = (integration: IntegrationRecord) => {
  const { type, passthroughBehavior, contentHandling, timeoutInMillis, integrationResponses = {} } = integration;
  return present({
    type: type.toLowerCase(),
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    credentials: integration.credentials,
    responses: responsesOf(Object.values(integrationResponses)),
    requestParameters: integration.requestParameters,
    requestTemplates: integration.requestTemplates,
    passthroughBehavior: passthroughBehavior?.toLowerCase(),
    contentHandling,
    timeoutInMillis: timeoutInMillis === MAX_INTEGRATION_TIMEOUT_MS ? undefined : timeoutInMillis,
    cacheKeyParameters: integration.cacheKeyParameters,
  });
};

/** The document keys responses by the pattern that selects them. */
const responsesOf = (responses: readonly IntegrationResponse[]) =>
  Object.fromEntries(
    responses.map(({ selectionPattern, ...response }) => [
      selectionPattern || "default",
      present({
        statusCode: response.statusCode,
        responseParameters: response.responseParameters,
        responseTemplates: response.responseTemplates,
        contentHandling: response.contentHandling,
      }),
    ]),
  );

/** An object without what it has not, and without what is empty. */
export const present = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  withoutEmpty(Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)));
