import { LimitExceededException } from "@aws-sdk/client-dynamodb";
import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidParameter, validationError } from "../errors.ts";
import { keepFilling } from "../filling.ts";
import { findNamedTable } from "../find.ts";
import { changedIndexes, checkIndexUpdates } from "../indexUpdates.ts";
import { keyAttributes } from "../items/keys.ts";
import type { IndexRecord, TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { keepSweeping } from "../sweep.ts";
import { readEncryption } from "../tableEncryption.ts";
import { boundedThroughput, readAttributes, readOnDemand, readThroughput } from "../tableInput.ts";
import { checkChangedStream, closeStream, newStream, openStream } from "../tableStream.ts";
import { encryptionView, tableView } from "../views.ts";
import { readWarm } from "../warmThroughput.ts";

export const updateTable =
  (room: Room): Operation<"UpdateTable"> =>
  async (ctx, input) => {
    checkBuilt(input);
    checkThroughput(input);
    const updates = input.GlobalSecondaryIndexUpdates ?? [];
    checkIndexUpdates(updates);
    checkChangedStream(input.StreamSpecification);
    findNamedTable(room, input.TableName);
    const encryption = await readEncryption(ctx, input.SSESpecification);
    const table = findNamedTable(room, input.TableName);
    if (input.BillingMode !== "PAY_PER_REQUEST") assertChanges(table, input);
    const settled = withEncryption(withSettings(table, input, room.clock.now()), input.SSESpecification, encryption);
    const changed = withStream(settled, input.StreamSpecification, room.clock.now());
    const given = readAttributes(input.AttributeDefinitions ?? []);
    const attributes = { ...given, ...table.attributes };
    if (updates.filter(({ Create, Delete }) => Create || Delete).length > 1) throw tooManyIndexes();
    room.sizes.atomically(() => {
      if (changed.stream !== table.stream) {
        closeStream(room, table);
        openStream(room, changed);
      }
      const indexes = changedIndexes(room, { ...changed, attributes }, updates, given);
      room.tables.put({ ...changed, attributes: usedAttributes(attributes, changed.key, indexes), indexes });
    });
    keepFilling(room, findNamedTable(room, input.TableName));
    keepSweeping(room);
    const now = findNamedTable(room, input.TableName);
    const warms = CAPACITIES.some((member) => input[member] !== undefined);
    const view = tableView(now, "UPDATING", (index) => room.sizes.of(now, index), warms);
    return { TableDescription: { ...view, ...changedEncryptionView(table, now) } };
  };

type Input = Parameters<ReturnType<typeof updateTable>>[1];

const NOT_BUILT = ["ReplicaUpdates", "GlobalTableWitnessUpdates", "MultiRegionConsistency"] as const;
const CAPACITIES = ["ProvisionedThroughput", "BillingMode", "GlobalSecondaryIndexUpdates", "WarmThroughput"] as const;
const CHANGES = [
  ...CAPACITIES,
  "StreamSpecification",
  "SSESpecification",
  "TableClass",
  "DeletionProtectionEnabled",
  "OnDemandThroughput",
] as const;

const checkBuilt = (input: Input): void => {
  for (const member of NOT_BUILT) {
    if (input[member] !== undefined) throw new NotImplemented(`dynamodb:UpdateTable ${member} (global tables)`);
  }
  const asks = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);
  if (CHANGES.some((member) => asks(input[member]))) return;
  throw validationError(
    "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required",
  );
};

/** AWS: this much is said before the table is looked for. */
const checkThroughput = ({ BillingMode, ProvisionedThroughput: given }: Input): void => {
  if (BillingMode === "PROVISIONED" && !given)
    throw invalidParameter("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  if (given) boundedThroughput(given);
};

/** AWS refuses a change of capacity that changes none. */
const assertChanges = (table: TableRecord, { ProvisionedThroughput: given }: Input): void => {
  const { read, write } = table.throughput;
  if (table.billingMode !== "PROVISIONED" || given?.ReadCapacityUnits !== read || given.WriteCapacityUnits !== write)
    return;
  throw validationError(
    `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${read}. Requested ReadCapacityUnits: ${read}. Current WriteCapacityUnits provisioned for the table: ${write}. Requested WriteCapacityUnits: ${write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
  );
};

const withSettings = (table: TableRecord, input: Input, now: number): TableRecord => {
  const billingMode = input.BillingMode ?? table.billingMode;
  const given = input.ProvisionedThroughput;
  const switched = billingMode !== table.billingMode;
  const throughput = given || switched ? readThroughput(billingMode, given) : table.throughput;
  return {
    ...table,
    billingMode,
    throughput,
    ...(switched && billingMode === "PAY_PER_REQUEST" ? { billingModeChangedAt: now } : {}),
    ...(switched && billingMode === "PROVISIONED" && table.billingModeChangedAt === undefined
      ? { billingModeChangedAt: table.createdAt }
      : {}),
    deletionProtection: input.DeletionProtectionEnabled ?? table.deletionProtection,
    ...(input.TableClass ? { tableClass: input.TableClass } : {}),
    ...(input.OnDemandThroughput ? { onDemandThroughput: readOnDemand(input.OnDemandThroughput) } : {}),
    ...(input.WarmThroughput ? { warmThroughput: readWarm(input.WarmThroughput, { billingMode, throughput }) } : {}),
  };
};

const withEncryption = (
  table: TableRecord,
  given: Input["SSESpecification"],
  encryption: TableRecord["encryption"],
): TableRecord => {
  if (!given) return table;
  const { encryption: _before, ...rest } = table;
  return encryption ? { ...rest, encryption } : rest;
};

/** AWS: a key that is set, changed or taken away is told of as on its way. */
const changedEncryptionView = ({ encryption: before }: TableRecord, { encryption: after }: TableRecord) => {
  const shown = after ?? before;
  return shown === undefined || after?.kmsKeyArn === before?.kmsKeyArn
    ? {}
    : { SSEDescription: encryptionView(shown, "UPDATING") };
};

const withStream = (table: TableRecord, specification: Input["StreamSpecification"], now: number): TableRecord => {
  if (!specification) return table;
  if (specification.StreamEnabled && table.stream)
    throw validationError(`Table already has an enabled stream: TableName: ${table.name}`);
  if (!specification.StreamEnabled && !table.stream)
    throw validationError(`Table has no stream to disable: TableName: ${table.name}`);
  const { stream: _stream, ...rest } = table;
  return specification.StreamEnabled
    ? { ...rest, stream: newStream(table.arn, now, specification.StreamViewType) }
    : rest;
};

const tooManyIndexes = () =>
  new LimitExceededException({
    message: "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    $metadata: {},
  });

/** AWS keeps definitions only of attributes that are keys of something. */
const usedAttributes = (
  attributes: TableRecord["attributes"],
  key: TableRecord["key"],
  indexes: readonly IndexRecord[],
) => {
  const used = new Set(
    [key, ...indexes.map((index) => index.key)].flatMap((each) => keyAttributes(each).map(({ name }) => name)),
  );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => used.has(name)));
};
