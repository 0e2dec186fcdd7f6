import { invalidParameter, validationError } from "./errors.ts";
import { keyAttributes } from "./items/keys.ts";
import type { KeyAttribute, KeySchema } from "./keys/selectKey.ts";
import {
  MAX_CAPACITY_UNITS,
  MAX_GLOBAL_INDEXES,
  MAX_KEY_ATTRIBUTES,
  MAX_LOCAL_INDEXES,
  MAX_NON_KEY_ATTRIBUTES,
} from "./limits.ts";
import type { IndexRecord, OnDemandThroughput, ProjectionRecord, TableRecord, Throughput } from "./records.ts";
import { readWarm, type WarmInput } from "./warmThroughput.ts";

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: string;
}

export interface ThroughputInput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

export interface IndexInput {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: {
    readonly ProjectionType?: string | undefined;
    readonly NonKeyAttributes?: readonly string[] | undefined;
  };
  readonly ProvisionedThroughput?: ThroughputInput | undefined;
  readonly OnDemandThroughput?: OnDemandInput | undefined;
  readonly WarmThroughput?: WarmInput | undefined;
}

export interface OnDemandInput {
  readonly MaxReadRequestUnits?: number | undefined;
  readonly MaxWriteRequestUnits?: number | undefined;
}

export interface TableInput {
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeyElement[];
  readonly BillingMode?: string | undefined;
  readonly ProvisionedThroughput?: ThroughputInput | undefined;
  readonly LocalSecondaryIndexes?: readonly IndexInput[] | undefined;
  readonly GlobalSecondaryIndexes?: readonly IndexInput[] | undefined;
}

/** What CreateTable's input says of keys, indexes and capacity, checked in AWS's order. */
export const readTableInput = (
  input: TableInput,
): Pick<TableRecord, "attributes" | "key" | "indexes" | "billingMode" | "throughput"> => {
  const billingMode = input.BillingMode === "PAY_PER_REQUEST" ? "PAY_PER_REQUEST" : "PROVISIONED";
  const throughput = readThroughput(billingMode, input.ProvisionedThroughput);
  const attributes = readAttributes(input.AttributeDefinitions);
  if (input.KeySchema.length > Object.keys(attributes).length)
    throw validationError("Invalid KeySchema: Some index key attribute have no definition");
  const key = readKeySchema(input.KeySchema, attributes);
  const { LocalSecondaryIndexes: locals, GlobalSecondaryIndexes: globals } = input;
  if (!locals && !globals && input.KeySchema.length !== Object.keys(attributes).length)
    throw invalidParameter(
      "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
    );
  const indexes = [
    ...(locals ? readLocalIndexes(locals, key, attributes) : []),
    ...(globals ? readGlobalIndexes(globals, billingMode, attributes) : []),
  ];
  assertDistinctNames(indexes);
  assertNonKeyCount(indexes);
  checkAllUsed(attributes, [key, ...indexes.map((index) => index.key)]);
  return { attributes, key, indexes, billingMode, throughput };
};

