import type { ServiceName } from "../kernel/aws.ts";
import { AwsError, NotImplemented } from "../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../kernel/json.ts";
import { readBody } from "../wire/body.ts";
import { wireError } from "../wire/errors.ts";
import { modelOf } from "../wire/model.ts";
import { type Asked, type ConsoleRoute, callerOf, json } from "./parts.ts";
import { fromPlain, toPlain } from "./plain.ts";

const MAX_CALL_BYTES = 10 * 1024 * 1024;

/** One AWS operation for the page: `{service, operation, input, region?}`, through dispatch like any other call. */
export const call: ConsoleRoute = async (asked) => {
  const wanted = readCall(await readBody(asked.request.body, MAX_CALL_BYTES));
  const service = await asked.parts.rooms.load(wanted.service as ServiceName);
  try {
    if (!service) throw new NotImplemented(`the service ${wanted.service}`);
    return json({ output: toPlain(await run(asked, wanted, service.model)) });
  } catch (thrown) {
    const { code, message, status } = wireError(thrown, service && modelOf(service.model));
    return json({ error: { code, message } }, status >= 500 && status !== 501 ? 500 : status);
  }
};

interface WantedCall {
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly region: string | undefined;
}

const run = (asked: Asked, { service, operation, input, region }: WantedCall, sdk: object): Promise<unknown> => {
  const shape = modelOf(sdk).operation(operation)?.input;
  const typed = shape ? fromPlain(shape, input) : input;
  return asked.parts.dispatch.run(callerOf(asked, region), service as ServiceName, operation, typed);
};

const readCall = (body: Buffer): WantedCall => {
  const { service, operation, input = {}, region } = parse(body);
  if (typeof service !== "string" || typeof operation !== "string" || !isJsonObject(input))
    throw new AwsError("ValidationException", "A call is {service, operation, input}.");
  return { service, operation, input, region: typeof region === "string" ? region : undefined };
};

const parse = (body: Buffer) => {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isJsonObject(value) ? value : {};
  } catch {
    // Not JSON: told like any other call that is none.
    return {};
  }
};
