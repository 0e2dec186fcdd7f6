import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock, testClock } from "../../kernel/clock.ts";
import { randomIds } from "../../kernel/ids.ts";
import { createSecretMask } from "../process/mask.ts";
import { systemProcesses } from "../process/system.ts";
import { BuildFailure, BuildStopRequested } from "./failure.ts";
import type { BuildArtifact, BuildFact, BuildPorts, BuildReport } from "./ports.ts";
import { runBuild } from "./runBuild.ts";
import type { BuildSpec } from "./spec.ts";
import { abandon, type BuildState, submit } from "./state.ts";

const clock = systemClock();
const processes = systemProcesses({ clock });
let directory = "";
let lines: string[] = [];
let states: BuildState[] = [];
let uploads: BuildArtifact[] = [];
let reports: BuildReport[] = [];
let uploaded: Record<string, string> = {};
let faults: unknown[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "aloft-build-"));
  lines = [];
  states = [];
  uploads = [];
  reports = [];
  uploaded = {};
  faults = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

const specOf = (buildspec: string | undefined, more: Partial<BuildSpec> = {}): BuildSpec => ({
  id: "app:11111111-2222",
  arn: "arn:aws:codebuild:us-east-1:000000000000:build/app:11111111-2222",
  number: 7,
  projectName: "app",
  projectArn: "arn:aws:codebuild:us-east-1:000000000000:project/app",
  region: "us-east-1",
  initiator: "codepipeline/road",
  image: "aws/codebuild/standard:7.0",
  encryptionKey: "alias/aws/s3",
  startTime: 1,
  timeoutMs: 3_600_000,
  buildspec: buildspec === undefined ? { kind: "path", path: "buildspec.yml" } : { kind: "inline", text: buildspec },
  source: { type: "CODEPIPELINE", version: "v1" },
  secondarySources: [],
  variables: [],
  artifacts: { overrideName: true },
  secondaryArtifacts: [],
  cached: true,
  readsBatch: false,
  extraVariables: {},
  ...more,
});

const portsOf = (more: Partial<BuildPorts> = {}): BuildPorts => ({
  clock,
  machineClock: clock,
  ids: randomIds(),
  processes,
  mask: createSecretMask(),
  fetchSource: async (source, into) => {
    writeFileSync(join(into, "hello.txt"), source.identifier ?? "primary");
    return { resolvedVersion: "abc123" };
  },
  readObject: async () => "version: 0.2",
  resolveParameters: async () => new Map([["/app/key", "parameter-value"]]),
  nodeRuntime: async (major) => {
    throw new BuildFailure("CLIENT_ERROR", `no Node.js ${major}`);
  },
  report: async (report) => void reports.push(report),
  gitCredentials: { GIT_CONFIG_COUNT: "0" },
  resolveSecret: async () => '{"token":"secret-token","n":5}',
  upload: async (artifact) => {
    uploads.push(artifact);
    for (const { name, path } of artifact.files) uploaded[name] = readFileSync(path, "utf8");
  },
  freeBytes: async () => Number.MAX_SAFE_INTEGER,
  log: (line) => lines.push(line),
  flushLog: async () => {},
  learned: () => {},
  changed: (state) => states.push(state),
  onFault: (error) => faults.push(error),
  environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" },
  path: [],
  directory: join(directory, "work"),
  cacheDirectory: join(directory, "cache"),
  ...more,
});

const run = (spec: BuildSpec, ports = portsOf(), signal = new AbortController().signal) =>
  runBuild(spec, submit(clock.now()), ports, signal);

const phasesOf = (state: BuildState) => state.phases.map(({ type, end }) => (end ? `${type} ${end.status}` : type));
const said = () => lines.map((line) => line.replace(/^\[Container\] \S+ \S+ /, "> "));

