import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../kernel/clock.ts";
import { randomIds } from "../../kernel/ids.ts";
import { minimalEnvironment } from "../process/environment.ts";
import { createSecretMask } from "../process/mask.ts";
import { systemProcesses } from "../process/system.ts";
import { type BuildShell, createBuildShell } from "./shell.ts";

const processes = systemProcesses({ clock: systemClock() });
let directory = "";
let lines: string[] = [];
let shells: BuildShell[] = [];

const shellOf = (isolated = false, signal = new AbortController().signal): BuildShell => {
  const shell = createBuildShell({
    processes,
    ids: randomIds(),
    mask: createSecretMask(["hunter22"]),
    cwd: directory,
    env: minimalEnvironment({ home: directory, tmp: directory }),
    stateDirectory: directory,
    isolated,
    marker: directory,
    onOutput: (line) => lines.push(line),
    signal,
  });
  shells.push(shell);
  return shell;
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "aloft-shell-"));
  lines = [];
  shells = [];
});
afterEach(async () => {
  for (const shell of shells) await shell.close();
  rmSync(directory, { recursive: true });
});

describe("a build's shell", () => {
  it("gives each command's status and output, with a line between commands as on AWS", async () => {
    const shell = shellOf();
    expect(await shell.run("echo hello; echo to-stderr >&2")).toBe(0);
    expect(await shell.run("printf half; (exit 7)")).toBe(7);
    expect(lines).toEqual(["hello", "to-stderr", "", "half"]);
  });

  it("keeps folders, variables and functions from command to command", async () => {
    const shell = shellOf();
    await shell.run("mkdir sub && cd sub && A=1 && export B='two words' && f() { echo in f; }");
    await shell.run('echo "$A $B ${PWD##*/}"; f');
    expect(lines.filter(Boolean)).toEqual(["1 two words sub", "in f"]);
  });

  it("survives exit, with the state kept", async () => {
    const shell = shellOf();
    await shell.run("mkdir -p sub && cd sub && A=1 && f() { echo in f; } && export B=$'two\nlines'");
    expect(await shell.run("A=2; exit 3")).toBe(3);
    expect(await shell.run('echo "$A ${PWD##*/} $B"; f')).toBe(0);
    expect(lines.filter(Boolean)).toEqual(["2 sub two", "lines", "in f"]);
  });

  it("survives errexit, exec, kill and syntax errors", async () => {
    const shell = shellOf();
    expect(await shell.run("set -e\nfalse\necho unreached")).toBe(1);
    expect(await shell.run("exec bash -c 'echo execed; exit 4'")).toBe(4);
    expect(await shell.run("kill -9 $$")).toBe(137);
    expect(await shell.run("if then")).not.toBe(0);
    expect(await shell.run("set -u; echo $NO_SUCH_THING")).not.toBe(0);
    expect(await shell.run("echo alive")).toBe(0);
    expect(lines).toContain("execed");
    expect(lines).toContain("alive");
    expect(lines).not.toContain("unreached");
  });

  it("runs many lines, here-documents and commands that read their input", async () => {
    const shell = shellOf();
    expect(await shell.run("cat <<'EOF'\none $HOME\n  two\nEOF\ncat\nread x || echo no input")).toBe(0);
    expect(lines).toEqual(["one $HOME", "  two", "no input", ""]);
  });

  it("is not confused by tracing, traps or a closed descriptor", async () => {
    const shell = shellOf();
    expect(await shell.run("set -x; (exit 5)")).toBe(5);
    expect(await shell.run("set +x; trap 'echo bye' EXIT; exec 3>&-")).toBe(0);
    expect(await shell.run("exit 6")).toBe(6);
    expect(await shell.run("echo on")).toBe(0);
  });

  it("masks secrets", async () => {
    await shellOf().run("echo the password is hunter22");
    expect(lines).toEqual(["the password is ***", ""]);
  });

  it("captures output", async () => {
    const shell = shellOf();
    await shell.run("V='a b'");
    expect(await shell.capture('printf %s "$V-$(echo x)"')).toBe("a b-x");
  });

  it("forgets everything in 0.1", async () => {
    const shell = shellOf(true);
    await shell.run("cd /; export A=1; exit 0");
    expect(await shell.run('test -z "$A" && test "$PWD" != /')).toBe(0);
  });

  it("ends when its build is stopped", async () => {
    const controller = new AbortController();
    const shell = shellOf(false, controller.signal);
    const running = shell.run("sleep 60 & sleep 60");
    controller.abort();
    expect(await running).not.toBe(0);
    expect(await processes.killMarked(directory)).toBe(0);
  });
});
