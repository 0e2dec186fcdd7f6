import {
  BatchGetCommandExecutionsCommand,
  BatchGetSandboxesCommand,
  CodeBuildClient,
  CreateProjectCommand,
  ListBuildsCommand,
  ListCommandExecutionsForSandboxCommand,
  ListSandboxesCommand,
  ListSandboxesForProjectCommand,
  StartCommandExecutionCommand,
  StartSandboxCommand,
  StopSandboxCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { neighboursFake } from "../neighboursFake.ts";
import codebuild from "../service.ts";

let cloud: TestCloud;
let client: CodeBuildClient;
let events: string[];
const open = async () => {
  cloud = await testCloud({ loaders: { ...neighboursFake().loaders, codebuild: async () => codebuild } });
  client = cloud.client(CodeBuildClient);
  events = [];
  cloud.events.subscribe(({ source, detailType }) => source === "aws.codebuild" && events.push(detailType));
};

beforeEach(async () => {
  await open();
  await serviceRole(cloud.client(IAMClient), "build", "codebuild", "*");
  await client.send(
    new CreateProjectCommand({
      name: "app",
      source: { type: "NO_SOURCE", buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - touch built\n" },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        type: "LINUX_CONTAINER",
        image: "aws/codebuild/standard:7.0",
        computeType: "BUILD_GENERAL1_SMALL",
        environmentVariables: [{ name: "GREETING", value: "hello" }],
      },
      serviceRole: "arn:aws:iam::123456789012:role/build",
      logsConfig: { cloudWatchLogs: { status: "DISABLED" } },
    }),
  );
});
afterEach(() => cloud[Symbol.asyncDispose]());

const start = async (more = {}) =>
  (await client.send(new StartSandboxCommand({ projectName: "app", ...more }))).sandbox;
const sandboxOf = async (id = "") => (await client.send(new BatchGetSandboxesCommand({ ids: [id] }))).sandboxes?.[0];
/** Lets the cloud work until there is something to see, however busy the machine is. */
const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise(setImmediate);
  }
};
/** What becomes of a sandbox: it is open for commands, or it has ended. */
const opened = (id: string) =>
  until(async () => {
    const { status, currentSession } = (await sandboxOf(id)) ?? {};
    if (currentSession?.currentPhase === "RUN_SANDBOX") return currentSession;
    return status === "QUEUED" || status === "IN_PROGRESS" ? undefined : currentSession;
  });
/** A sandbox in which commands may run. */
const ready = async (): Promise<string> => {
  const id = (await start())?.id ?? "";
  expect(await opened(id)).toMatchObject({ currentPhase: "RUN_SANDBOX" });
  return id;
};
const run = async (sandboxId: string, command: string) =>
  (await client.send(new StartCommandExecutionCommand({ sandboxId, command }))).commandExecution?.id ?? "";
const commandOf = async (sandboxId: string, id: string) =>
  (await client.send(new BatchGetCommandExecutionsCommand({ sandboxId, commandExecutionIds: [id] })))
    .commandExecutions?.[0];
const ended = (sandboxId: string, id: string) =>
  until(async () => {
    const command = await commandOf(sandboxId, id);
    return command?.status === "IN_PROGRESS" ? undefined : command;
  });

