import { ResourceNotFoundException } from "@aws-sdk/client-lambda";
import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { invalidValue, notFound } from "../errors.ts";
import { eventInvokeKey, findVersion, functionArn, functionReference, type Named, qualifiedKey } from "../find.ts";
import { page } from "../paging.ts";
import { type EventInvokeRecord, LATEST } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { eventInvokeView } from "../views.ts";

interface EventInvokeInput {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?: Destinations | undefined;
}

interface Destinations {
  readonly OnSuccess?: { readonly Destination?: string | undefined } | undefined;
  readonly OnFailure?: { readonly Destination?: string | undefined } | undefined;
}

export const putFunctionEventInvokeConfig =
  (room: Room): Operation<"PutFunctionEventInvokeConfig"> =>
  async (ctx, input) => {
    const key = located(ctx, input);
    if (
      input.MaximumRetryAttempts === undefined &&
      input.MaximumEventAgeInSeconds === undefined &&
      input.DestinationConfig === undefined
    ) {
      throw invalidValue("You must specify at least one of error handling or destination setting.");
    }
    checkTarget(room, ctx, key);
    return save(room, ctx, { functionName: key[0], qualifier: key[1], modifiedAt: room.clock.now() }, input);
  };

export const updateFunctionEventInvokeConfig =
  (room: Room): Operation<"UpdateFunctionEventInvokeConfig"> =>
  async (ctx, input) => {
    checkTarget(room, ctx, located(ctx, input));
    return save(room, ctx, existing(room, ctx, input), input);
  };

export const getFunctionEventInvokeConfig =
  (room: Room): Operation<"GetFunctionEventInvokeConfig"> =>
  async (ctx, input) =>
    eventInvokeView(ctx, existing(room, ctx, input));

export const deleteFunctionEventInvokeConfig =
  (room: Room): Operation<"DeleteFunctionEventInvokeConfig"> =>
  async (ctx, input) => {
    const { functionName, qualifier } = existing(room, ctx, input);
    room.eventInvokes.delete([functionName, qualifier]);
    return {};
  };

export const listFunctionEventInvokeConfigs =
  (room: Room): Operation<"ListFunctionEventInvokeConfigs"> =>
  async (ctx, input) => {
    const { name } = functionReference(ctx, input.FunctionName);
    checkTarget(room, ctx, [name, ""]);
    const all = [...room.eventInvokes.range({ prefix: [name] })].map(({ value }) => value);
    const { items, next } = page(all, ({ qualifier }) => qualifier, input);
    return {
      FunctionEventInvokeConfigs: items.map((record) => eventInvokeView(ctx, record)),
      ...next,
    };
  };

const located = (ctx: Context, input: Named): readonly [string, string] => eventInvokeKey(...qualifiedKey(ctx, input));

const checkTarget = (room: Room, ctx: Context, [name, qualifier]: readonly [string, string]): void => {
  try {
    findVersion(room, ctx, { name, qualifier: qualifier || undefined });
  } catch (error) {
    throw error instanceof ResourceNotFoundException ? notFound("The function doesn't exist.") : error;
  }
};

const existing = (room: Room, ctx: Context, input: Named): EventInvokeRecord => {
  const key = located(ctx, input);
  const record = room.eventInvokes.get(key);
  if (!record) {
    const arn = functionArn(ctx, key[0], key[1] || LATEST);
    throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
  }
  return record;
};

/** AWS: queues, topics, functions, event buses and, for failures, buckets; never the function itself. */
const checkDestinations = (
  { functions }: Pick<Room, "functions">,
  ctx: Context,
  { functionName }: EventInvokeRecord,
  config: Destinations,
): void => {
  for (const destination of [config.OnSuccess?.Destination, config.OnFailure?.Destination]) {
    if (!destination) continue;
    const { service, account, resource } = parseArn(destination) ?? { service: "", account: "", resource: "" };
    if (!DESTINATION_SERVICES.has(service)) {
      throw invalidValue(`The provided destination config ${destinationsText(config)} is invalid.`);
    }
    const [, target = ""] = resource.split(":");
    if (service !== "lambda" || account !== ctx.account) continue;
    if (target === functionName) throw invalidValue("You can't specify the function as a destination for itself.");
    if (!functions.has(target)) throw invalidValue(`The destination ARN ${destination} is invalid.`);
  }
};

const DESTINATION_SERVICES = new Set(["sqs", "sns", "lambda", "events", "s3"]);

/** As AWS's own code prints the structure. */
const destinationsText = ({ OnSuccess, OnFailure }: Destinations): string => {
  const shown = (name: string, part: Destinations["OnSuccess"]) =>
    part ? `${name}(destination=${part.Destination ?? null})` : null;
  return `DestinationConfig(onSuccess=${shown("OnSuccess", OnSuccess)}, onFailure=${shown("OnFailure", OnFailure)})`;
};

const save = (room: Room, ctx: Context, before: EventInvokeRecord, input: EventInvokeInput) => {
  const { OnSuccess, OnFailure } = input.DestinationConfig ?? {};
  checkDestinations(room, ctx, before, input.DestinationConfig ?? {});
  const record: EventInvokeRecord = {
    ...before,
    modifiedAt: room.clock.now(),
    ...(input.MaximumRetryAttempts === undefined ? {} : { maxRetries: input.MaximumRetryAttempts }),
    ...(input.MaximumEventAgeInSeconds === undefined ? {} : { maxAgeSeconds: input.MaximumEventAgeInSeconds }),
    ...(OnSuccess?.Destination === undefined ? {} : { onSuccess: OnSuccess.Destination }),
    ...(OnFailure?.Destination === undefined ? {} : { onFailure: OnFailure.Destination }),
  };
  room.eventInvokes.put([record.functionName, record.qualifier], record);
  return eventInvokeView(ctx, record);
};
