import { CommanderError } from "commander";
import { COMMANDS, createProgram } from "./commands.ts";
import { EXIT_USAGE, reportFailure } from "./failure.ts";
import { UsageError } from "./settings.ts";

// The SDK warns of a Node that it will drop one day; that is for us to know, not for each command to print.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

// Who reads may have had enough, as `head` has: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

const json = process.argv.includes("--json");

const misuse = ({ code, message }: CommanderError): UsageError => {
  // Every command that prints takes `--json`; those that do not are about others.
  if (code === "commander.help" || message.includes("'--json'")) return new UsageError("It takes a command.");
  const isKnown = Object.hasOwn(COMMANDS, process.argv[2] ?? "");
  return new UsageError(message.replace(/^error: /, ""), isKnown ? undefined : "aloft --help");
};

/** Commander has said in words what is wrong, and how the command is used; a program is told here. */
const exitCodeOf = (error: unknown): number => {
  if (!(error instanceof CommanderError)) return reportFailure(error, json);
  if (error.exitCode === 0) return 0;
  return json ? reportFailure(misuse(error), json) : EXIT_USAGE;
};

/** Commander shows all of the help for a command that it does not know, and no word of that. */
const checkHelp = ([asked, name = ""]: readonly string[]): void => {
  if (asked === "help" && /^\w/.test(name) && !Object.hasOwn(COMMANDS, name))
    throw new UsageError(`unknown command '${name}'`, "aloft --help");
};

try {
  checkHelp(process.argv.slice(2));
  const program = await createProgram(process.argv[2] ?? "--help", json);
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
