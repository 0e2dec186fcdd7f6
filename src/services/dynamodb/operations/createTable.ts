import { NotImplemented } from "../../../kernel/errors.ts";
import { tableExists } from "../errors.ts";
import type { StreamRecord, TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { readTableInput } from "../tableInput.ts";
import { tableView } from "../views.ts";

export const createTable =
  ({ tables, clock, ids }: Pick<Room, "tables" | "clock" | "ids">): Operation<"CreateTable"> =>
  async (ctx, input) => {
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
      ...(input.TableClass ? { tableClass: input.TableClass } : {}),
      deletionProtection: input.DeletionProtectionEnabled ?? false,
      pointInTimeRecovery: false,
      tags: (input.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
      ...(input.ResourcePolicy ? { resourcePolicy: { document: input.ResourcePolicy, revisionId: String(now) } } : {}),
    };
    tables.put(table);
    // The table works from now on; AWS's answer still says that it is on its way.
    return { TableDescription: tableView(table, "CREATING", { items: 0, bytes: 0 }) };
  };

/** A stream's label is the time it began. */
export const newStream = (
  tableArn: string,
  now: number,
  viewType: StreamRecord["viewType"] | undefined,
): StreamRecord => {
  const label = new Date(now).toISOString().slice(0, -1);
  return { viewType: viewType ?? "NEW_AND_OLD_IMAGES", label, arn: `${tableArn}/stream/${label}` };
};
