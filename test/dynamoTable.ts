import type { CreateTableCommandInput, KeySchemaElement, ProjectionType } from "@aws-sdk/client-dynamodb";

/** The attributes of a key with their types, the partition key first: `{ artist: "S", year: "N" }`. */
type Key = Readonly<Record<string, "S" | "N" | "B">>;

interface Indexes {
  /** Global secondary indexes: their keys, by their names. */
  readonly global?: Readonly<Record<string, Key>>;
  /** Local secondary indexes: their sort keys, by their names. */
  readonly local?: Readonly<Record<string, Key>>;
  /** What each of them holds beside its keys. */
  readonly projection?: ProjectionType;
}

/** The input that creates a table paid per request, with every attribute of its keys defined once. */
export const tableOf = (
  TableName: string,
  key: Key,
  { global = {}, local = {}, projection = "ALL" }: Indexes = {},
): CreateTableCommandInput => {
  const types = Object.assign({}, key, ...Object.values(local), ...Object.values(global)) as Key;
  const [hash = ""] = Object.keys(key);
  const index = (IndexName: string, names: readonly string[]) => ({
    IndexName,
    KeySchema: schemaOf(names),
    Projection: { ProjectionType: projection },
  });
  const locals = Object.entries(local).map(([name, sort]) => index(name, [hash, ...Object.keys(sort)]));
  const globals = Object.entries(global).map(([name, keys]) => index(name, Object.keys(keys)));
  return {
    TableName,
    AttributeDefinitions: Object.entries(types).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: schemaOf(Object.keys(key)),
    ...(locals.length > 0 && { LocalSecondaryIndexes: locals }),
    ...(globals.length > 0 && { GlobalSecondaryIndexes: globals }),
    BillingMode: "PAY_PER_REQUEST",
  };
};

const schemaOf = ([hash, ...range]: readonly string[]): KeySchemaElement[] => [
  { AttributeName: hash, KeyType: "HASH" },
  ...range.map((AttributeName) => ({ AttributeName, KeyType: "RANGE" as const })),
];
