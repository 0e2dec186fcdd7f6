import type { Context } from "../../../kernel/context.ts";
import { conflict, invalidValue, provisionedNotFound, untypedInvalidValue } from "../errors.ts";
import { findFunction, findQualified, functionArn, functionReference, type Named } from "../find.ts";
import { ACCOUNT_CONCURRENCY, MIN_UNRESERVED_CONCURRENCY } from "../limits.ts";
import { page } from "../paging.ts";
import { applyProvisioned, versionOf } from "../provisioned.ts";
import { LATEST, type ProvisionedRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lambdaTime } from "../views.ts";

export const putProvisionedConcurrencyConfig =
  (room: Room): Operation<"PutProvisionedConcurrencyConfig"> =>
  async (ctx, input) => {
    const { name, qualifier } = functionReference(ctx, input.FunctionName, input.Qualifier);
    const requested = input.ProvisionedConcurrentExecutions;
    if (qualifier === undefined || qualifier === LATEST) {
      throw invalidValue("Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    }
    const { record, version, alias } = findQualified(room, ctx, { name, qualifier });
    if (alias?.version === LATEST) {
      throw invalidValue("Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    }
    if (Object.keys(alias?.weights ?? {}).length > 0) {
      throw invalidValue("Alias with weights can not be used with Provisioned Concurrency");
    }
    checkOverlap(room, name, version.version, alias?.name);
    checkRoom(room, record.reservedConcurrency, requested, name, qualifier);
    const config: ProvisionedRecord = { functionName: name, qualifier, requested, modifiedAt: room.clock.now() };
    room.provisioned.put([name, qualifier], config);
    applyProvisioned(room, name);
    return {
      RequestedProvisionedConcurrentExecutions: requested,
      AvailableProvisionedConcurrentExecutions: 0,
      AllocatedProvisionedConcurrentExecutions: 0,
      Status: "IN_PROGRESS",
      LastModified: lambdaTime(config.modifiedAt),
    };
  };

export const getProvisionedConcurrencyConfig =
  (room: Room): Operation<"GetProvisionedConcurrencyConfig"> =>
  async (ctx, input) =>
    view(room, existing(room, ctx, input));

export const deleteProvisionedConcurrencyConfig =
  (room: Room): Operation<"DeleteProvisionedConcurrencyConfig"> =>
  async (ctx, input) => {
    const { name, qualifier } = published(room, ctx, input);
    // AWS: one that is not there is deleted all the same.
    room.provisioned.delete([name, qualifier]);
    applyProvisioned(room, name);
    return {};
  };

export const listProvisionedConcurrencyConfigs =
  (room: Room): Operation<"ListProvisionedConcurrencyConfigs"> =>
  async (ctx, input) => {
    const { name } = findFunction(room, ctx, input.FunctionName);
    const all = [...room.provisioned.range({ prefix: [name] })].map(({ value }) => value);
    const { items, next } = page(all, ({ qualifier }) => qualifier, input);
    return {
      ProvisionedConcurrencyConfigs: items.map((config) => ({
        FunctionArn: functionArn(ctx, name, config.qualifier),
        ...view(room, config),
      })),
      ...next,
    };
  };

/** AWS: a version is provisioned by itself or by an alias, never by both. */
const checkOverlap = (room: Room, name: string, version: string, alias: string | undefined): void => {
  const others = [...room.provisioned.range({ prefix: [name] })].map(({ value }) => value.qualifier);
  if (alias !== undefined && others.includes(version)) {
    throw conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
  }
  if (alias === undefined && others.some((other) => room.aliases.get([name, other])?.version === version)) {
    throw conflict("Version is pointed by a Provisioned Concurrency alias");
  }
};

/** AWS: provisioned environments come out of what the function has reserved, or else of what the account has left. */
const checkRoom = (
  room: Room,
  reserved: number | undefined,
  requested: number,
  name: string,
  qualifier: string,
): void => {
  let others = 0;
  for (const { value } of room.provisioned.range(reserved === undefined ? {} : { prefix: [name] })) {
    if (value.functionName !== name || value.qualifier !== qualifier) others += value.requested;
  }
  if (reserved !== undefined && others + requested > reserved) {
    throw invalidValue(
      "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
    );
  }
  const unreserved = ACCOUNT_CONCURRENCY - room.reserved.total();
  if (reserved === undefined && others + requested > unreserved) {
    throw untypedInvalidValue(
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${unreserved}].`,
    );
  }
  if (reserved === undefined && unreserved - others - requested < MIN_UNRESERVED_CONCURRENCY) {
    throw untypedInvalidValue(
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MIN_UNRESERVED_CONCURRENCY}].`,
    );
  }
};

/** The alias or published version that a call names. */
const published = (room: Room, ctx: Context, input: Named) => {
  const { name, qualifier } = functionReference(ctx, input.FunctionName, input.Qualifier);
  if (qualifier === undefined || qualifier === LATEST) {
    throw invalidValue("The function resource provided must be an alias or a published version.");
  }
  findQualified(room, ctx, { name, qualifier });
  return { name, qualifier };
};

const existing = (room: Room, ctx: Context, input: Named): ProvisionedRecord => {
  const { name, qualifier } = published(room, ctx, input);
  const config = room.provisioned.get([name, qualifier]);
  if (!config) throw provisionedNotFound();
  return config;
};

const view = (room: Room, config: ProvisionedRecord) => {
  const found = versionOf(room, config);
  const state = found && room.engine.provisioned(room.specs.of(found.record, found.version));
  const allocated = Math.min(state?.allocated ?? 0, config.requested);
  return {
    RequestedProvisionedConcurrentExecutions: config.requested,
    AvailableProvisionedConcurrentExecutions: Math.min(state?.available ?? 0, config.requested),
    AllocatedProvisionedConcurrentExecutions: allocated,
    ...(state?.failure && allocated < config.requested
      ? { Status: "FAILED" as const, StatusReason: "FUNCTION_ERROR_INIT_FAILURE" }
      : { Status: allocated >= config.requested ? ("READY" as const) : ("IN_PROGRESS" as const) }),
    LastModified: lambdaTime(config.modifiedAt),
  };
};
