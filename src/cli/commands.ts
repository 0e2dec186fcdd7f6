import { Command } from "commander";
import { versionText } from "../version.ts";

type Register = (program: Command) => void;

/** Each command is read only when it is typed: some bring half the SDK with them. In the order of the help. */
export const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  init: async () => (await import("./commands/init.ts")).registerInit,
  launch: async () => (await import("./commands/launch.ts")).registerLaunch,
  start: async () => (await import("./commands/start.ts")).registerStart,
  stop: async () => (await import("./commands/stop.ts")).registerStop,
  package: async () => (await import("./commands/package.ts")).registerPackage,
  deploy: async () => (await import("./commands/deploy.ts")).registerDeploy,
  status: async () => (await import("./commands/status.ts")).registerStatus,
  invoke: async () => (await import("./commands/invoke.ts")).registerInvoke,
  debug: async () => (await import("./commands/debug.ts")).registerDebug,
  logs: async () => (await import("./commands/logs.ts")).registerLogs,
  mirror: async () => (await import("./commands/mirror.ts")).registerMirror,
  runs: async () => (await import("./commands/runs.ts")).registerRuns,
  retry: async () => (await import("./commands/retry.ts")).registerRetry,
  approve: async () => (await import("./commands/approve.ts")).registerApprove,
  reject: async () => (await import("./commands/approve.ts")).registerReject,
  rollback: async () => (await import("./commands/rollback.ts")).registerRollback,
  tables: async () => (await import("./commands/tables.ts")).registerTables,
  open: async () => (await import("./commands/open.ts")).registerOpen,
  diagram: async () => (await import("./commands/diagram.ts")).registerDiagram,
  env: async () => (await import("./commands/env.ts")).registerEnv,
  config: async () => (await import("./commands/config.ts")).registerConfig,
  clock: async () => (await import("./commands/clock.ts")).registerClock,
  snapshot: async () => (await import("./commands/snapshot.ts")).registerSnapshot,
  reset: async () => (await import("./commands/reset.ts")).registerReset,
  destroy: async () => (await import("./commands/destroy.ts")).registerDestroy,
  build: async () => (await import("./commands/build.ts")).registerBuild,
  doctor: async () => (await import("./commands/doctor.ts")).registerDoctor,
  sam: async () => (await import("./commands/sam.ts")).registerSam,
  completion: async () => (await import("./commands/completion.ts")).registerCompletion,
  version: async () => (await import("./commands/version.ts")).registerVersion,
};

/**
 * The program with the commands named, or with all of them: help, completions and the reference are about all. A misuse is
 * thrown, and with `json` not told in words before.
 */
export const createProgram = async (name?: string, json = false): Promise<Command> => {
  const program = new Command("aloft")
    .description("Continuous deployment for serverless applications, launched with one command.")
    .version(versionText, "-V, --version", "print the version")
    .showHelpAfterError()
    .exitOverride()
    .configureOutput(json ? { writeErr: () => {} } : {})
    .addHelpText("after", `\n${EXIT_STATUS}\nStart with: aloft launch`);
  if (isAboutAloft(name)) return withSummaries(program);
  // A completion is about all of them, like the reference.
  const named = name === "completion" ? undefined : COMMANDS[name ?? ""];
  for (const load of named ? [named] : Object.values(COMMANDS)) (await load())(program);
  return program;
};

/** The help lists all commands, and loads none: what it says of them was written down (`npm run generate -- guide`). */
const isAboutAloft = (name: string | undefined): boolean => ["--help", "-h", "--version", "-V"].includes(name ?? "");

const withSummaries = async (program: Command): Promise<Command> => {
  const { default: summaries } = await import("./summaries.generated.json", { with: { type: "json" } });
  const terms = new Map(summaries.map(({ name, term }) => [name, term]));
  for (const { name, summary } of summaries) program.command(name).description(summary);
  const plain = program.createHelp();
  return program.configureHelp({
    subcommandTerm: (command) => terms.get(command.name()) ?? plain.subcommandTerm(command),
  });
};

const EXIT_STATUS = "Exit status: 0 done, 1 the work failed, 2 the command was misused.";
