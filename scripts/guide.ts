import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { createProgram } from "../src/cli/commands.ts";

const INTRODUCTION = `# Commands

Written by \`npm run generate -- guide\` from the commands' own help; a test holds it in step.

**Exit status**: 0 done; 1 the work failed; 2 the command was misused (an unknown option, a value that cannot be). A command ended by a signal ends as the shell knows it: 128 and the signal's number, 130 for Ctrl+C; \`--watch\` and \`--follow\`, which are ended so, end with 0.

**\`--json\`**: the whole answer is one JSON document on standard output, and nothing else is printed there; \`status --watch\` prints one document a line for each change. A failure is \`{"error":{"message":…,"next":…}}\` on standard error, where \`next\`, if there is one, is the command to type next; a misuse is told so, too. Fields are added over time, and neither renamed nor removed within a major version.

**Colours** are used on a terminal only, and not when \`NO_COLOR\` is set.

**Settings**: options first, then \`ALOFT_*\` in the environment, then the defaults; \`aloft config\` shows which.
`;

/** docs/guide/commands.md as it should be: the commands' own help. */
export const referenceText = async (): Promise<string> => {
  // Defaults that the environment sets are nobody else's.
  for (const name of Object.keys(process.env)) if (/^(ALOFT_|AWS_REGION)/.test(name)) delete process.env[name];
  const program = await createProgram();
  return `${INTRODUCTION}\n${program.commands.map((command) => sectionOf(command, "aloft")).join("\n")}`;
};

const sectionOf = (command: Command, parent: string): string => {
  const name = `${parent} ${command.name()}`;
  const depth = parent === "aloft" ? "##" : "###";
  command.configureHelp({ helpWidth: 120 });
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  const own = `${depth} ${name}\n\n\`\`\`text\n${help.trim().replace(/^Usage: .*/, `Usage: ${name} ${command.usage()}`)}\n\`\`\`\n`;
  return [own, ...command.commands.map((each) => sectionOf(each, name))].join("\n");
};

/** src/cli/summaries.generated.json as it should be: what the help of aloft itself lists, without loading each command. */
export const summariesText = async (): Promise<string> => {
  const program = await createProgram();
  const help = program.createHelp();
  const summaries = program.commands.map((command) => ({
    name: command.name(),
    term: help.subcommandTerm(command),
    summary: command.description(),
  }));
  return `${JSON.stringify(summaries, undefined, 2)}\n`;
};

/** `npm run generate -- guide` */
export const writeReference = async (): Promise<void> => {
  writeFileSync(new URL("../src/cli/summaries.generated.json", import.meta.url), await summariesText());
  writeFileSync(new URL("../docs/guide/commands.md", import.meta.url), await referenceText());
};
