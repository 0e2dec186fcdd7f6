import { type RestoreTableToPointInTimeCommandInput, TableAlreadyExistsException } from "@aws-sdk/client-dynamodb";
import type { Context } from "../../kernel/context.ts";
import { validationError } from "./errors.ts";
import type { IndexRecord, RestoreRecord, TableRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { boundedThroughput, readOnDemand, type ThroughputInput } from "./tableInput.ts";

/** What both ways of restoring may say of the new table. */
export interface RestoreInput
  extends Pick<RestoreTableToPointInTimeCommandInput, "BillingModeOverride" | "SSESpecificationOverride"> {
  readonly TargetTableName: string;
  readonly LocalSecondaryIndexOverride?: Override;
  readonly GlobalSecondaryIndexOverride?: Override;
  readonly ProvisionedThroughputOverride?: ThroughputInput | undefined;
  readonly OnDemandThroughputOverride?: Parameters<typeof readOnDemand>[0] | undefined;
}

/**
 * The table that a restore makes. AWS: it has the keys, indexes and throughput of its source, and none of its stream, time
 * to live, tags, policies, alarms and recovery settings.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html
 */
export const restoredTable = (
  room: Room,
  ctx: Context,
  {
    source,
    from,
    input,
    encryption,
  }: {
    readonly source: TableRecord;
    readonly from: RestoreRecord;
    readonly input: RestoreInput;
    readonly encryption: TableRecord["encryption"];
  },
): TableRecord => {
  const name = input.TargetTableName;
  if (room.tables.get(name) || isRestoring(room, name))
    throw new TableAlreadyExistsException({ message: `Table already exists: ${name}`, $metadata: {} });
  const billingMode = input.BillingModeOverride ?? source.billingMode;
  const override = input.ProvisionedThroughputOverride;
  return {
    name,
    id: room.ids.uuid(),
    arn: ctx.arn(`table/${name}`),
    createdAt: room.clock.now(),
    key: source.key,
    attributes: source.attributes,
    billingMode,
    throughput: override
      ? boundedThroughput(override)
      : billingMode === "PAY_PER_REQUEST"
        ? { read: 0, write: 0 }
        : source.throughput,
    indexes: keptIndexes(source.indexes, input.LocalSecondaryIndexOverride, input.GlobalSecondaryIndexOverride),
    ...(input.OnDemandThroughputOverride ? { onDemandThroughput: readOnDemand(input.OnDemandThroughputOverride) } : {}),
    ...(encryption ? { encryption } : {}),
    restoredFrom: from,
    deletionProtection: false,
    pointInTimeRecovery: false,
    tags: [],
  };
};

/** Whether a table of that name is on its way. */
export const isRestoring = ({ backups }: Room, name: string): boolean =>
  [...backups.restoring.range()].some(({ value }) => value.name === name);

type Override = readonly { readonly IndexName: string | undefined }[] | undefined;

/** AWS: indexes may be left out of a restored table, and none added. */
const keptIndexes = (indexes: readonly IndexRecord[], local: Override, global: Override): readonly IndexRecord[] => {
  const chosen = (override: Override, isLocal: boolean) => {
    const own = indexes.filter((index) => index.local === isLocal);
    if (!override) return own;
    return override.map(({ IndexName }) => {
      const index = own.find(({ name }) => name === IndexName);
      if (!index) throw validationError(`Index ${IndexName} is not in the source table`);
      return index;
    });
  };
  return [...chosen(local, true), ...chosen(global, false)];
};
