import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { objectIn, objectsIn, picked, plain, type ResourceReader } from "../../../kernel/resourceReading.ts";
import { readTable } from "./readTable.ts";

/** What a table has under the same name. */
export const OF_TABLE = [
  "TableName",
  "AttributeDefinitions",
  "KeySchema",
  "LocalSecondaryIndexes",
  "StreamSpecification",
  "TimeToLiveSpecification",
  "WarmThroughput",
];

/** What its replica has under the same name. */
export const OF_REPLICA = [
  "DeletionProtectionEnabled",
  "PointInTimeRecoverySpecification",
  "ContributorInsightsSpecification",
  "ResourcePolicy",
  "TableClass",
  "Tags",
];

/** What an index has under the same name. */
export const OF_INDEX = ["IndexName", "KeySchema", "Projection", "WarmThroughput"];

/** A global table as it is now: the table of its one replica, in the words of the template. */
export const readGlobalTable: ResourceReader = async (ctx, physicalId, given) => {
  const [replica = {}] = objectsIn(given, "Replicas");
  const reading = await readTable(ctx, physicalId, {
    ...picked(given, ["TimeToLiveSpecification"]),
    SSESpecification: { ...objectIn(given, "SSESpecification"), ...objectIn(replica, "SSESpecification") },
  });
  if (!reading) return undefined;
  const table = reading.properties;
  const { KMSMasterKeyId, ...SSESpecification } = objectIn(table, "SSESpecification");
  const indexes = objectsIn(table, "GlobalSecondaryIndexes");
  const properties = plain({
    ...picked(table, [...OF_TABLE, "BillingMode"]),
    ...writeSide(table, given),
    SSESpecification,
    GlobalSecondaryIndexes: indexes.map((index) => ({
      ...picked(index, OF_INDEX),
      ...writeSide(index, namesake(index, given)),
    })),
    Replicas: [
      {
        Region: ctx.region,
        ...picked(replica, UNTOLD),
        ...picked(table, OF_REPLICA),
        ...readSide(table, replica),
        SSESpecification: { KMSMasterKeyId },
        Tags: objectsIn(table, "Tags").filter(
          ({ Key, Value }) => isOwn(replica, Key) || ctx.tags[String(Key)] !== Value,
        ),
        GlobalSecondaryIndexes: indexes.map((index) => ({
          ...picked(namesake(index, replica), UNTOLD),
          ...picked(index, ["IndexName"]),
          ...readSide(index, namesake(index, replica)),
        })),
      },
    ],
  });
  return { ...reading, properties };
};

/** A replica names its own tags, not those that its stack adds to them. */
const isOwn = (replica: JsonObject, key: JsonValue | undefined): boolean =>
  objectsIn(replica, "Tags").some(({ Key }) => Key === key);

/** What is said of an index under its name. */
const namesake = ({ IndexName }: JsonObject, given: JsonObject): JsonObject =>
  objectsIn(given, "GlobalSecondaryIndexes").find((index) => index["IndexName"] === IndexName) ?? {};

/** What is refused or without effect, and so stands as the template says it. */
const UNTOLD = ["ContributorInsightsSpecification", "GlobalTableSettingsReplicationMode"];

/** What a table or an index can read. Capacity that would scale is what scaling has made of it: no drift. */
const readSide = (part: JsonObject, given: JsonObject): JsonObject => {
  const asked = objectIn(given, "ReadProvisionedThroughputSettings");
  const fixed = picked(objectIn(part, "ProvisionedThroughput"), ["ReadCapacityUnits"]);
  return {
    ReadProvisionedThroughputSettings: Object.hasOwn(asked, "ReadCapacityUnits") ? fixed : asked,
    ReadOnDemandThroughputSettings: picked(objectIn(part, "OnDemandThroughput"), ["MaxReadRequestUnits"]),
  };
};

/** What it can write, which is never fixed. */
const writeSide = (part: JsonObject, given: JsonObject): JsonObject => ({
  ...picked(given, ["WriteProvisionedThroughputSettings"]),
  WriteOnDemandThroughputSettings: picked(objectIn(part, "OnDemandThroughput"), ["MaxWriteRequestUnits"]),
});
