import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** A JSON response. Rows change, so nothing between the table and the reader may keep them. */
export function json(
  statusCode: number,
  body: unknown,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers },
    body: JSON.stringify(body),
  };
}
