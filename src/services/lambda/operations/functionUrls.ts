import type { Context } from "../../../kernel/context.ts";
import { conflict, noSuchResource, notFound } from "../errors.ts";
import { functionArn, functionReference, type Named, qualifiedKey } from "../find.ts";
import { page } from "../paging.ts";
import type { UrlRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { urlView } from "../views.ts";

const URL_ID_LENGTH = 32;

/** AWS: the answers of a change tell how it is invoked when the change did. */
export const createFunctionUrlConfig =
  (room: Room): Operation<"CreateFunctionUrlConfig"> =>
  async (ctx, input) => {
    const key = qualifiedKey(ctx, input);
    checkTarget(room, key);
    if (room.urls.has(key)) {
      throw conflict(
        `Failed to create function url config for [functionArn = ${functionArn(ctx, key[0], key[1] || undefined)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      );
    }
    const now = room.clock.now();
    const url: UrlRecord = {
      functionName: key[0],
      qualifier: key[1],
      urlId: room.ids.lower(URL_ID_LENGTH),
      authType: input.AuthType,
      invokeMode: input.InvokeMode ?? "BUFFERED",
      ...(input.Cors ? { cors: input.Cors } : {}),
      createdAt: now,
      modifiedAt: now,
    };
    room.urls.put(key, url);
    return { ...urlView(room, ctx, url), InvokeMode: input.InvokeMode };
  };

export const getFunctionUrlConfig =
  (room: Room): Operation<"GetFunctionUrlConfig"> =>
  async (ctx, input) =>
    urlView(room, ctx, existing(room, ctx, input));

export const updateFunctionUrlConfig =
  (room: Room): Operation<"UpdateFunctionUrlConfig"> =>
  async (ctx, input) => {
    checkTarget(room, qualifiedKey(ctx, input));
    const before = existing(room, ctx, input);
    const url: UrlRecord = {
      ...before,
      authType: input.AuthType ?? before.authType,
      invokeMode: input.InvokeMode ?? before.invokeMode,
      ...(input.Cors ? { cors: input.Cors } : {}),
      modifiedAt: room.clock.now(),
    };
    room.urls.put([url.functionName, url.qualifier], url);
    const { invokeMode } = url;
    return { ...urlView(room, ctx, url), InvokeMode: invokeMode === "BUFFERED" ? input.InvokeMode : invokeMode };
  };

export const deleteFunctionUrlConfig =
  (room: Room): Operation<"DeleteFunctionUrlConfig"> =>
  async (ctx, input) => {
    const { functionName, qualifier } = existing(room, ctx, input);
    room.urls.delete([functionName, qualifier]);
    return {};
  };

export const listFunctionUrlConfigs =
  (room: Room): Operation<"ListFunctionUrlConfigs"> =>
  async (ctx, input) => {
    const { name } = functionReference(ctx, input.FunctionName);
    checkTarget(room, [name, ""]);
    const all = [...room.urls.range({ prefix: [name] })].map(({ value }) => value);
    const { items, next } = page(all, ({ qualifier }) => qualifier, input);
    return {
      FunctionUrlConfigs: items.map((url) => urlView(room, ctx, url)),
      ...next,
    };
  };

const checkTarget = (room: Room, [name, alias]: readonly [string, string]): void => {
  if (!room.functions.has(name) || (alias && !room.aliases.has([name, alias]))) {
    throw notFound("Function does not exist");
  }
};

const existing = (room: Room, ctx: Context, input: Named): UrlRecord => {
  const url = room.urls.get(qualifiedKey(ctx, input));
  if (!url) throw noSuchResource();
  return url;
};
