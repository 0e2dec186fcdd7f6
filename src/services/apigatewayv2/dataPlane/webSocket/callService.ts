import { withStageVariables } from "../../../../engines/gateway/integrationTarget.ts";
import { serviceAnswer, serviceRequest } from "../../../../engines/gateway/serviceRequest.ts";
import { NotImplemented } from "../../../../kernel/errors.ts";
import type { Room } from "../../room.ts";
import { FAILED, type RouteAnswer } from "./routeAnswer.ts";
import { routeCaller } from "./routeCaller.ts";
import { mappedParameters, type RouteRequest } from "./routeRequest.ts";
import type { MappedMessage } from "./routeTemplates.ts";

/** Calls a service of AWS with what the template made of the message, under the integration's role. */
export const callService = async (room: Room, request: RouteRequest, message: MappedMessage): Promise<RouteAnswer> => {
  const { integrationUri = "", integrationMethod = "POST" } = request.integration;
  const { header, path, querystring } = message.overrides.request;
  const { url: _, ...asked } = serviceRequest(withStageVariables(integrationUri, request.table.stage.stageVariables), {
    path: mappedParameters(request, "path", path),
    querystring: mappedParameters(request, "querystring", querystring),
    headers: mappedParameters(request, "header", header),
    method: integrationMethod,
    body: Buffer.from(message.body),
    signal: request.signal,
  });
  try {
    const { principal } = await routeCaller(room, request);
    const { status, headers, body } = await serviceAnswer(await room.serviceCall(principal, asked));
    return { status, headers, body: body.toString() };
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    // AWS: a role that cannot be assumed is a fault of the API.
    return FAILED;
  }
};
