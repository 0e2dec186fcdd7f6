import type { Io } from "../awscli/io.ts";
import { own } from "../kernel/own.ts";
import type { SamCommand } from "./command.ts";
import { SamFailure, UsageFailure } from "./failure.ts";
import { helpText } from "./help.ts";
import { NOT_HERE } from "./notHere.ts";
import { readOptions } from "./options/read.ts";
import { reportFailure } from "./report.ts";
import { infoText, VERSION } from "./version.ts";

/** Runs one `sam` command line; gives its exit code. */
export const runSam = async (args: readonly string[], io: Io): Promise<number> => {
  const at: { command: string; operation?: string } = { command: "sam" };
  try {
    const [first = "--help"] = args;
    if (first === "--version") return say(io, `SAM CLI, version ${VERSION}\n`);
    if (first === "--info") return say(io, infoText());
    if (first === "--help" || first === "-h") return say(io, helpText("sam", Object.keys(COMMANDS)));
    if (first.startsWith("-")) throw new UsageFailure(`No such option: ${first}`);
    const found = commandOf(args);
    at.command = `sam ${found.name}`;
    return await call(found, io, at);
  } catch (error) {
    return reportFailure(error, at, io);
  }
};

interface Found {
  readonly name: string;
  readonly load: () => Promise<SamCommand>;
  readonly words: readonly string[];
}

const call = async ({ name, load, words }: Found, io: Io, at: { operation?: string }): Promise<number> => {
  const command = await load();
  if (words.includes("--help") || words.includes("-h"))
    return say(
      io,
      helpText(
        `sam ${name}`,
        command.options.map(({ names }) => names.join(", ")),
      ),
    );
  const { given, positional } = await readOptions(name, words, command.options, io);
  const [argument, ...more] = positional;
  const [extra] = command.argument === undefined ? positional : more;
  if (extra !== undefined) throw new UsageFailure(`Got unexpected extra argument (${extra})`);
  const region = given.text("region") ?? io.env["AWS_REGION"] ?? io.env["AWS_DEFAULT_REGION"];
  const profile = given.text("profile");
  return command.run({
    given,
    argument,
    io,
    globals: { ...(region ? { region } : {}), ...(profile ? { profile } : {}) },
    names: (operation) => {
      at.operation = operation;
    },
  });
};

/** A command is one word, or two such as `list resources`. */
const commandOf = ([first = "", second = "", ...words]: readonly string[]): Found => {
  const both = `${first} ${second}`;
  const two = own(COMMANDS, both);
  if (two) return { name: both, load: two, words };
  const one = own(COMMANDS, first);
  if (one) return { name: first, load: one, words: second === "" ? words : [second, ...words] };
  const instead = own(NOT_HERE, both) ?? own(NOT_HERE, first);
  if (instead !== undefined)
    throw new SamFailure(`aloft's own sam command has no '${own(NOT_HERE, both) ? both : first}'. ${instead}`);
  throw new UsageFailure(`No such command '${first}'.`);
};

const COMMANDS: Readonly<Record<string, () => Promise<SamCommand>>> = {
  build: async () => (await import("./build/command.ts")).build,
  delete: async () => (await import("./delete/command.ts")).deleteApplication,
  deploy: async () => (await import("./deploy/command.ts")).deploy,
  "list resources": async () => (await import("./list/resources.ts")).listResources,
  "list stack-outputs": async () => (await import("./list/stackOutputs.ts")).listStackOutputs,
  package: async () => (await import("./package/command.ts")).packageApplication,
  validate: async () => (await import("./validate/command.ts")).validate,
};

const say = (io: Io, text: string): number => {
  io.out(text);
  return 0;
};
