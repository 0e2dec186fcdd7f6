import { NotImplemented } from "../../../kernel/errors.ts";
import { tableExists } from "../errors.ts";
import { readPolicy } from "../policy.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { keepSweeping } from "../sweep.ts";
import { readOnDemand, readTableInput, readWarm } from "../tableInput.ts";
import { newStream, openStream } from "../tableStream.ts";
import { EMPTY, tableView } from "../views.ts";

export const createTable =
  (room: Room): Operation<"CreateTable"> =>
  async (ctx, input) => {
    const { tables, clock, ids } = room;
    if (!input.AttributeDefinitions || !input.KeySchema)
      throw new NotImplemented("CreateTable of a replica (GlobalTableSourceArn)");
    const read = readTableInput({
      ...input,
      AttributeDefinitions: input.AttributeDefinitions,
      KeySchema: input.KeySchema,
    });
    if (tables.get(input.TableName)) throw tableExists(input.TableName);
    const now = clock.now();
    const arn = ctx.arn(`table/${input.TableName}`);
    const kmsKeyArn =
      input.SSESpecification?.KMSMasterKeyId ??
      `arn:${ctx.partition}:kms:${ctx.region}:${ctx.account}:alias/aws/dynamodb`;
    const table: TableRecord = {
      ...read,
      name: input.TableName,
      id: ids.uuid(),
      arn,
      createdAt: now,
      ...(input.StreamSpecification?.StreamEnabled
        ? { stream: newStream(arn, now, input.StreamSpecification.StreamViewType) }
        : {}),
      ...(input.SSESpecification?.Enabled ? { encryption: { kmsKeyArn, type: "KMS" } } : {}),
      ...(input.OnDemandThroughput ? { onDemandThroughput: readOnDemand(input.OnDemandThroughput) } : {}),
      ...(input.WarmThroughput ? { warmThroughput: readWarm(input.WarmThroughput) } : {}),
      ...(input.TableClass ? { tableClass: input.TableClass } : {}),
      deletionProtection: input.DeletionProtectionEnabled ?? false,
      pointInTimeRecovery: false,
      tags: (input.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
      ...(input.ResourcePolicy ? { resourcePolicy: { document: input.ResourcePolicy, revisionId: ids.uuid() } } : {}),
    };
    if (input.ResourcePolicy) readPolicy(input.ResourcePolicy);
    room.records.atomically(() => {
      openStream(room, table);
      tables.put(table);
    });
    keepSweeping(room);
    // The table works from now on; AWS's answer still says that it is on its way.
    return { TableDescription: tableView(table, "CREATING", () => EMPTY) };
  };
