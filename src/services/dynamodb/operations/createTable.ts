import { NotImplemented } from "../../../kernel/errors.ts";
import { tableExists, validationError } from "../errors.ts";
import { checkName } from "../find.ts";
import { readPolicy, revisionAfter } from "../policy.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { keepSweeping } from "../sweep.ts";
import { readEncryption } from "../tableEncryption.ts";
import { readOnDemand, readTableInput, type TableInput } from "../tableInput.ts";
import { checkNewStream, newStream, openStream } from "../tableStream.ts";
import { readTags, taggedTable } from "../tagInput.ts";
import { EMPTY, tableView } from "../views.ts";
import { readWarm } from "../warmThroughput.ts";

export const createTable =
  (room: Room): Operation<"CreateTable"> =>
  async (ctx, input) => {
    const { tables, clock, ids } = room;
    if (input.GlobalTableSourceArn) throw new NotImplemented("CreateTable of a replica (GlobalTableSourceArn)");
    checkName(input.TableName);
    checkKeyCount("keySchema", input.KeySchema);
    for (const [at, { KeySchema }] of (input.LocalSecondaryIndexes ?? []).entries())
      checkKeyCount(`localSecondaryIndexes.${at + 1}.member.keySchema`, KeySchema);
    const read = readTableInput(withKeys(input));
    checkNewStream(input.StreamSpecification);
    const now = clock.now();
    const arn = ctx.arn(`table/${input.TableName}`);
    const encryption = await readEncryption(ctx, input.SSESpecification);
    // Another one may have been made while the key was looked at.
    if (tables.get(input.TableName)) throw tableExists(input.TableName);
    const tags = readTags(input.Tags ?? []);
    const table: TableRecord = {
      ...read,
      name: input.TableName,
      id: ids.uuid(),
      arn,
      createdAt: now,
      ...(input.StreamSpecification?.StreamEnabled
        ? { stream: newStream(arn, now, input.StreamSpecification.StreamViewType) }
        : {}),
      ...(encryption ? { encryption } : {}),
      ...(input.OnDemandThroughput ? { onDemandThroughput: readOnDemand(input.OnDemandThroughput) } : {}),
      ...(input.WarmThroughput ? { warmThroughput: readWarm(input.WarmThroughput, read) } : {}),
      ...(input.TableClass ? { tableClass: input.TableClass } : {}),
      deletionProtection: input.DeletionProtectionEnabled ?? false,
      pointInTimeRecovery: false,
      tags: [],
      ...(input.ResourcePolicy
        ? { resourcePolicy: { document: input.ResourcePolicy, revisionId: revisionAfter(undefined, now) } }
        : {}),
    };
    if (input.ResourcePolicy) readPolicy(input.ResourcePolicy);
    room.records.atomically(() => {
      openStream(room, table);
      tables.put(taggedTable(table, tags));
    });
    keepSweeping(room);
    // The table works from now on; AWS's answer still says that it is on its way.
    return { TableDescription: newTableView(table) };
  };

/** AWS: this first answer tells neither since when a table is on demand, nor how warm it is unless it was told. */
const newTableView = (table: TableRecord) => {
  const { WarmThroughput, BillingModeSummary, GlobalSecondaryIndexes, ...view } = tableView(
    table,
    "CREATING",
    () => EMPTY,
  );
  const indexes = GlobalSecondaryIndexes?.map(({ WarmThroughput: warm, ...index }) =>
    table.indexes.some(({ name, warmThroughput }) => name === index.IndexName && warmThroughput)
      ? { ...index, WarmThroughput: warm }
      : index,
  );
  return {
    ...view,
    ...(BillingModeSummary ? { BillingModeSummary: { BillingMode: BillingModeSummary.BillingMode } } : {}),
    ...(table.warmThroughput ? { WarmThroughput } : {}),
    ...(indexes ? { GlobalSecondaryIndexes: indexes } : {}),
  };
};

type Input = Parameters<ReturnType<typeof createTable>>[1];

const MAX_TABLE_KEY_ATTRIBUTES = 2;

/** AWS: said of a table and its local indexes before anything else of a key; the model's own bound is that of a global index. */
const checkKeyCount = (member: string, elements: Input["KeySchema"] = []): void => {
  if (elements.length <= MAX_TABLE_KEY_ATTRIBUTES) return;
  const shown = elements.map(
    ({ AttributeName, KeyType }) => `KeySchemaElement(attributeName=${AttributeName}, keyType=${KeyType})`,
  );
  throw validationError(
    `1 validation error detected: Value '[${shown.join(", ")}]' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${MAX_TABLE_KEY_ATTRIBUTES}`,
  );
};

/** AWS: a table of its own must say these, though its model asks for neither. */
const withKeys = (input: Input): TableInput => {
  const { AttributeDefinitions, KeySchema } = input;
  if (AttributeDefinitions && KeySchema) return { ...input, AttributeDefinitions, KeySchema };
  const missing = [AttributeDefinitions ? [] : ["attributeDefinitions"], KeySchema ? [] : ["keySchema"]].flat();
  const faults = missing.map((name) => `Value null at '${name}' failed to satisfy constraint: Member must not be null`);
  throw validationError(
    `${faults.length} validation error${faults.length > 1 ? "s" : ""} detected: ${faults.join("; ")}`,
  );
};
