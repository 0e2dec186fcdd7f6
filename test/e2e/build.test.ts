import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CodeBuildClient, CreateProjectCommand, UpdateProjectCommand } from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serviceRole } from "../serviceRole.ts";
import { aloft, plainEnvironment, ROOT } from "./aloftCli.ts";
import { freePort } from "./freePort.ts";

const LIMIT_MS = 300_000;
let folder = "";
let options: Parameters<typeof aloft>[0];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "aloft-local-build-"));
  const project = join(folder, "project");
  mkdirSync(project);
  writeFileSync(join(project, "greeting"), "hello\n");
  options = {
    cwd: project,
    env: plainEnvironment(folder),
    state: join(folder, "state"),
    port: await freePort(),
  };
}, LIMIT_MS);
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const buildspec = (commands: readonly string[], more: object = {}) =>
  JSON.stringify({ version: 0.2, phases: { build: { commands } }, ...more });
const write = (name: string, text: string) => writeFileSync(join(options.cwd, name), text);

describe("aloft build", () => {
  it("builds the working tree as it is, and changes nothing in it", { timeout: LIMIT_MS }, async () => {
    write("buildspec.yml", buildspec(["cat greeting > out", "rm greeting"], { artifacts: { files: ["out"] } }));
    const built = await aloft(options)("build", "--artifacts", join(folder, "artifacts"));
    expect([built.status, built.all]).toEqual([0, expect.stringContaining("Build SUCCEEDED")]);
    expect(readFileSync(join(folder, "artifacts", "primary", "out"), "utf8")).toBe("hello\n");
    expect([existsSync(join(options.cwd, "greeting")), existsSync(join(options.cwd, "out"))]).toEqual([true, false]);
  });

  it("fails with the command that failed, and says what is not there", { timeout: LIMIT_MS }, async () => {
    write("other.yml", buildspec(["exit 7"]));
    const failed = await aloft(options)("build", "other.yml");
    expect(failed.status).not.toBe(0);
    expect(failed.all).toMatch(
      /Build FAILED\nBUILD: .*exit 7. Reason: exit status 7\nNext: aloft build other.yml --shell/,
    );
    const missing = await aloft(options)("build", "nowhere");
    expect(missing.status).not.toBe(0);
    expect(missing.all).toContain("There is no buildspec nowhere, and no cloud runs here.");
  });

  it("opens a shell at the failing point, with what the build had exported", { timeout: LIMIT_MS }, async () => {
    write("buildspec.yml", buildspec(["mkdir deep && cd deep", "export MARK=here", "false"]));
    const env = { ...options.env, ALOFT_STATE: options.state, ALOFT_PORT: String(options.port) };
    const child = spawn(process.execPath, [join(ROOT, "bin", "aloft.mjs"), "build", "--shell"], { ...options, env });
    child.stdin.end('echo "at $(basename "$PWD"), $MARK"\nexit\n');
    const [output] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(output).toContain("at deep, here");
    expect(output).toContain("Build FAILED");
  });

  it("builds as a project of the running cloud says, with what it keeps", { timeout: LIMIT_MS }, async () => {
    const command = aloft(options);
    expect((await command("start")).status).toBe(0);
    try {
      const credentials = JSON.parse(readFileSync(join(options.state, "credentials.json"), "utf8"));
      const cloud = { region: "us-east-1", endpoint: `http://127.0.0.1:${options.port}`, credentials };
      await serviceRole(new IAMClient(cloud), "build", "codebuild");
      await new SSMClient(cloud).send(new PutParameterCommand({ Name: "/word", Value: "kept", Type: "SecureString" }));
      await new CodeBuildClient(cloud).send(
        new CreateProjectCommand({
          name: "app",
          source: { type: "NO_SOURCE", buildspec: buildspec(["echo $(cat greeting) ${#WORD}"]) },
          artifacts: { type: "NO_ARTIFACTS" },
          environment: {
            type: "LINUX_CONTAINER",
            image: "aws/codebuild/standard:7.0",
            computeType: "BUILD_GENERAL1_SMALL",
            environmentVariables: [{ name: "WORD", value: "/word", type: "PARAMETER_STORE" }],
          },
          serviceRole: "build",
        }),
      );
      const built = await command("build", "app");
      expect([built.status, built.all]).toEqual([0, expect.stringContaining("hello 4")]);
      write("buildspec-of-app.yml", buildspec(["echo $(cat greeting) $KIND ${#WORD}"]));
      await new CodeBuildClient(cloud).send(
        new UpdateProjectCommand({
          name: "app",
          source: { type: "NO_SOURCE", buildspec: "buildspec-of-app.yml" },
        }),
      );
      const byFile = await command("build", "buildspec-of-app.yml", "--env", "KIND=mine");
      expect(byFile.all).toContain("With the variables of the project app");
      expect(byFile.all).toContain("hello mine 4");
    } finally {
      await command("stop");
    }
  });
});
