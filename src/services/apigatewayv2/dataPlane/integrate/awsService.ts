import type { Context } from "../../../../kernel/context.ts";
import { AwsError, errorCode, errorMessage, known, NotImplemented } from "../../../../kernel/errors.ts";
import type { HttpResponse } from "../../../../kernel/http.ts";
import type { IntegrationRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { sourceArn } from "../addresses.ts";
import { gatewayFor, inRole } from "../gatewayFor.ts";
import { selected, textOf } from "../mapping/selection.ts";
import type { ApiRequest } from "../request.ts";
import { INTERNAL_ERROR } from "../responses.ts";
import { SUBTYPES } from "./subtypes.ts";

/**
 * Calls a service under the integration's role and answers as the service does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
 */
export const callService = async (
  room: Room,
  request: ApiRequest,
  integration: IntegrationRecord,
): Promise<HttpResponse> => {
  const subtype = SUBTYPES[integration.integrationSubtype ?? ""];
  if (!subtype) throw new NotImplemented(`HTTP API integrations of the subtype ${integration.integrationSubtype}`);
  const parameters = valuesOf(request, integration);
  try {
    const ctx = await roleOf(room, request, integration);
    return await subtype.run(ctx, parameters);
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    return refusalOf(error);
  }
};

const valuesOf = (request: ApiRequest, { requestParameters = {} }: IntegrationRecord): Record<string, string> =>
  Object.fromEntries(
    Object.entries(requestParameters).flatMap(([name, expression]) => {
      const value = textOf(selected(request, expression));
      return value === undefined ? [] : [[name, value]];
    }),
  );

const roleOf = async (room: Room, request: ApiRequest, { credentialsArn }: IntegrationRecord): Promise<Context> =>
  inRole(gatewayFor(room, request, sourceArn(room, request)), known(credentialsArn, "an integration's role"));

/** AWS: what the service refuses is passed on with its status; what kept the gateway from asking is its own matter. */
const refusalOf = (error: unknown): HttpResponse => {
  const status = statusOf(error);
  if (status === undefined || status >= 500) return INTERNAL_ERROR;
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ __type: errorCode(error), message: errorMessage(error) }),
  };
};

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof AwsError) return error.statusCode;
  return error instanceof Error && "$fault" in error ? (error["$fault"] === "client" ? 400 : 500) : undefined;
};
