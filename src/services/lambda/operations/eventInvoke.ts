import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../errors.ts";
import { findFunction, findVersion, functionArn, functionReference } from "../find.ts";
import { DEFAULT_LIST_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import { type EventInvokeRecord, LATEST } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { eventInvokeView } from "../views.ts";

interface EventInvokeInput {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?:
    | {
        readonly OnSuccess?: { readonly Destination?: string | undefined } | undefined;
        readonly OnFailure?: { readonly Destination?: string | undefined } | undefined;
      }
    | undefined;
}

export const putFunctionEventInvokeConfig =
  (room: Room): Operation<"PutFunctionEventInvokeConfig"> =>
  async (ctx, input) => {
    const { key } = located(room, ctx, input);
    return save(room, ctx, { functionName: key[0], qualifier: key[1], modifiedAt: room.clock.now() }, input);
  };

export const updateFunctionEventInvokeConfig =
  (room: Room): Operation<"UpdateFunctionEventInvokeConfig"> =>
  async (ctx, input) =>
    save(room, ctx, existing(room, ctx, input), input);

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
    const { name } = findFunction(room, ctx, input.FunctionName);
    const all = [...room.eventInvokes.range({ prefix: [name] })].map(({ value }) => value);
    const { items, nextMarker } = page(
      all,
      ({ qualifier }) => qualifier,
      input.Marker,
      input.MaxItems ?? DEFAULT_LIST_SIZE,
    );
    return {
      FunctionEventInvokeConfigs: items.map((record) => eventInvokeView(ctx, record)),
      ...(nextMarker ? { NextMarker: nextMarker } : {}),
    };
  };

interface Named {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

/** The configuration's key; `$LATEST` and the function itself are the same. */
const located = (room: Room, ctx: Context, input: Named): { readonly key: readonly [string, string] } => {
  const { name, qualifier } = functionReference(input.FunctionName, input.Qualifier);
  findVersion(room, ctx, { name, qualifier });
  return { key: [name, qualifier === undefined || qualifier === LATEST ? "" : qualifier] };
};

const existing = (room: Room, ctx: Context, input: Named): EventInvokeRecord => {
  const { key } = located(room, ctx, input);
  const record = room.eventInvokes.get(key);
  if (!record) {
    const arn = functionArn(ctx, key[0], key[1] || LATEST);
    throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
  }
  return record;
};

const save = (room: Room, ctx: Context, before: EventInvokeRecord, input: EventInvokeInput) => {
  const { OnSuccess, OnFailure } = input.DestinationConfig ?? {};
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