describe("a sandbox", () => {
  it("is shown with its project's settings and its phases, in lists of its own", async () => {
    const started = await start();
    expect(started).toMatchObject({
      projectName: "app",
      arn: `arn:aws:codebuild:us-east-1:123456789012:sandbox/${started?.id}`,
      serviceRole: "arn:aws:iam::123456789012:role/build",
      timeoutInMinutes: 60,
      currentSession: { id: started?.id?.split(":")[1] },
    });
    const id = started?.id ?? "";
    await opened(id);
    const open = await sandboxOf(started?.arn);
    expect(open).toMatchObject({ id, status: "IN_PROGRESS", startTime: expect.any(Date) });
    expect(open?.currentSession?.phases?.map(({ phaseType, phaseStatus }) => [phaseType, phaseStatus])).toEqual([
      ["SUBMITTED", "SUCCEEDED"],
      ["QUEUED", "SUCCEEDED"],
      ["PROVISIONING", "SUCCEEDED"],
      ["DOWNLOAD_SOURCE", "SUCCEEDED"],
      ["RUN_SANDBOX", undefined],
    ]);
    expect((await client.send(new ListSandboxesCommand({}))).ids).toEqual([id]);
    expect((await client.send(new ListSandboxesForProjectCommand({ projectName: "app" }))).ids).toEqual([id]);
    expect((await client.send(new ListBuildsCommand({}))).ids).toEqual([]);
    expect(events).toEqual([]);
  });

  it("runs commands that begin at its source and share what they leave there, and none of its buildspec's", async () => {
    const id = await ready();
    const first = await run(id, 'ls; echo "$GREETING" > kept; echo out; echo err >&2; exit 3');
    expect(await ended(id, first)).toMatchObject({
      id: first,
      sandboxId: id,
      type: "SHELL",
      status: "FAILED",
      exitCode: "3",
      standardOutputContent: "out",
      standardErrContent: "err",
    });
    const second = await run(id, "cat kept; aws --version >/dev/null && pwd");
    const done = await ended(id, second);
    expect(done).toMatchObject({ status: "SUCCEEDED", exitCode: "0" });
    expect(done?.standardOutputContent).toMatch(/^hello\n\/.*\/src$/);
    const list = (more = {}) => client.send(new ListCommandExecutionsForSandboxCommand({ sandboxId: id, ...more }));
    const page = await list({ sortOrder: "ASCENDING", maxResults: 1 });
    expect(page.commandExecutions?.map((each) => each.id)).toEqual([first]);
    const rest = await list({ sortOrder: "ASCENDING", maxResults: 1, nextToken: page.nextToken });
    expect([rest.commandExecutions?.map((each) => each.id), rest.nextToken]).toEqual([[second], undefined]);
    expect((await list()).commandExecutions?.map((each) => each.id)).toEqual([second, first]);
  });

  it("ends with what runs in it when it is stopped", async () => {
    const id = await ready();
    const command = await run(id, "echo begun; sleep 600");
    const { sandbox } = await client.send(new StopSandboxCommand({ id }));
    expect(sandbox).toMatchObject({ status: "STOPPED", endTime: expect.any(Date) });
    await cloud.tasks.idle();
    expect(await commandOf(id, command)).toMatchObject({ status: "STOPPED", endTime: expect.any(Date) });
    await expect(run(id, "true")).rejects.toMatchObject({
      name: "InvalidInputException",
      message: expect.stringContaining("not ready"),
    });
    expect((await client.send(new StopSandboxCommand({ id }))).sandbox?.status).toBe("STOPPED");
  });

  it("that a process of the cloud left behind counts as failed, and what ran in it as stopped", async () => {
    const id = await ready();
    const command = await run(id, "sleep 600");
    // What a crash leaves: the records say that both run, and nothing runs them.
    await cloud.tasks.stop();
    expect((await sandboxOf(id))?.status).toBe("IN_PROGRESS");
    await cloud.rooms.resume();
    expect(await sandboxOf(id)).toMatchObject({ status: "FAULT", endTime: expect.any(Date) });
    expect((await commandOf(id, command))?.status).toBe("STOPPED");
  });

  it("is started once for one token", async () => {
    const first = await start({ idempotencyToken: "once" });
    expect((await start({ idempotencyToken: "once" }))?.id).toBe(first?.id);
    expect((await start({ idempotencyToken: "twice" }))?.id).not.toBe(first?.id);
  });
});

describe("sandboxes", () => {
  it("that are not there are refused, or named among the missing", async () => {
    await expect(start({ projectName: "none" })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(client.send(new StartSandboxCommand({}))).rejects.toMatchObject({ name: "InvalidInputException" });
    await expect(client.send(new StopSandboxCommand({ id: "app:none" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await expect(run("nothing", "true")).rejects.toMatchObject({ name: "InvalidInputException" });
    const got = await client.send(new BatchGetSandboxesCommand({ ids: ["app:none"] }));
    expect(got).toMatchObject({ sandboxes: [], sandboxesNotFound: ["app:none"] });
    const id = (await start())?.id ?? "";
    const commandExecutionIds = ["none"];
    const commands = await client.send(new BatchGetCommandExecutionsCommand({ sandboxId: id, commandExecutionIds }));
    expect(commands).toMatchObject({ commandExecutions: [], commandExecutionsNotFound: commandExecutionIds });
  });
});
