import { invalidValue } from "../errors.ts";
import { findFunction, findVersion, functionArn, functionReference } from "../find.ts";
import { LATEST } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { runtimeVersionArn } from "../views.ts";

/** Whether a function runs on in a loop through functions, queues, topics and buckets. */
export const putFunctionRecursionConfig =
  (room: Room): Operation<"PutFunctionRecursionConfig"> =>
  async (ctx, input) => {
    const record = findFunction(room, ctx, input.FunctionName);
    room.functions.put(record.name, { ...record, recursiveLoop: input.RecursiveLoop });
    return { RecursiveLoop: input.RecursiveLoop };
  };

export const getFunctionRecursionConfig =
  (room: Room): Operation<"GetFunctionRecursionConfig"> =>
  async (ctx, input) => ({
    RecursiveLoop: findFunction(room, ctx, input.FunctionName).recursiveLoop ?? "Terminate",
  });

/** Kept and shown. Differs: a runtime's version is that of the machine's interpreter, whichever is asked for. */
export const putRuntimeManagementConfig =
  (room: Room): Operation<"PutRuntimeManagementConfig"> =>
  async (ctx, input) => {
    const { UpdateRuntimeOn: on, RuntimeVersionArn: arn } = input;
    if (on === "Manual" && arn === undefined) {
      throw invalidValue("You must specify a RuntimeVersionArn when UpdateRuntimeOn is set to Manual.");
    }
    if (on !== "Manual" && arn !== undefined) {
      throw invalidValue("RuntimeVersionArn can only be specified when UpdateRuntimeOn is set to Manual.");
    }
    const { record, version, qualifier } = versionOf(room, ctx, input);
    const runtimeUpdates = {
      ...record.runtimeUpdates,
      [version.version]: { on, ...(arn === undefined ? {} : { arn }) },
    };
    room.functions.put(record.name, { ...record, runtimeUpdates });
    return {
      UpdateRuntimeOn: on,
      FunctionArn: functionArn(ctx, record.name, qualifier),
      ...(arn === undefined ? {} : { RuntimeVersionArn: arn }),
    };
  };

export const getRuntimeManagementConfig =
  (room: Room): Operation<"GetRuntimeManagementConfig"> =>
  async (ctx, input) => {
    const { record, version, qualifier } = versionOf(room, ctx, input);
    const { on, arn } = record.runtimeUpdates?.[version.version] ?? { on: "Auto" as const };
    return {
      UpdateRuntimeOn: on,
      FunctionArn: functionArn(ctx, record.name, qualifier),
      ...(on === "Auto" ? {} : { RuntimeVersionArn: arn ?? runtimeVersionArn(ctx, version) }),
    };
  };

const versionOf = (
  room: Room,
  ctx: Parameters<typeof findVersion>[1],
  input: { readonly FunctionName: string; readonly Qualifier?: string | undefined },
) => {
  const { name, qualifier = LATEST } = functionReference(ctx, input.FunctionName, input.Qualifier);
  return { ...findVersion(room, ctx, { name, qualifier }), qualifier };
};
