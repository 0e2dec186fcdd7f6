import { getData } from "./getData.ts";
import { providerTable } from "./table.ts";

export const handler = getData(providerTable(process.env.TABLE_NAME));
