// Exits with 1 when docs/services no longer says what the rooms have built.
import { staleServiceTables } from "./generate/serviceTables.ts";

const stale = await staleServiceTables();
for (const name of stale) console.error(`docs/services/${name} is not what the code says`);
if (stale.length > 0) console.error("Run: npm run generate -- docs");
process.exitCode = stale.length > 0 ? 1 : 0;
