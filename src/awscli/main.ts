import { processIo } from "./processIo.ts";
import { runAws } from "./run.ts";

process.exitCode = await runAws(process.argv.slice(2), processIo());
