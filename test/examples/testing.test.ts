import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { plainEnvironment, ROOT } from "../e2e/aloftCli.ts";
import { temporaryDirectory } from "../socket/clouds.ts";

const run = promisify(execFile);
const LIMIT_MS = 120_000;

/** The package as a consumer has it: packed, unpacked, and beside it what it depends on. */
describe("the package", () => {
  const folder = temporaryDirectory();
  const consumer = join(folder.path, "consumer");
  const env = plainEnvironment(join(folder.path, "home"));
  const here = { cwd: consumer, env };

  beforeAll(async () => {
    mkdirSync(join(consumer, "node_modules"), { recursive: true });
    mkdirSync(join(folder.path, "home"));
    // What the package and the examples depend on is found one folder up.
    symlinkSync(join(ROOT, "node_modules"), join(folder.path, "node_modules"));
    await run(process.execPath, [join(ROOT, "bin", "aloft.mjs"), "version"], here);
    await run(process.execPath, [join(ROOT, "scripts", "buildTypes.mjs")], here);
    const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", consumer], {
      cwd: ROOT,
      env,
    });
    const [{ filename }] = JSON.parse(packed.stdout);
    await run("tar", ["-xzf", filename], here);
    await run("mv", ["package", "node_modules/aloft"], here);
  }, LIMIT_MS);
  afterAll(() => folder[Symbol.dispose]());

  it("has types that a strict consumer compiles against, and refuses what is wrong", {
    timeout: LIMIT_MS,
  }, async () => {
    writeFileSync(
      join(consumer, "right.ts"),
      `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { type Cloud, startCloud } from "aloft";
const cloud: Cloud = await startCloud({ region: "eu-west-1" });
export const clients = [new DynamoDBClient(cloud.clientConfig()), new S3Client({ ...cloud.clientConfig() })];
cloud.clock.pause();
await cloud.idle();
await cloud.stop();
`,
    );
    writeFileSync(
      join(consumer, "wrong.ts"),
      'import { startCloud } from "aloft";\nawait startCloud({ region: 7 });\n',
    );
    writeFileSync(join(consumer, "package.json"), '{ "type": "module" }');
    const strict = [
      ...["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2023,esnext.disposable"],
      ...["--types", "node", "--skipLibCheck", "right.ts", "wrong.ts"],
    ];
    const compiler = join(ROOT, "node_modules", "typescript7", "bin", "tsc");
    // Both at once: all it says is of the one that is wrong.
    await expect(run(process.execPath, [compiler, ...strict], here)).rejects.toMatchObject({
      stdout: expect.stringMatching(/^wrong\.ts\(2,20\): .*Type 'number' is not assignable to type 'string'\.\n$/),
    });
  });

  it("starts from the command line as it was installed", { timeout: LIMIT_MS }, async () => {
    const { stdout } = await run(process.execPath, ["node_modules/aloft/bin/aloft.mjs", "--help"], here);
    expect(stdout).toContain("aloft launch");
  });

  it("is tested by the workflow for GitHub Actions, step by step", { timeout: LIMIT_MS }, async () => {
    cpSync(join(ROOT, "examples", "testing"), consumer, { recursive: true });
    const workflow = parse(readFileSync(join(consumer, ".github/workflows/test.yml"), "utf8"));
    const { steps, strategy } = workflow.jobs.test;
    expect(strategy.matrix.node).toContain(Number(process.versions.node.split(".")[0]));
    const commands: readonly string[] = steps.flatMap(({ run: command }: { run?: string }) => command ?? []);
    // What would be installed is here already: the package as it was packed, and beside it what it depends on.
    const [install, ...others] = commands;
    expect([install, others.length]).toEqual(["npm install", 1]);
    for (const command of others) {
      // As GitHub's runner does it.
      const { stdout } = await run("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", command], here);
      expect(stdout).toMatch(/pass 1[\s\S]*Tests +2 passed/);
    }
  });
});