describe("a build that succeeds", () => {
  it("goes through all phases, and says so in the agent's words", async () => {
    const outcome = await run(
      specOf("version: 0.2\nphases:\n  build:\n    commands:\n      - echo hello\nartifacts:\n  files: [hello.txt]\n"),
    );
    expect(outcome.state.status).toBe("SUCCEEDED");
    expect(phasesOf(outcome.state)).toEqual([
      "SUBMITTED SUCCEEDED",
      "QUEUED SUCCEEDED",
      "PROVISIONING SUCCEEDED",
      "DOWNLOAD_SOURCE SUCCEEDED",
      "INSTALL SUCCEEDED",
      "PRE_BUILD SUCCEEDED",
      "BUILD SUCCEEDED",
      "POST_BUILD SUCCEEDED",
      "UPLOAD_ARTIFACTS SUCCEEDED",
      "FINALIZING SUCCEEDED",
      "COMPLETED",
    ]);
    expect(outcome.state.phases[6]?.end?.contexts).toEqual([{ statusCode: "", message: "" }]);
    expect(states.at(-1)).toEqual(outcome.state);
    expect(lines[0]).toMatch(/^\[Container\] \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{6} Running on CodeBuild On-demand$/);
    const build = said().slice(said().indexOf("> Entering phase BUILD"));
    expect(build.slice(0, 5)).toEqual([
      "> Entering phase BUILD",
      "> Running command echo hello",
      "hello",
      "",
      "> Phase complete: BUILD State: SUCCEEDED",
    ]);
    expect(uploaded).toEqual({ "hello.txt": "primary" });
    expect(existsSync(join(directory, "work"))).toBe(false);
  });

  it("sees its variables, and hides the secret ones", async () => {
    const buildspec = `
version: 0.2
env:
  variables: { A: from-spec, B: from-spec }
  parameter-store: { P: /app/key }
  secrets-manager: { S: "app:token:AWSCURRENT", N: "app:n" }
  exported-variables: [RESULT, NONE, AWS_REGION, HIDDEN]
phases:
  build:
    commands:
      - echo $A $B $P $S $N
      - echo $CODEBUILD_BUILD_ID $CODEBUILD_BUILD_NUMBER $CODEBUILD_INITIATOR $CODEBUILD_RESOLVED_SOURCE_VERSION
      - test "$PWD" = "$CODEBUILD_SRC_DIR" && cat $CODEBUILD_SRC_DIR_other/hello.txt && echo " $AWS_REGION $AWS_ENDPOINT_URL"
      - RESULT="two words"
artifacts:
  files: ['$A']
  name: app-$(echo 5)-$B
`;
    const spec = specOf(buildspec, {
      variables: [
        { name: "B", value: "hello.txt", type: "PLAINTEXT" },
        { name: "A", value: "hello.txt", type: "PLAINTEXT" },
        { name: "HIDDEN", value: "/app/key", type: "PARAMETER_STORE" },
      ],
      secondarySources: [{ type: "S3", identifier: "other" }],
    });
    const outcome = await run(spec);
    expect(outcome.exportedVariables).toEqual({ RESULT: "two words", NONE: "" });
    expect(lines).toContain("hello.txt hello.txt *** *** 5");
    expect(lines).toContain("app:11111111-2222 7 codepipeline/road abc123");
    expect(lines).toContain("other us-east-1 http://127.0.0.1:4566");
    expect(uploads[0]?.name).toBe("app-5-hello.txt");
  });

  it("gathers artifacts as the buildspec says", async () => {
    const buildspec = `
version: 0.2
phases:
  build:
    commands: [mkdir -p dist/js && touch dist/a.html dist/js/b.js dist/js/b.js.map .hidden && ln -s a.html dist/z.html]
artifacts:
  files: ['**/*']
  base-directory: dist
  exclude-paths: ['**/*.map']
  secondary-artifacts:
    flat: { files: ['dist/**/*'], discard-paths: yes }
    all: { files: ['**/*'] }
    links: { files: ['dist/**/*'], exclude-paths: ['**/*.js*'], enable-symlinks: yes }
`;
    const secondaryArtifacts = ["flat", "all", "links", "none"].map((identifier) => ({
      identifier,
      overrideName: false,
    }));
    await run(specOf(buildspec, { secondaryArtifacts }));
    const names = uploads.map(({ identifier, files }) => [identifier ?? "", ...files.map(({ name }) => name)]);
    expect(names).toEqual([
      ["", "a.html", "js/b.js", "z.html"],
      ["flat", "a.html", "b.js", "b.js.map", "z.html"],
      [...["all", ".hidden", "dist/a.html", "dist/js/b.js", "dist/js/b.js.map"], ...["dist/z.html", "hello.txt"]],
      ["links", "dist/a.html", "dist/z.html"],
    ]);
    expect(uploads.map(({ files }) => files.filter(({ isLink }) => isLink).map(({ name }) => name))).toEqual([
      ...[[], [], []],
      ["dist/z.html"],
    ]);
    expect(said()).toContain("> No secondary artifact none defined in buildspec");
  });

  it("keeps cached folders for the next build of the project", async () => {
    const buildspec = `
version: 0.2
phases: { build: { commands: ['cat node_modules/x ~/.npm/y; mkdir -p node_modules ~/.npm; echo kept > node_modules/x; echo too > ~/.npm/y'] } }
cache: { paths: ['node_modules/**/*', '/root/.npm/**/*', '*'] }
`;
    await run(specOf(buildspec));
    expect(lines).not.toContain("kept");
    lines = [];
    await run(specOf(buildspec));
    expect(lines).toEqual(expect.arrayContaining(["kept", "too"]));
    lines = [];
    await run(specOf(buildspec, { cached: false }));
    expect(lines).not.toContain("kept");
  });

  it("leaves no process behind", async () => {
    await run(specOf("version: 0.2\nphases: { build: { commands: ['setsid sleep 71 &'] } }"));
    expect(await processes.killMarked(join(directory, "work"))).toBe(0);
  });
});

