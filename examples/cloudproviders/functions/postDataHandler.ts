import { postData } from "./postData.ts";
import { providerTable } from "./table.ts";

export const handler = postData(providerTable(process.env.TABLE_NAME));
