import type { SSEDescription } from "@aws-sdk/client-dynamodb";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { keyAsGiven, parsed, picked, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "ResourceNotFoundException";

/** A table as it is now, in the words of its template; undefined when it is gone. */
export const readTable = async (
  ctx: ResourceContext,
  TableName: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("dynamodb", "DescribeTable", { TableName }), GONE);
  const table = found?.Table;
  if (!table || table.TableStatus === "DELETING") return undefined;
  const Arn = table.TableArn ?? "";
  const isProvisioned = table.BillingModeSummary?.BillingMode !== "PAY_PER_REQUEST";
  const properties = plain({
    TableName,
    ...picked(table, SAME),
    BillingMode: isProvisioned ? "PROVISIONED" : "PAY_PER_REQUEST",
    ProvisionedThroughput: isProvisioned ? table.ProvisionedThroughput : undefined,
    StreamSpecification: table.StreamSpecification?.StreamEnabled ? table.StreamSpecification : undefined,
    TableClass: table.TableClassSummary?.TableClass ?? "STANDARD",
    SSESpecification: await encryption(ctx, table.SSEDescription, given["SSESpecification"]),
    TimeToLiveSpecification: await timeToLive(ctx, TableName, given["TimeToLiveSpecification"]),
    PointInTimeRecoverySpecification: await recovery(ctx, TableName),
    ResourcePolicy: await policy(ctx, Arn),
    Tags: await tags(ctx, Arn),
  });
  const StreamArn = table.LatestStreamArn;
  return { physicalId: TableName, attributes: { Arn, ...(StreamArn ? { StreamArn } : {}) }, properties, unread: [] };
};

const SAME = [
  "AttributeDefinitions",
  "KeySchema",
  "GlobalSecondaryIndexes",
  "LocalSecondaryIndexes",
  "DeletionProtectionEnabled",
  "OnDemandThroughput",
  "WarmThroughput",
];

const encryption = async (ctx: ResourceContext, sse: SSEDescription | undefined, given: JsonValue = {}) => {
  if (sse?.Status !== "ENABLED") return { ...(isJsonObject(given) ? given : {}), SSEEnabled: false };
  const key = isJsonObject(given) ? given["KMSMasterKeyId"] : undefined;
  return {
    SSEEnabled: true,
    SSEType: sse.SSEType,
    KMSMasterKeyId: await keyAsGiven(ctx, key, sse.KMSMasterKeyArn),
  };
};

/** A table keeps nothing of a setting that is off, so what a template says of one stands. */
const timeToLive = async (ctx: ResourceContext, TableName: string, given: JsonValue = {}) => {
  const { TimeToLiveDescription } = await ctx.call("dynamodb", "DescribeTimeToLive", { TableName });
  const { TimeToLiveStatus = "DISABLED", AttributeName } = TimeToLiveDescription ?? {};
  if (!TimeToLiveStatus.startsWith("ENABL")) return { ...(isJsonObject(given) ? given : {}), Enabled: false };
  return { Enabled: true, AttributeName };
};

const recovery = async (ctx: ResourceContext, TableName: string) => {
  const { ContinuousBackupsDescription } = await ctx.call("dynamodb", "DescribeContinuousBackups", { TableName });
  const { PointInTimeRecoveryStatus, RecoveryPeriodInDays } =
    ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  return { PointInTimeRecoveryEnabled: PointInTimeRecoveryStatus === "ENABLED", RecoveryPeriodInDays };
};

const policy = async (ctx: ResourceContext, ResourceArn: string) => {
  const found = await unlessMissing(
    ctx.call("dynamodb", "GetResourcePolicy", { ResourceArn }),
    "PolicyNotFoundException",
  );
  return found?.Policy ? { PolicyDocument: parsed(found.Policy) } : undefined;
};

const tags = async (ctx: ResourceContext, ResourceArn: string) => {
  const all = [];
  let NextToken: string | undefined;
  do {
    const page = await ctx.call("dynamodb", "ListTagsOfResource", { ResourceArn, NextToken });
    all.push(...(page.Tags ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return tagList(all);
};
