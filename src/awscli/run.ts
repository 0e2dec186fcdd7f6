import { isService, loadSdk } from "./clients.ts";
import type { CommandLine } from "./commandLine.ts";
import { parseGlobals } from "./globals.ts";
import { runHost } from "./host.ts";
import { EXIT, type Io, NotOurs, usageError } from "./io.ts";
import { nameOf } from "./names.ts";
import { runOperation } from "./operation.ts";
import { reportError } from "./report.ts";
import { runWaiter } from "./waiters.ts";

/** Runs one `aws` command line; gives its exit code. */
export const runAws = async (args: readonly string[], io: Io): Promise<number> => {
  let operation: string | undefined;
  try {
    if (args[0] === "--version") {
      io.out(`${VERSION}\n`);
      return EXIT.ok;
    }
    const { globals, rest } = parseGlobals(args, io.env);
    const [service, word, ...words] = rest;
    if (service === undefined) throw usageError("the following arguments are required: command");
    if (word === undefined) throw usageError("the following arguments are required: operation");
    return await runCommand({ service, word, words, globals, io }, (name) => {
      operation = name;
    });
  } catch (error) {
    return error instanceof NotOurs ? runHost(error.message, args, io) : reportError(error, operation, io);
  }
};

/** Begins as the AWS CLI's version does: scripts look at its major number. */
const VERSION = `aws-cli/2.99.0 aloft Node.js/${process.versions.node}`;

const runCommand = async (line: CommandLine, names: (operation: string) => void): Promise<number> => {
  const { service, word, words, globals, io } = line;
  const command = COMMANDS[`${service} ${word}`] ?? COMMANDS[service];
  if (command) return (await command())(line, names);
  if (!isService(service) || word === "help" || words.includes("help")) throw new NotOurs(`${service} ${word}`);
  const sdk = await loadSdk(service, globals, io);
  if (word === "wait") {
    names(words[0] ?? "");
    await runWaiter(sdk, words, globals, io);
    return EXIT.ok;
  }
  // The AWS CLI's own additions to a service, such as `ecr get-login-password`, are no operations.
  const operation = nameOf(word, sdk.model.operationNames);
  if (operation === undefined) throw new NotOurs(`${service} ${word}`);
  names(operation);
  await runOperation(sdk, word, words, globals, io);
  return EXIT.ok;
};

type Command = (line: CommandLine, names: (operation: string) => void) => Promise<number>;

/** Commands that are more than one operation. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  "cloudformation deploy": async () => (await import("./cloudformation/deploy.ts")).deploy,
  "cloudformation package": async () => (await import("./cloudformation/package.ts")).packageTemplate,
  "codecommit credential-helper": async () => (await import("./codecommit/credentialHelper.ts")).credentialHelper,
  "logs tail": async () => (await import("./logsTail.ts")).tailLogs,
  "s3 presign": async () => (await import("./s3/presign.ts")).presign,
  s3: async () => (await import("./s3/command.ts")).runS3,
};