const readLocalIndexes = (
  inputs: readonly IndexInput[],
  table: KeySchema,
  attributes: Attributes,
): readonly IndexRecord[] => {
  if (inputs.length === 0) throw invalidParameter("List of LocalSecondaryIndexes is empty");
  if (!table.sort)
    throw invalidParameter(
      "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
    );
  const indexes = inputs.map((index) => readLocalIndex(index, table, attributes));
  assertDistinctNames(indexes);
  if (indexes.length > MAX_LOCAL_INDEXES)
    throw invalidParameter("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
  return indexes;
};

const readGlobalIndexes = (
  inputs: readonly IndexInput[],
  billingMode: TableRecord["billingMode"],
  attributes: Attributes,
): readonly IndexRecord[] => {
  if (inputs.length === 0) throw invalidParameter("List of GlobalSecondaryIndexes is empty");
  const indexes = inputs.map((index) => readGlobalIndex(index, billingMode, attributes));
  assertDistinctNames(indexes);
  assertGlobalCount(indexes);
  return indexes;
};

const assertDistinctNames = (indexes: readonly IndexRecord[]): void => {
  const names = indexes.map(({ name }) => name);
  const repeated = names.find((name, position) => names.indexOf(name) !== position);
  if (repeated !== undefined) throw invalidParameter(`Duplicate index name: ${repeated}`);
};

/** Throws when a table's indexes name more attributes beside their keys than they may together. */
export const assertNonKeyCount = (indexes: readonly IndexRecord[]): void => {
  const named = indexes.reduce(
    (sum, { projection }) => sum + (projection.type === "INCLUDE" ? projection.attributes.length : 0),
    0,
  );
  if (named > MAX_NON_KEY_ATTRIBUTES)
    throw invalidParameter(
      `The total number of NonKeyAttributes of all indexes, ${named}, exceeds the per-table limit of ${MAX_NON_KEY_ATTRIBUTES}`,
    );
};

/** Throws when a table has more global secondary indexes than it may. */
export const assertGlobalCount = (indexes: readonly IndexRecord[]): void => {
  if (indexes.filter(({ local }) => !local).length > MAX_GLOBAL_INDEXES)
    throw invalidParameter(`GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_GLOBAL_INDEXES}`);
};

type Attributes = TableRecord["attributes"];

export const readAttributes = (definitions: readonly AttributeDefinition[]): Attributes => {
  const attributes = new Map<string, "S" | "N" | "B">();
  for (const { AttributeName, AttributeType } of definitions) {
    if (attributes.has(AttributeName)) throw validationError(`Attribute Name is duplicated: ${AttributeName}`);
    if (AttributeType === "S" || AttributeType === "N" || AttributeType === "B")
      attributes.set(AttributeName, AttributeType);
  }
  return Object.fromEntries(attributes);
};

const readKeySchema = (elements: readonly KeyElement[], attributes: Attributes): KeySchema => {
  const defined = elements.map((element) => readKeyAttribute(element, elements, attributes));
  const [hash, range, ...rest] = elements;
  if (range && range.AttributeName === hash?.AttributeName)
    throw validationError("Both the Hash Key and the Range Key element in the KeySchema have the same name");
  if (hash?.KeyType !== "HASH")
    throw validationError("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (rest.length > 0 || (range && range.KeyType !== "RANGE"))
    throw validationError("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  const [partition = readKeyAttribute(hash, elements, attributes), sort] = defined;
  return sort ? { partition, sort } : { partition };
};

const readKeyAttribute = (
  { AttributeName }: KeyElement,
  elements: readonly KeyElement[],
  attributes: Attributes,
): KeyAttribute => {
  const type = attributes[AttributeName];
  if (type) return { name: AttributeName, type };
  const keys = elements.map((element) => element.AttributeName).join(", ");
  throw invalidParameter(
    `Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys}], AttributeDefinitions: [${Object.keys(attributes).join(", ")}]`,
  );
};

/** AWS: -1 stands for no limit. */
export const readOnDemand = ({ MaxReadRequestUnits, MaxWriteRequestUnits }: OnDemandInput): OnDemandThroughput => ({
  maxRead: MaxReadRequestUnits ?? -1,
  maxWrite: MaxWriteRequestUnits ?? -1,
});

export const readThroughput = (
  billingMode: TableRecord["billingMode"],
  input: ThroughputInput | undefined,
): Throughput => {
  if (billingMode === "PAY_PER_REQUEST") {
    if (input) {
      throw invalidParameter(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
      );
    }
    return { read: 0, write: 0 };
  }
  if (!input) {
    throw invalidParameter(
      "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
    );
  }
  return boundedThroughput(input);
};

/** The units asked for. Throws when they are more than AWS can count. */
export const boundedThroughput = ({
  ReadCapacityUnits: read,
  WriteCapacityUnits: write,
}: ThroughputInput): Throughput => {
  if (read > MAX_CAPACITY_UNITS) throw validationError(`Given value ${read} for ReadCapacityUnits is out of bounds`);
  if (write > MAX_CAPACITY_UNITS) throw validationError(`Given value ${write} for WriteCapacityUnits is out of bounds`);
  return { read, write };
};

const readLocalIndex = (input: IndexInput, table: KeySchema, attributes: Attributes): IndexRecord => {
  const key = readKeySchema(input.KeySchema, attributes);
  if (!key.sort) throw invalidParameter(`Index KeySchema does not have a range key for index: ${input.IndexName}`);
  if (key.partition.name !== table.partition.name) {
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${input.IndexName}. index hash key: ${key.partition.name}, table hash key: ${table.partition.name}`,
    );
  }
  return {
    name: input.IndexName,
    local: true,
    key,
    projection: readProjection(input),
    throughput: { read: 0, write: 0 },
  };
};

export const readGlobalIndex = (
  input: IndexInput,
  billingMode: TableRecord["billingMode"],
  attributes: Attributes,
): IndexRecord => {
  const throughput = indexThroughput(input, billingMode);
  return {
    name: input.IndexName,
    local: false,
    key: readGlobalKey(input.KeySchema, attributes),
    projection: readProjection(input),
    throughput,
    ...(input.OnDemandThroughput ? { onDemandThroughput: readOnDemand(input.OnDemandThroughput) } : {}),
    ...(input.WarmThroughput
      ? { warmThroughput: readWarm(input.WarmThroughput, { billingMode, throughput }, input.IndexName) }
      : {}),
  };
};

const indexThroughput = (
  { IndexName, ProvisionedThroughput: given }: IndexInput,
  billingMode: TableRecord["billingMode"],
): Throughput => {
  if (billingMode === "PAY_PER_REQUEST" && given)
    throw invalidParameter(
      `ProvisionedThroughput should not be specified for index: ${IndexName} when BillingMode is PAY_PER_REQUEST`,
    );
  if (billingMode === "PROVISIONED" && !given)
    throw invalidParameter(`ProvisionedThroughput is not specified for index: ${IndexName}`);
  return given ? boundedThroughput(given) : { read: 0, write: 0 };
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html */
const readGlobalKey = (elements: readonly KeyElement[], attributes: Attributes): KeySchema => {
  const of = (type: string) => elements.filter(({ KeyType }) => KeyType === type);
  const [hashes, ranges] = [of("HASH"), of("RANGE")];
  if (hashes.length <= 1 && ranges.length <= 1) return readKeySchema(elements, attributes);
  const defined = elements.map((element) => readKeyAttribute(element, elements, attributes));
  const named = new Set(elements.map(({ AttributeName }) => AttributeName));
  if (named.size < elements.length)
    throw validationError("Both the Hash Key and the Range Key element in the KeySchema have the same name");
  if (hashes.length > MAX_KEY_ATTRIBUTES || ranges.length > MAX_KEY_ATTRIBUTES)
    throw validationError(
      `Invalid KeySchema: An index has at most ${MAX_KEY_ATTRIBUTES} HASH and ${MAX_KEY_ATTRIBUTES} RANGE key attributes`,
    );
  if (elements[0]?.KeyType !== "HASH")
    throw validationError("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (elements.slice(0, hashes.length).some(({ KeyType }) => KeyType !== "HASH"))
    throw validationError("Invalid KeySchema: HASH key attributes must precede RANGE key attributes");
  const [partition = readKeyAttribute(elements[0], elements, attributes), ...furtherPartition] = defined.slice(
    0,
    hashes.length,
  );
  const [sort, ...furtherSort] = defined.slice(hashes.length);
  return {
    partition,
    ...(furtherPartition.length > 0 ? { furtherPartition } : {}),
    ...(sort ? { sort } : {}),
    ...(furtherSort.length > 0 ? { furtherSort } : {}),
  };
};

const readProjection = ({ Projection: { ProjectionType, NonKeyAttributes } }: IndexInput): ProjectionRecord => {
  switch (ProjectionType) {
    case "ALL":
    case "KEYS_ONLY":
      if (NonKeyAttributes)
        throw invalidParameter(`ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`);
      return { type: ProjectionType };
    case "INCLUDE":
      if (!NonKeyAttributes) throw invalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
      if (new Set(NonKeyAttributes).size < NonKeyAttributes.length)
        throw invalidParameter(`Duplicate attribute names in NonKeyAttributes: [${NonKeyAttributes.join(", ")}]`);
      return { type: "INCLUDE", attributes: [...NonKeyAttributes] };
    default:
      throw invalidParameter("Unknown ProjectionType: null");
  }
};

const checkAllUsed = (attributes: Attributes, keys: readonly KeySchema[]): void => {
  const used = new Set(keys.flatMap((key) => keyAttributes(key).map(({ name }) => name)));
  if (Object.keys(attributes).every((name) => used.has(name))) return;
  throw invalidParameter(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${Object.keys(attributes).join(", ")}], keys used: [${[...used].join(", ")}]`,
  );
};
