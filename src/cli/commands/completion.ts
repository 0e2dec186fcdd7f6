import { Argument, type Command } from "commander";
import { type CommandWords, SHELLS, type Shell } from "../completionScripts.ts";
import { createOutput } from "../render/output.ts";

/** `aloft completion`: what a shell needs to complete commands and options. */
export const registerCompletion = (program: Command): void => {
  program
    .command("completion")
    .addArgument(new Argument("<shell>", "which shell").choices(Object.keys(SHELLS)))
    .description("Print a script that completes aloft's commands and options in your shell")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      '\nExamples:\n  eval "$(aloft completion bash)"        # in ~/.bashrc\n  eval "$(aloft completion zsh)"         # in ~/.zshrc, after compinit\n  aloft completion fish > ~/.config/fish/completions/aloft.fish',
    )
    .action((shell: Shell, options) => {
      const output = createOutput(options.json === true);
      const script = SHELLS[shell](wordsOf(program, ""));
      output.line(script);
      output.result({ shell, script });
    });
};

const wordsOf = (command: Command, path: string): readonly CommandWords[] => [
  {
    path,
    subcommands: command.commands.map((each) => ({ name: each.name(), description: each.description() })),
    options: [
      ...command.options.map(({ long, short, description }) => ({ name: long ?? short ?? "", description })),
      { name: "--help", description: "display help" },
    ],
  },
  ...command.commands.flatMap((each) => wordsOf(each, path === "" ? each.name() : `${path} ${each.name()}`)),
];
