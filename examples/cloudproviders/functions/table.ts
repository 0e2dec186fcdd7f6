import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Provider } from "./provider.ts";

/** What the functions need of the table; the tests supply their own. */
export interface ProviderTable {
  list(): Promise<Provider[]>;
  /** False when the provider is there already: a row is added, never overwritten. */
  add(row: Provider): Promise<boolean>;
}

/** A bound on one answer, well under the six megabytes that a function may return. */
const MAX_ROWS = 1000;

/** The DynamoDB table of that name. Made once per execution environment, so that connections are used again. */
export function providerTable(
  tableName: string | undefined,
  client: DynamoDBDocumentClient = DynamoDBDocumentClient.from(new DynamoDBClient({})),
): ProviderTable {
  if (!tableName) throw new Error("TABLE_NAME is not set: the template passes the table's name in it.");
  return {
    async list() {
      const rows: Provider[] = [];
      const pages = paginateScan({ client }, { TableName: tableName, Limit: MAX_ROWS });
      for await (const page of pages) {
        for (const item of page.Items ?? []) rows.push(providerOf(item));
        if (rows.length >= MAX_ROWS) break;
      }
      return rows.slice(0, MAX_ROWS);
    },
    async add(row) {
      try {
        await client.send(
          new PutCommand({ TableName: tableName, Item: row, ConditionExpression: "attribute_not_exists(provider)" }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

function providerOf(item: Record<string, unknown>): Provider {
  return {
    provider: String(item.provider),
    launched: Number(item.launched),
    firstService: String(item.firstService),
    url: String(item.url),
  };
}