describe("a build that fails", () => {
  it("still runs POST_BUILD after BUILD, which learns of it, and the artifacts", async () => {
    const { state } = await run(
      specOf(`
version: 0.2
phases:
  build: { commands: [npm test || exit 1, echo unreached], finally: [echo finally] }
  post_build: { commands: [echo succeeding=$CODEBUILD_BUILD_SUCCEEDING] }
artifacts: { files: [hello.txt] }
`),
    );
    expect(state.status).toBe("FAILED");
    expect(state.phases.find(({ type }) => type === "BUILD")?.end).toMatchObject({
      status: "FAILED",
      contexts: [
        {
          statusCode: "COMMAND_EXECUTION_ERROR",
          message: "Error while executing command: npm test || exit 1. Reason: exit status 1",
        },
      ],
    });
    expect(lines).toContain("succeeding=0");
    expect(lines).toContain("finally");
    expect(lines).not.toContain("unreached");
    expect(said()).toContain("> Command did not exit successfully npm test || exit 1 exit status 1");
    expect(uploads).toHaveLength(1);
  });

  it("ends at once before BUILD", async () => {
    const { state } = await run(
      specOf("version: 0.2\nphases: { install: { commands: ['false'] }, build: { commands: [echo no] } }"),
    );
    expect(phasesOf(state).slice(4)).toEqual(["INSTALL FAILED", "FINALIZING SUCCEEDED", "COMPLETED"]);
  });

  it.each([
    ["ABORT", "build", ["BUILD FAILED", "FINALIZING SUCCEEDED"]],
    ["CONTINUE", "install", ["INSTALL FAILED", "PRE_BUILD SUCCEEDED"]],
  ])("does what on-failure: %s says", async (action, phase, expected) => {
    const { state } = await run(
      specOf(`version: 0.2\nphases: { ${phase}: { on-failure: ${action}, commands: ['false'] } }`),
    );
    expect(state.status).toBe("FAILED");
    expect(phasesOf(state).join()).toContain(expected.join());
  });

  it.each([
    ["RETRY", [{ kind: "retry", times: 3 }]],
    ["RETRY-5", [{ kind: "retry", times: 5 }]],
    ["RETRY-5-.*exit 7.*", [{ kind: "retry", times: 5 }]],
    ["RETRY-.*exit 7.*", [{ kind: "retry", times: 3 }]],
    ["RETRY-5-nothing", []],
    ["RETRY-0", []],
    ["ABORT", []],
  ])("says whether it wants to start anew: %s", async (action, expected) => {
    const facts: BuildFact[] = [];
    const spec = specOf(`version: 0.2\nphases: { build: { on-failure: '${action}', commands: ['exit 7'] } }`);
    const { state } = await run(spec, portsOf({ learned: (fact) => void facts.push(fact) }));
    expect(state.status).toBe("FAILED");
    expect(facts.filter(({ kind }) => kind === "retry")).toEqual(expected);
  });

  it("fails for artifacts that are not there", async () => {
    const { state } = await run(specOf("version: 0.2\nartifacts: { files: ['dist/*'] }"));
    expect(state.phases.at(-3)).toMatchObject({
      type: "UPLOAD_ARTIFACTS",
      end: {
        status: "FAILED",
        contexts: [{ statusCode: "CLIENT_ERROR", message: "no matching artifact paths found" }],
      },
    });
  });

  it.each([
    ["no buildspec", undefined, "YAML_FILE_ERROR", "YAML file does not exist"],
    ["a broken one", "version: [", "YAML_FILE_ERROR", /at line/],
  ])("fails to download for %s", async (_, buildspec, statusCode, message) => {
    const { state } = await run(specOf(buildspec));
    const context = { statusCode, message: typeof message === "string" ? message : expect.stringMatching(message) };
    expect(state.phases[3]).toMatchObject({ type: "DOWNLOAD_SOURCE", end: { status: "FAILED", contexts: [context] } });
    expect(state.phases).toHaveLength(6);
  });

  it("says which of several buildspecs is missing, and reads none from outside", async () => {
    for (const path of ["ci/build.yml", "../../../etc/passwd"]) {
      const { state } = await run(specOf(undefined, { buildspec: { kind: "path", path } }));
      expect(state.phases[3]?.end?.contexts?.[0]?.message).toMatch(/^stat .*: no such file or directory$/);
    }
  });

  it("carries the world's refusals, and reports our own bugs as faults", async () => {
    const refused = portsOf({ fetchSource: () => Promise.reject(new BuildFailure("CLIENT_ERROR", "Access Denied")) });
    expect((await run(specOf(""), refused)).state.phases[3]?.end?.contexts).toEqual([
      { statusCode: "CLIENT_ERROR", message: "Access Denied" },
    ]);
    const broken = portsOf({ fetchSource: () => Promise.reject(new TypeError("oops")) });
    expect((await run(specOf(""), broken)).state.status).toBe("FAULT");
    expect(faults).toHaveLength(1);
  });
});

