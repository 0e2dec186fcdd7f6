import { CreatePipelineCommand, StartPipelineExecutionCommand } from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answerApproval } from "../../src/launch/approvals.ts";
import { rollback } from "../../src/launch/rollback.ts";
import { listRuns } from "../../src/launch/runs.ts";
import type { Clients } from "../../src/launch/target.ts";
import {
  approvalOf,
  declared,
  makeGround,
  stagesOf,
  tokenOf,
  until,
} from "../../src/services/codepipeline/testPipeline.ts";
import { type TestCloud, testCloud } from "../harness.ts";
import { launchClients } from "./launchClients.ts";

let cloud: TestCloud;
let clients: Clients;

beforeEach(async () => {
  cloud = await testCloud();
  clients = launchClients(cloud);
  await makeGround(cloud, ["*"]);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const create = (...approvals: readonly string[]) =>
  clients.codepipeline.send(
    new CreatePipelineCommand(declared(stagesOf(approvals.map((name) => approvalOf(name))), { pipelineType: "V2" })),
  );
const ended = (status: string) =>
  until(async () => {
    const [newest] = await listRuns(clients, "app", 1);
    cloud.clock.advance(200);
    return newest?.status === status ? newest : undefined;
  });
const approved = { status: "Approved", summary: "seen" } as const;

it("approves the one that waits, with what was said", async () => {
  await create("Ask");
  await tokenOf(clients.codepipeline, "Ask");
  expect(await answerApproval(clients, {}, approved)).toMatchObject({
    pipeline: "app",
    stage: "Stage1",
    action: "Ask",
  });
  await ended("Succeeded");
});

it("rejects: the run fails there", async () => {
  await create("Ask");
  await tokenOf(clients.codepipeline, "Ask");
  await answerApproval(clients, { pipeline: "app" }, { status: "Rejected", summary: "not yet" });
  await ended("Failed");
});

it("asks which of several is meant, and takes the one named", async () => {
  await create("One", "Two");
  await tokenOf(clients.codepipeline, "One");
  await tokenOf(clients.codepipeline, "Two");
  await expect(answerApproval(clients, {}, approved)).rejects.toThrow("Several wait: One of app, Two of app.");
  await answerApproval(clients, { action: "Two" }, approved);
  await answerApproval(clients, {}, approved);
  await ended("Succeeded");
  await expect(answerApproval(clients, {}, approved)).rejects.toThrow("No action waits for an approval.");
});

it("goes back to the good run before the newest, and to none where there is none", async () => {
  await create("Ask");
  const pass = async () => {
    await tokenOf(clients.codepipeline, "Ask");
    await answerApproval(clients, {}, approved);
    return ended("Succeeded");
  };
  const first = await pass();
  await expect(rollback(clients, {})).rejects.toThrow("No earlier run of app has succeeded");
  await clients.codepipeline.send(new StartPipelineExecutionCommand({ name: "app" }));
  await pass();
  expect(await rollback(clients, {})).toMatchObject({
    pipeline: "app",
    stage: "Stage1",
    target: first.id,
    kind: "rollback",
  });
});
