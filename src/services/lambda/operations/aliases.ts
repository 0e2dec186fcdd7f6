import type { Context } from "../../../kernel/context.ts";
import { conflict, invalidValue, notFound, revisionMismatch, untypedInvalidValue } from "../errors.ts";
import { findAlias, findFunction, findVersion, functionArn, functionReference } from "../find.ts";
import { page } from "../paging.ts";
import { applyProvisioned } from "../provisioned.ts";
import { type AliasRecord, LATEST } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { aliasView } from "../views.ts";

interface Routing {
  readonly AdditionalVersionWeights?: Readonly<Record<string, number>> | undefined;
}

export const createAlias =
  (room: Room): Operation<"CreateAlias"> =>
  async (ctx, input) => {
    const { name } = functionReference(ctx, input.FunctionName);
    findVersion(room, ctx, { name, qualifier: input.FunctionVersion });
    if (room.aliases.has([name, input.Name]))
      throw conflict(`Alias already exists: ${functionArn(ctx, name, input.Name)}`);
    const alias: AliasRecord = {
      functionName: name,
      name: input.Name,
      description: input.Description ?? "",
      version: input.FunctionVersion,
      weights: checkedWeights(room, ctx, name, input.FunctionVersion, input.RoutingConfig),
      revisionId: room.ids.uuid(),
    };
    room.aliases.put([name, alias.name], alias);
    return aliasView(ctx, alias);
  };

export const getAlias =
  (room: Room): Operation<"GetAlias"> =>
  async (ctx, input) =>
    aliasView(ctx, findAlias(room, ctx, input.FunctionName, input.Name));

export const updateAlias =
  (room: Room): Operation<"UpdateAlias"> =>
  async (ctx, input) => {
    const { name } = findFunction(room, ctx, input.FunctionName);
    const before = room.aliases.get([name, input.Name]);
    // AWS: UpdateAlias says it in words of its own.
    if (!before) throw notFound(`Alias not found: ${functionArn(ctx, name, input.Name)}`);
    if (input.RevisionId !== undefined && input.RevisionId !== before.revisionId)
      throw revisionMismatch("GetFunction/GetAlias");
    const version = input.FunctionVersion ?? before.version;
    findVersion(room, ctx, { name: before.functionName, qualifier: version });
    const alias: AliasRecord = {
      ...before,
      description: input.Description ?? before.description,
      version,
      weights: input.RoutingConfig
        ? checkedWeights(room, ctx, before.functionName, version, input.RoutingConfig)
        : before.weights,
      revisionId: room.ids.uuid(),
    };
    room.aliases.put([alias.functionName, alias.name], alias);
    applyProvisioned(room, alias.functionName);
    return aliasView(ctx, alias);
  };

export const deleteAlias =
  (room: Room): Operation<"DeleteAlias"> =>
  async (ctx, input) => {
    const { name } = findFunction(room, ctx, input.FunctionName);
    // AWS: an alias that is not there is deleted all the same.
    room.records.atomically(() => {
      room.aliases.delete([name, input.Name]);
      room.policies.delete([name, input.Name]);
      room.eventInvokes.delete([name, input.Name]);
      room.urls.delete([name, input.Name]);
      room.provisioned.delete([name, input.Name]);
    });
    applyProvisioned(room, name);
    return {};
  };

export const listAliases =
  (room: Room): Operation<"ListAliases"> =>
  async (ctx, input) => {
    const { name } = findFunction(room, ctx, input.FunctionName);
    const all = [...room.aliases.range({ prefix: [name] })]
      .map(({ value }) => value)
      .filter(({ version }) => input.FunctionVersion === undefined || version === input.FunctionVersion);
    const { items, next } = page(all, (alias) => alias.name, input);
    return { Aliases: items.map((alias) => aliasView(ctx, alias)), ...next };
  };

const checkedWeights = (
  room: Room,
  ctx: Context,
  name: string,
  version: string,
  routing: Routing | undefined,
): Record<string, number> => {
  const weights = { ...routing?.AdditionalVersionWeights };
  const others = Object.keys(weights);
  if (others.length === 0) return {};
  if (others.length > 1) throw invalidValue("Number of items in AdditionalVersionWeights cannot be greater than 1");
  if (version === LATEST)
    throw untypedInvalidValue("$LATEST is not supported for an alias pointing to more than 1 version");
  for (const other of others) {
    if (other === version)
      throw invalidValue(
        `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
      );
    findVersion(room, ctx, { name, qualifier: other });
  }
  return weights;
};
