import { functionIn } from "../../../../engines/gateway/integrationTarget.ts";
import type { Context } from "../../../../kernel/context.ts";
import { errorCode, NotImplemented } from "../../../../kernel/errors.ts";
import type { HttpResponse } from "../../../../kernel/http.ts";
import { jsonBytes } from "../../../../kernel/jsonBytes.ts";
import type { IntegrationRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { sourceArn } from "../addresses.ts";
import { lambdaEvent } from "../events.ts";
import { callFault, FUNCTION_FAILED } from "../functionFaults.ts";
import { gatewayFor, inRole } from "../gatewayFor.ts";
import type { ApiRequest } from "../request.ts";
import { INTERNAL_ERROR, lambdaResponse, UNAVAILABLE } from "../responses.ts";

/** Invokes a function with the request as its event. */
export const invoke = async (
  room: Room,
  request: ApiRequest,
  integration: IntegrationRecord,
): Promise<HttpResponse> => {
  const version = integration.payloadFormatVersion ?? "1.0";
  const FunctionName = functionOf(request, integration);
  try {
    const { call } = await callerOf(room, request, integration);
    const Payload = jsonBytes(lambdaEvent(request, version));
    const output = await call("lambda", "Invoke", { FunctionName, Payload });
    if (output.FunctionError !== undefined) {
      note(request, FUNCTION_FAILED);
      return INTERNAL_ERROR;
    }
    return lambdaResponse(text(output.Payload), version);
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    note(request, callFault(error, "integration"));
    // AWS: a throttled function is unavailable; one that is gone, or may not be called, is an internal matter.
    return errorCode(error) === "TooManyRequestsException" ? UNAVAILABLE : INTERNAL_ERROR;
  }
};

/** Takes down for an access log why an integration failed. */
const note = ({ notes }: ApiRequest, integrationError: string): void => {
  if (notes) notes.integrationError = integrationError;
};

/**
 * AWS: the gateway calls as itself, on behalf of the route, and the function's resource policy must let it; with
 * credentials it calls as that role instead.
 */
const callerOf = (room: Room, request: ApiRequest, { credentialsArn }: IntegrationRecord): Context | Promise<Context> =>
  inRole(gatewayFor(room, request, sourceArn(room, request)), credentialsArn);

const functionNames = new WeakMap<IntegrationRecord, string>();

/** The function of an integration; where no variable of a stage is part of its name it is found once. */
const functionOf = ({ table }: ApiRequest, integration: IntegrationRecord): string => {
  const known = functionNames.get(integration);
  if (known !== undefined) return known;
  const { integrationUri = "" } = integration;
  const name = functionIn(integrationUri, table.stage.stageVariables);
  if (!integrationUri.includes("${")) functionNames.set(integration, name);
  return name;
};

const text = (payload: AsyncIterable<Uint8Array> | Uint8Array | string | undefined): string => {
  if (payload instanceof Uint8Array)
    return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
  return typeof payload === "string" ? payload : "null";
};
