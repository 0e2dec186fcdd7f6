import { NotImplemented } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import {
  defineResourceType,
  type ExistingResource,
  type ResourceContext,
  type ResourceState,
} from "../../../kernel/resource.ts";
import { picked, plain } from "../../../kernel/resourceReading.ts";
import { OF_INDEX, OF_REPLICA, OF_TABLE, readGlobalTable } from "./readGlobalTable.ts";
import { type TableProperties, tableType } from "./table.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html */
interface GlobalTableProperties extends ReadSettings, WriteSettings {
  readonly BillingMode?: TableProperties["BillingMode"];
  readonly SSESpecification?: TableProperties["SSESpecification"];
  readonly GlobalSecondaryIndexes?: readonly (IndexName & ReadSettings & WriteSettings)[];
  readonly Replicas: readonly Replica[];
  readonly MultiRegionConsistency?: "EVENTUAL" | "STRONG";
}

interface Replica extends ReadSettings {
  readonly Region: string;
  readonly SSESpecification?: { readonly KMSMasterKeyId: string };
  readonly GlobalSecondaryIndexes?: readonly (IndexName & ReadSettings & Insights)[];
}

interface IndexName {
  readonly IndexName: string;
}

interface Insights {
  readonly ContributorInsightsSpecification?: { readonly Enabled: boolean };
}

interface Scaling {
  readonly MinCapacity: number;
  readonly SeedCapacity?: number;
}

interface ReadSettings {
  readonly ReadProvisionedThroughputSettings?: {
    readonly ReadCapacityUnits?: number;
    readonly ReadCapacityAutoScalingSettings?: Scaling;
  };
  readonly ReadOnDemandThroughputSettings?: { readonly MaxReadRequestUnits?: number };
}

interface WriteSettings {
  readonly WriteProvisionedThroughputSettings?: { readonly WriteCapacityAutoScalingSettings?: Scaling };
  readonly WriteOnDemandThroughputSettings?: { readonly MaxWriteRequestUnits?: number };
}

const NO_INSIGHTS = "insights are refused where they are enabled";

/** Differs: nothing scales here. */
const SCALING = [
  "Replicas.GlobalSecondaryIndexes.ReadProvisionedThroughputSettings.ReadCapacityAutoScalingSettings",
  "Replicas.ReadProvisionedThroughputSettings.ReadCapacityAutoScalingSettings",
  "GlobalSecondaryIndexes.WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings",
  "WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings",
].flatMap((path) => [`${path}.MaxCapacity`, `${path}.TargetTrackingScalingPolicyConfiguration`]);

/** A table whose only replica is the one in the stack's region: what CDK's `TableV2` makes unless it is told more regions. */
export const globalTableType = defineResourceType<GlobalTableProperties>({
  name: "AWS::DynamoDB::GlobalTable",
  unbuilt: [
    "GlobalTableSourceArn",
    "GlobalTableWitnesses",
    "Replicas.KinesisStreamSpecification",
    "Replicas.ReplicaStreamSpecification",
    "VectorIndexes",
  ],
  withoutEffect: {
    ...Object.fromEntries(SCALING.map((path) => [path, "a table keeps the capacity that scaling would begin with"])),
    "Replicas.ContributorInsightsSpecification.Mode": NO_INSIGHTS,
    "Replicas.GlobalSecondaryIndexes.ContributorInsightsSpecification.Mode": NO_INSIGHTS,
    "Replicas.GlobalTableSettingsReplicationMode": "there is one replica",
  },
  create: async (ctx, desired) => withTableId(ctx, await tableType.create(ctx, asTable(ctx, desired))),
  update: async (ctx, current, desired) => {
    const existing = { ...current, properties: asTable(ctx, current.properties) };
    return withTableId(ctx, (await tableType.update?.(ctx, existing, asTable(ctx, desired))) ?? current);
  },
  // What a table is deleted by is its name alone.
  delete: (ctx, { physicalId, attributes }: ExistingResource<GlobalTableProperties>) =>
    tableType.delete(ctx, { physicalId, attributes, properties: {} }),
  read: async (ctx, physicalId, given) => {
    const reading = await readGlobalTable(ctx, physicalId, given);
    return reading && withTableId(ctx, reading);
  },
});

const withTableId = async <S extends ResourceState>(ctx: ResourceContext, state: S): Promise<S> => {
  const { Table } = await ctx.call("dynamodb", "DescribeTable", { TableName: state.physicalId });
  return { ...state, attributes: { ...state.attributes, TableId: Table?.TableId ?? "" } };
};

const asTable = (ctx: ResourceContext, desired: GlobalTableProperties): JsonObject => {
  const replica = onlyReplica(ctx, desired);
  const isProvisioned = desired.BillingMode !== "PAY_PER_REQUEST";
  const { SSESpecification } = desired;
  return plain({
    ...picked(desired, OF_TABLE),
    ...picked(replica, OF_REPLICA),
    BillingMode: isProvisioned ? "PROVISIONED" : "PAY_PER_REQUEST",
    ...capacity(isProvisioned, { ...desired, ...replica }, desired),
    SSESpecification: SSESpecification && { ...SSESpecification, ...replica.SSESpecification },
    GlobalSecondaryIndexes: desired.GlobalSecondaryIndexes?.map((index) => asIndex(isProvisioned, index, replica)),
  });
};

/** What needs another region, or is another thing than a table, is told so. */
const onlyReplica = ({ region }: ResourceContext, desired: GlobalTableProperties): Replica => {
  const refuse = (member: string) => new NotImplemented(`AWS::DynamoDB::GlobalTable ${member}`);
  if (desired.MultiRegionConsistency === "STRONG") throw refuse("MultiRegionConsistency STRONG");
  const [replica, another] = desired.Replicas;
  if (!replica || another || replica.Region !== region) throw refuse(`with replicas outside of ${region}`);
  if (replica.GlobalSecondaryIndexes?.some(({ ContributorInsightsSpecification: asked }) => asked?.Enabled))
    throw refuse("ContributorInsightsSpecification");
  return replica;
};

const asIndex = (
  isProvisioned: boolean,
  index: NonNullable<GlobalTableProperties["GlobalSecondaryIndexes"]>[number],
  { GlobalSecondaryIndexes: ofReplica = [] }: Replica,
): JsonObject => {
  const own = ofReplica.find(({ IndexName }) => IndexName === index.IndexName);
  return { ...picked(index, OF_INDEX), ...capacity(isProvisioned, { ...index, ...own }, index) };
};

/** Differs: nothing scales here; a table has the capacity that scaling would begin with. */
const capacity = (isProvisioned: boolean, read: ReadSettings, write: WriteSettings) => {
  const { ReadCapacityUnits, ReadCapacityAutoScalingSettings } = read.ReadProvisionedThroughputSettings ?? {};
  const { WriteCapacityAutoScalingSettings } = write.WriteProvisionedThroughputSettings ?? {};
  if (isProvisioned)
    return {
      ProvisionedThroughput: {
        ReadCapacityUnits: ReadCapacityUnits ?? begun(ReadCapacityAutoScalingSettings),
        WriteCapacityUnits: begun(WriteCapacityAutoScalingSettings),
      },
    };
  const limits = { ...read.ReadOnDemandThroughputSettings, ...write.WriteOnDemandThroughputSettings };
  return Object.keys(limits).length > 0 ? { OnDemandThroughput: limits } : {};
};

const begun = (scaling: Scaling | undefined): number => Number(scaling?.SeedCapacity ?? scaling?.MinCapacity ?? 1);
