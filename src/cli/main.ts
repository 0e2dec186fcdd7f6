import { createProgram } from "./commands.ts";
import { EXIT_USAGE, reportFailure } from "./failure.ts";

// The SDK warns of a Node that it will drop one day; that is for us to know, not for each command to print.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

const program = await createProgram(process.argv[2]);

try {
  await program.parseAsync();
} catch (error) {
  const isHelp = error instanceof Error && "exitCode" in error && error.exitCode === 0;
  const isCommander = error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
  if (!isHelp) process.exitCode = isCommander ? EXIT_USAGE : reportFailure(error, process.argv.includes("--json"));
}
