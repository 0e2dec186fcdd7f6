import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { json } from "./http.ts";
import type { ProviderTable } from "./table.ts";

/** `GET /clouds`: every row, the oldest provider first. */
export const getData = (table: Pick<ProviderTable, "list">) => async (): Promise<APIGatewayProxyStructuredResultV2> => {
  const rows = await table.list();
  rows.sort((a, b) => a.launched - b.launched || a.provider.localeCompare(b.provider));
  return json(200, rows);
};
