import { Command } from "commander";
import { EXIT_USAGE, reportFailure } from "./failure.ts";

// The SDK warns of a Node that it will drop one day; that is for us to know, not for each command to print.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

type Register = (program: Command) => void;

/** Each command is read only when it is typed: some bring half the SDK with them. In the order of the help. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  launch: async () => (await import("./commands/launch.ts")).registerLaunch,
  start: async () => (await import("./commands/start.ts")).registerStart,
  stop: async () => (await import("./commands/stop.ts")).registerStop,
  package: async () => (await import("./commands/package.ts")).registerPackage,
  deploy: async () => (await import("./commands/deploy.ts")).registerDeploy,
  status: async () => (await import("./commands/status.ts")).registerStatus,
  invoke: async () => (await import("./commands/invoke.ts")).registerInvoke,
  debug: async () => (await import("./commands/debug.ts")).registerDebug,
  logs: async () => (await import("./commands/logs.ts")).registerLogs,
  runs: async () => (await import("./commands/runs.ts")).registerRuns,
  retry: async () => (await import("./commands/retry.ts")).registerRetry,
  open: async () => (await import("./commands/open.ts")).registerOpen,
  diagram: async () => (await import("./commands/diagram.ts")).registerDiagram,
  env: async () => (await import("./commands/env.ts")).registerEnv,
  clock: async () => (await import("./commands/clock.ts")).registerClock,
  reset: async () => (await import("./commands/reset.ts")).registerReset,
  destroy: async () => (await import("./commands/destroy.ts")).registerDestroy,
  build: async () => (await import("./commands/build.ts")).registerBuild,
  doctor: async () => (await import("./commands/doctor.ts")).registerDoctor,
  sam: async () => (await import("./commands/sam.ts")).registerSam,
  version: async () => (await import("./commands/version.ts")).registerVersion,
};

const program = new Command("aloft")
  .description("Continuous deployment for serverless applications, launched with one command.")
  .showHelpAfterError()
  .exitOverride()
  .addHelpText(
    "after",
    "\nExit status: 0 done, 1 the work failed, 2 the command was misused.\nStart with: aloft launch",
  );

const named = COMMANDS[process.argv[2] ?? ""];
// Anything else, help above all, is about all of them.
for (const load of named ? [named] : Object.values(COMMANDS)) (await load())(program);

try {
  await program.parseAsync();
} catch (error) {
  const isHelp = error instanceof Error && "exitCode" in error && error.exitCode === 0;
  const isCommander = error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
  if (!isHelp) process.exitCode = isCommander ? EXIT_USAGE : reportFailure(error, process.argv.includes("--json"));
}
