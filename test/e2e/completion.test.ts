import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { temporaryDirectory } from "../socket/clouds.ts";
import { builtCli, plainEnvironment, run } from "./aloftCli.ts";

/** The completions as the shells themselves run them. */
const folder = temporaryDirectory();
const bin = join(folder.path, "bin");
const plain = plainEnvironment(folder.path);
const env = { ...plain, PATH: `${bin}:${plain["PATH"]}` };
/** Where the script for a shell is written, by its first test. */
const scriptFor = (shell: string) => join(folder.path, `aloft.${shell}`);
const good = async (command: string, ...args: readonly string[]): Promise<string> => {
  const ended = await run(command, args, { cwd: folder.path, env, timeoutMs: 60_000 });
  expect(ended.status, ended.all).toBe(0);
  return ended.stdout;
};

beforeAll(() => {
  mkdirSync(bin);
  writeFileSync(join(bin, "aloft"), `#!/bin/sh\nexec "${process.execPath}" "${builtCli()}" "$@"\n`);
  chmodSync(join(bin, "aloft"), 0o755);
}, 60_000);
afterAll(() => folder[Symbol.dispose]());

test.each(["bash", "zsh", "fish"])(
  "the script for %s knows every command, and options of commands below commands",
  async (shell) => {
    const { script } = JSON.parse(await good("aloft", "completion", shell, "--json"));
    writeFileSync(scriptFor(shell), script);
    for (const name of Object.keys(COMMANDS)) expect(script).toContain(name);
    for (const word of ["advance", "transform", "until-done", "capability"]) expect(script).toContain(word);
  },
);

it("bash completes commands, what follows them, and options", async () => {
  const asked = (...words: readonly string[]) =>
    good(
      "bash",
      ...[
        "-c",
        `source ${scriptFor("bash")}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _aloft; echo "\${COMPREPLY[@]}"`,
      ],
      ...["bash", ...words],
    );
  expect(await asked("aloft", "clo")).toBe("clock\n");
  expect(await asked("aloft", "clock", "")).toBe("show advance set pause resume --state --port --json --help\n");
  expect(await asked("aloft", "status", "--un")).toBe("--until-done\n");
});

/** Why a shell's own completion cannot be tried, unless it can. */
const missing = (shell: string) =>
  spawnSync(shell, ["--version"]).status === 0 ? undefined : `${shell} is not installed here`;

it.skipIf(missing("fish"))(
  `fish completes them, with what they are for${missing("fish") ? `: ${missing("fish")}` : ""}`,
  async () => {
    const asked = (line: string) =>
      good("fish", "--no-config", "-c", `source ${scriptFor("fish")}; complete -C ${JSON.stringify(line)}`);
    expect(await asked("aloft clo")).toBe("clock\tShow the cloud's time, move it on, stop it\n");
    expect(await asked("aloft clock a")).toBe("advance\tMove the cloud's time on, such as by 90s, 10m, 1h30m or 2d\n");
    expect(await asked("aloft status --un")).toMatch(/^--until-done\t/);
  },
);

/** A zsh in a pseudo-terminal of its own, in which somebody types and presses Tab. */
const zshSession = () => `zmodload zsh/zpty
zpty shell "zsh -f -i"
zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; source ${scriptFor("zsh")}; print ready$((1 + 1))'
zpty -r shell seen '*ready2*'
zpty -w -n shell $'aloft clo\\t'
zpty -r shell seen '*aloft clock*' || exit 1
zpty -w -n shell $'\\t\\t'
zpty -r shell seen "*Let the cloud's time pass again*" || exit 1
print -r -- "$seen"
zpty -d shell`;

it.skipIf(missing("zsh"))(
  `zsh completes them, with what they are for${missing("zsh") ? `: ${missing("zsh")}` : ""}`,
  async () => {
    const seen = await good("zsh", "-f", "-c", zshSession());
    for (const word of ["advance", "pause", "resume"]) expect(seen).toContain(word);
  },
);
