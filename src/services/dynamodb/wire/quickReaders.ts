import type { QuickReaders } from "../../../kernel/service.ts";
import constraints from "../constraints.generated.json" with { type: "json" };
import { MAX_BATCH_GETS, MAX_BATCH_WRITES, MAX_TRANSACTION_ITEMS } from "../limits.ts";
import { attributes, type Check, integer, isBoolean, listOf, mapOf, oneOf, structure, text } from "./plain.ts";

/*
 * The data operations' inputs are so plain that a look at their JSON tells whether they are right. The operations read
 * attribute values in the wire's form, binary as base64, as well as in the SDK's, so nothing is copied on the way.
 * Legacy parameters are left to the model's walk, and so is everything that has a fault.
 */
const reader =
  (check: Check) =>
  (json: unknown): unknown =>
    check(json) ? json : undefined;

const MAX_KEY = 65_535;
const tableName = text(1, 1024);
const expression = text();
const names = mapOf(text(0, MAX_KEY), { maxKey: Number.POSITIVE_INFINITY });
const capacity = oneOf(constraints.GetItemInput.ReturnConsumedCapacity.enum);
const metrics = oneOf(constraints.PutItemInput.ReturnItemCollectionMetrics.enum);
const returnValues = oneOf(constraints.PutItemInput.ReturnValues.enum);
const onFailure = oneOf(constraints.PutItemInput.ReturnValuesOnConditionCheckFailure.enum);
const select = oneOf(constraints.QueryInput.Select.enum);
const INDEX_NAME = /^[a-zA-Z0-9_.-]{3,255}$/;
const indexName: Check = (value) => typeof value === "string" && INDEX_NAME.test(value);
/** The largest number the wire calls an integer. */
const MAX_INTEGER = 2 ** 31 - 1;

const placeholders = { ExpressionAttributeNames: names, ExpressionAttributeValues: attributes };
const condition = { ConditionExpression: expression, ...placeholders, ReturnValuesOnConditionCheckFailure: onFailure };
const write = {
  ...condition,
  ReturnValues: returnValues,
  ReturnConsumedCapacity: capacity,
  ReturnItemCollectionMetrics: metrics,
};
const read = {
  ProjectionExpression: expression,
  ExpressionAttributeNames: names,
  ConsistentRead: isBoolean,
};
const pages = {
  ...read,
  ExpressionAttributeValues: attributes,
  FilterExpression: expression,
  IndexName: indexName,
  Select: select,
  Limit: integer(1, MAX_INTEGER),
  ExclusiveStartKey: attributes,
  ReturnConsumedCapacity: capacity,
};
const onKey = { TableName: tableName, Key: attributes };
const onItem = { TableName: tableName, Item: attributes };

const writeRequest = structure(
  {},
  { PutRequest: structure({ Item: attributes }, {}), DeleteRequest: structure({ Key: attributes }, {}) },
);
const transactWrite = structure(
  {},
  {
    Put: structure(onItem, condition),
    Update: structure({ ...onKey, UpdateExpression: expression }, condition),
    Delete: structure(onKey, condition),
    ConditionCheck: structure({ ...onKey, ConditionExpression: expression }, condition),
  },
);
const transactGet = structure(
  { Get: structure(onKey, { ProjectionExpression: expression, ExpressionAttributeNames: names }) },
  {},
);
const tables = { minKey: 1, maxKey: 1024, min: 1 };

export const quickReaders: QuickReaders = {
  GetItem: reader(structure(onKey, { ...read, ReturnConsumedCapacity: capacity })),
  PutItem: reader(structure(onItem, write)),
  DeleteItem: reader(structure(onKey, write)),
  UpdateItem: reader(structure(onKey, { ...write, UpdateExpression: expression })),
  Query: reader(
    structure({ TableName: tableName }, { ...pages, KeyConditionExpression: expression, ScanIndexForward: isBoolean }),
  ),
  Scan: reader(
    structure(
      { TableName: tableName },
      { ...pages, TotalSegments: integer(1, 1_000_000), Segment: integer(0, 999_999) },
    ),
  ),
  BatchGetItem: reader(
    structure(
      {
        RequestItems: mapOf(structure({ Keys: listOf(attributes, 1, MAX_BATCH_GETS) }, read), {
          ...tables,
          max: MAX_BATCH_GETS,
        }),
      },
      { ReturnConsumedCapacity: capacity },
    ),
  ),
  BatchWriteItem: reader(
    structure(
      {
        RequestItems: mapOf(listOf(writeRequest, 1, MAX_BATCH_WRITES), { ...tables, max: MAX_BATCH_WRITES }),
      },
      { ReturnConsumedCapacity: capacity, ReturnItemCollectionMetrics: metrics },
    ),
  ),
  TransactWriteItems: reader(
    structure(
      { TransactItems: listOf(transactWrite, 1, MAX_TRANSACTION_ITEMS) },
      {
        ReturnConsumedCapacity: capacity,
        ReturnItemCollectionMetrics: metrics,
        ClientRequestToken: text(1, 36),
      },
    ),
  ),
  TransactGetItems: reader(
    structure({ TransactItems: listOf(transactGet, 1, MAX_TRANSACTION_ITEMS) }, { ReturnConsumedCapacity: capacity }),
  ),
};
