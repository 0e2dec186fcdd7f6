import type { Physical, ResourceRecord } from "../../../engines/stack/model.ts";
import type { Driver } from "../../../engines/stack/ports.ts";
import type { Context } from "../../../kernel/context.ts";
import { AwsError, errorCode, errorMessage, known, NotImplemented } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceType } from "../../../kernel/resource.ts";
import { unbuiltIn } from "../definition/resourceCheck.ts";
import { validationError } from "../errors.ts";
import type { StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { propertyChanges, replacementOf, sameJson } from "../schema/diff.ts";
import { identifierOf } from "../schema/identifier.ts";
import { loadSchema } from "../schema/load.ts";
import { withDynamicValues } from "../template/dynamicReferences.ts";
import { aliasPolicy, shiftAlias } from "./aliasDeployment.ts";
import { awaitSignals, signalsWanted } from "./creationSignals.ts";
import { dynamicValues } from "./dynamicValues.ts";
import { withLocalValues } from "./localValues.ts";
import { physicalName } from "./physicalName.ts";
import { shiftOf } from "./shifts.ts";
import { spokenCall } from "./spokenCall.ts";
import { systemTags } from "./systemTags.ts";

/** What a stack's driver works with. */
export interface DriverParts {
  readonly room: Room;
  readonly stack: Pick<StackRecord, "stackId" | "stackName">;
  /** As the stack's principal. */
  readonly ctx: Context;
  readonly tags: Readonly<Record<string, string>>;
  readonly isGoingBack: () => boolean;
  readonly find: (type: string) => Promise<ResourceType | undefined>;
  /** A resource's CreationPolicy with its functions evaluated; undefined when it has none. */
  readonly creationPolicy: (logicalId: string) => JsonObject | undefined;
  /** A resource's UpdatePolicy with its functions evaluated; undefined when it has none, or when going back. */
  readonly updatePolicy: (logicalId: string) => JsonObject | undefined;
}

/** Drives resources through their types, as the stack's principal. */
export const stackDriver = (parts: DriverParts): Driver => {
  const typeOf = async (name: string) => known(await parts.find(name), `the resource type ${name}`);
  return {
    create: async (record, made, signal) => {
      const type = await typeOf(record.type);
      const desired = await fetched(parts, record);
      const state = await type.create(resourceContext(parts, record, signal, made), desired);
      const wanted = signalsWanted(parts.creationPolicy(record.logicalId));
      if (wanted === undefined) return state;
      made(state.physicalId);
      await awaitSignals(parts.room, record.token, wanted, signal);
      return state;
    },
    adopt: async (record, thing, signal) => {
      const type = await typeOf(record.type);
      const physicalId = await identifierOf(record.type, thing);
      const ctx = resourceContext(parts, record, signal);
      const found = await type.read?.(ctx, physicalId, { ...record.properties, ...thing });
      if (found === undefined) {
        throw validationError(`Resource of type '${record.type}' with identifier '${physicalId}' was not found.`);
      }
      type.adopted?.(ctx, found.physicalId);
      return { physicalId: found.physicalId, attributes: found.attributes };
    },
    letGo: async (record, signal) => {
      const { physicalId } = record;
      if (physicalId === undefined) return;
      (await typeOf(record.type)).released?.(resourceContext(parts, record, signal), physicalId);
    },
    update: async (record, before, signal) => {
      const type = await typeOf(record.type);
      const desired = await fetched(parts, record);
      const update = known(type.update, `an update of ${record.type}`);
      const ctx = resourceContext(parts, record, signal);
      const policy = aliasPolicy(record.type, parts.updatePolicy(record.logicalId));
      if (policy !== undefined && desired["FunctionVersion"] !== before.properties["FunctionVersion"]) {
        const shift = shiftOf(parts.room, parts.stack.stackId, record.logicalId);
        await shiftAlias(ctx, policy, before.properties, { ...record, properties: desired }, shift);
      }
      return update.call(type, ctx, before, desired);
    },
    delete: async (logicalId, gone, signal) => {
      const type = await typeOf(gone.type);
      await type.delete(resourceContext(parts, { type: gone.type, logicalId, token: tokenOf(gone) }, signal), gone);
    },
    change: (logicalId, before, after) => changeOf(parts, logicalId, before, after),
    reasonOf: (error) => reasonOf(error, parts.room),
  };
};

/** Whether a resource stays, changes or is made anew, by its type's schema. */
const changeOf = async (
  parts: DriverParts,
  logicalId: string,
  { type: typeName, properties: before, ...current }: Physical,
  after: JsonObject,
): Promise<"none" | "update" | "replace"> => {
  const type = await parts.find(typeName);
  if (sameJson(before, after)) {
    const around = resourceContext(parts, { type: typeName, logicalId, token: current.physicalId }, parts.ctx.signal);
    return (await type?.isStale?.(around, { ...current, properties: before })) ? "update" : "none";
  }
  const schema = await loadSchema(typeName);
  const changes = schema === undefined ? [] : propertyChanges(schema, before, after);
  return replacementOf(changes) === "True" || type?.update === undefined ? "replace" : "update";
};

/** Properties as the resource gets them: secrets fetched, and addresses in environments leading to what is here. */
const fetched = async ({ ctx, room, find }: DriverParts, { type, properties }: ResourceRecord): Promise<JsonObject> => {
  const unbuilt = unbuiltIn(await find(type), properties);
  if (unbuilt !== undefined) throw new NotImplemented(`${type} ${unbuilt.name}`);
  const whole = await withDynamicValues(properties, dynamicValues(ctx));
  return withLocalValues(type, isJsonObject(whole) ? whole : {}, room.deps.localAddress);
};

/** Deletion has no retries that need a token of its own. */
const tokenOf = ({ physicalId }: Physical): string => physicalId;

/** What a resource's type works with. */
export const resourceContext = (
  {
    room,
    stack,
    ctx,
    tags,
    isGoingBack = () => false,
  }: Pick<DriverParts, "room" | "stack" | "ctx" | "tags"> & Partial<Pick<DriverParts, "isGoingBack">>,
  { type, logicalId, token }: Pick<ResourceRecord, "type" | "logicalId" | "token">,
  signal: AbortSignal,
  made: (physicalId: string) => void = () => {},
): ResourceContext => ({
  account: room.account,
  region: room.region,
  partition: room.partition,
  stackId: stack.stackId,
  stackName: stack.stackName,
  logicalId,
  tags: { ...tags, ...systemTags(stack, { type, logicalId }) },
  isGoingBack: isGoingBack(),
  signal,
  call: spokenCall(ctx.call),
  callIn: (region) => spokenCall(ctx.in(region).call),
  physicalName: (options) => physicalName(stack.stackName, logicalId, token, options),
  clientToken: tokenAsUuid(token),
  newToken: room.ids.uuid,
  made,
  sleep: (ms) => room.clock.sleep(ms, signal),
});

/** A token in the form of a UUID, which every `ClientToken` member takes. */
const tokenAsUuid = (token: string): string => {
  const hex = Buffer.from(token.padEnd(16, "0")).toString("hex").slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

/** What went wrong, as AWS's events say it: the service's own message, within the handler's sentence. */
const reasonOf = (error: unknown, { ids }: Room): string => {
  if (error instanceof AwsError && error.code === "ValidationError") return error.message;
  return `Resource handler returned message: "${errorMessage(error)}" (RequestToken: ${ids.uuid()}, HandlerErrorCode: ${handlerCode(error)})`;
};

const HANDLER_CODES: readonly (readonly [RegExp, string])[] = [
  [/AccessDenied|NotAuthorized|Unauthorized|Forbidden/i, "AccessDenied"],
  [/AlreadyExists|EntityAlreadyExists|ResourceExists|ResourceInUse|ConflictException|BucketAlready/i, "AlreadyExists"],
  [/NotFound|NoSuch|DoesNotExist|NonExistent/i, "NotFound"],
  [/LimitExceeded|TooMany/i, "ServiceLimitExceeded"],
  [/Throttl/i, "Throttling"],
  [/^NotStabilized$/, "NotStabilized"],
  [/Validation|Invalid|Malformed|BadRequest/i, "InvalidRequest"],
];

const handlerCode = (error: unknown): string =>
  HANDLER_CODES.find(([pattern]) => pattern.test(errorCode(error)))?.[1] ?? "GeneralServiceException";
