import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { json } from "./http.ts";
import { parseProvider } from "./provider.ts";
import type { ProviderTable } from "./table.ts";

export type PostEvent = Pick<APIGatewayProxyEventV2, "body" | "isBase64Encoded">;

/** `POST /clouds`: adds one row. 201 with the row; 400 with what is wrong; 409 when the provider is there already. */
export const postData =
  (table: Pick<ProviderTable, "add">, now: () => Date = () => new Date()) =>
  async (event: PostEvent): Promise<APIGatewayProxyStructuredResultV2> => {
    const parsed = parseProvider(bodyOf(event), now().getUTCFullYear());
    if ("problems" in parsed) return json(400, { message: "The row is not valid.", problems: parsed.problems });
    const added = await table.add(parsed.row);
    if (!added) return json(409, { message: `There is a row for ${parsed.row.provider} already.` });
    return json(201, parsed.row);
  };

/** API Gateway encodes a body whose content type is not text, such as a curl upload's. */
function bodyOf({ body, isBase64Encoded }: PostEvent): string | undefined {
  return body !== undefined && isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
}
