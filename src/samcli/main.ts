import { processIo } from "../awscli/processIo.ts";
import { runSam } from "./run.ts";

process.exitCode = await runSam(process.argv.slice(2), processIo());
