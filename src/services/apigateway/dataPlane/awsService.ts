import { withStageVariables } from "../../../engines/gateway/integrationTarget.ts";
import { serviceAnswer, serviceRequest } from "../../../engines/gateway/serviceRequest.ts";
import type { Room } from "../room.ts";
import { backendMethod, mappedParameters } from "./httpBackend.ts";
import { integrationCaller } from "./lambdaProxy.ts";
import type { BackendAnswer } from "./mappedResponse.ts";
import type { MethodRequest } from "./request.ts";
import type { MappedBody } from "./requestBody.ts";

/** Calls an AWS service under the integration's role. */
export const awsService = async (room: Room, request: MethodRequest, body: MappedBody): Promise<BackendAnswer> => {
  const { uri = "" } = request.match.target.integration;
  // AWS: the type of the body is the request's, where a template made it.
  const typed = body.contentType === undefined ? {} : { "content-type": body.contentType };
  const { url, ...asked } = serviceRequest(withStageVariables(uri, request.table.stage.variables), {
    path: mappedParameters(request, "path", body),
    querystring: mappedParameters(request, "querystring", body),
    headers: { ...typed, ...mappedParameters(request, "header", body) },
    method: backendMethod(request),
    body: body.bytes,
    signal: request.http.signal,
  });
  const { principal } = await integrationCaller(room, request);
  request.journal?.asked(url, asked.headers, body.bytes);
  const { status, ...answer } = await serviceAnswer(await room.serviceCall(principal, asked));
  request.journal?.answered(status, answer.headers, answer.body);
  return { selection: String(status), ...answer };
};
