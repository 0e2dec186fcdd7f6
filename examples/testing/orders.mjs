import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";

/** The code under test: it takes its client from outside, so that tests bring one of a cloud in memory. */
export const createOrders = (documents, TableName) => ({
  place: (id, item) =>
    documents.send(new PutCommand({ TableName, Item: { id, item }, ConditionExpression: "attribute_not_exists(id)" })),
  find: async (id) => (await documents.send(new GetCommand({ TableName, Key: { id } }))).Item,
});
