import { Command } from "commander";
import { registerDestroy } from "./commands/destroy.ts";
import { registerDoctor } from "./commands/doctor.ts";
import { registerEnv } from "./commands/env.ts";
import { registerLaunch } from "./commands/launch.ts";
import { registerLogs } from "./commands/logs.ts";
import { registerOpen } from "./commands/open.ts";
import { registerReset } from "./commands/reset.ts";
import { registerSam } from "./commands/sam.ts";
import { registerStart } from "./commands/start.ts";
import { registerStatus } from "./commands/status.ts";
import { registerStop } from "./commands/stop.ts";
import { registerVersion } from "./commands/version.ts";
import { EXIT_USAGE, reportFailure } from "./failure.ts";

// The SDK warns of a Node that it will drop one day; that is for us to know, not for each command to print.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const program = new Command("aloft")
  .description("Continuous deployment for serverless applications, launched with one command.")
  .showHelpAfterError()
  .exitOverride()
  .addHelpText(
    "after",
    "\nExit status: 0 done, 1 the work failed, 2 the command was misused.\nStart with: aloft launch",
  );

for (const register of [
  registerLaunch,
  registerStart,
  registerStop,
  registerStatus,
  registerLogs,
  registerOpen,
  registerEnv,
  registerReset,
  registerDestroy,
  registerDoctor,
  registerSam,
  registerVersion,
]) {
  register(program);
}

try {
  await program.parseAsync();
} catch (error) {
  const isHelp = error instanceof Error && "exitCode" in error && error.exitCode === 0;
  const isCommander = error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
  if (!isHelp) process.exitCode = isCommander ? EXIT_USAGE : reportFailure(error, process.argv.includes("--json"));
}