describe("a build that is ended", () => {
  const sleeping = "version: 0.2\nphases: { build: { commands: [echo asleep, sleep 72] } }";
  const onceAsleep = (act: () => void) => portsOf({ log: (line) => line === "asleep" && act() });

  it("by its user is STOPPED", async () => {
    const controller = new AbortController();
    const ports = onceAsleep(() => controller.abort(new BuildStopRequested()));
    const { state } = await run(specOf(sleeping), ports, controller.signal);
    expect(state.status).toBe("STOPPED");
    expect(phasesOf(state).slice(6)).toEqual(["BUILD STOPPED", "FINALIZING SUCCEEDED", "COMPLETED"]);
    expect(existsSync(join(directory, "work"))).toBe(false);
  });

  it("by its own time is TIMED_OUT", async () => {
    const time = testClock();
    const ports = { ...onceAsleep(() => time.advance(3_600_000)), machineClock: time };
    const { state } = await run(specOf(sleeping), ports);
    expect(state.status).toBe("TIMED_OUT");
    expect(state.phases[6]?.end?.contexts?.[0]?.statusCode).toBe("BUILD_TIMED_OUT");
  });

  it("by the cloud's end stays as it is, without a process, and can be failed later", async () => {
    const controller = new AbortController();
    const ports = onceAsleep(() => controller.abort(new Error("the cloud is stopping")));
    await expect(run(specOf(sleeping), ports, controller.signal)).rejects.toThrow("the cloud is stopping");
    const left = states.at(-1);
    expect(left?.status).toBe("IN_PROGRESS");
    if (left?.status !== "IN_PROGRESS") throw new Error("it has ended");
    const failed = abandon(left, 5, "FAILED", { statusCode: "BUILD_CONTAINER_LOST", message: "gone" });
    expect(failed.status).toBe("FAILED");
    expect(await processes.killMarked(join(directory, "work"))).toBe(0);
  });
});

describe("version 0.1", () => {
  it("gives each command a shell of its own", async () => {
    mkdirSync(join(directory, "x"));
    const { state } = await run(
      specOf("version: 0.1\nphases: { build: { commands: ['cd / && A=1', 'test -f hello.txt -a -z \"$A\"'] } }"),
    );
    expect(state.status).toBe("SUCCEEDED");
  });
});
