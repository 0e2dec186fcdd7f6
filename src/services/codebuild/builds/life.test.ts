import {
  BatchDeleteBuildsCommand,
  ListBuildsCommand,
  ListBuildsForProjectCommand,
  RetryBuildCommand,
  StopBuildCommand,
} from "@aws-sdk/client-codebuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BuildCloud, buildCloud, commands } from "../testBuilds.ts";

let on: BuildCloud;
beforeEach(async () => {
  on = await buildCloud();
});
afterEach(() => on.cloud[Symbol.asyncDispose]());

describe("a build", () => {
  it("runs, with its log in CloudWatch Logs and its events on the bus", async () => {
    await on.project(commands("echo hello from $CODEBUILD_BUILD_NUMBER"));
    const done = await on.ended();
    expect(done).toMatchObject({
      buildStatus: "SUCCEEDED",
      buildComplete: true,
      currentPhase: "COMPLETED",
      buildNumber: 1,
      logs: { groupName: "/aws/codebuild/app", streamName: done.id?.split(":")[1] },
    });
    expect(done.phases?.map(({ phaseType }) => phaseType)).toHaveLength(11);
    expect(await on.logOf(done)).toContain("\nhello from 1\n");
    const types = on.events.map(({ detailType }) => detailType);
    expect(types.filter((type) => type === "CodeBuild Build Phase Change")).toHaveLength(10);
    const phase = on.events.find(({ detail }) => detail["completed-phase"] === "BUILD");
    expect(phase?.detail).toMatchObject({
      "completed-phase-status": "SUCCEEDED",
      "additional-information": {
        "build-number": 1,
        cache: { type: "NO_CACHE" },
        environment: { "privileged-mode": false, "image-pull-credentials-type": "CODEBUILD" },
        "queued-timeout-in-minutes": 480,
        phases: expect.arrayContaining([expect.objectContaining({ "phase-type": "SUBMITTED", "phase-context": [] })]),
      },
    });
    const states = on.events.filter(({ detailType }) => detailType === "CodeBuild Build State Change");
    expect(states.map(({ detail }) => detail["build-status"])).toEqual(["IN_PROGRESS", "SUCCEEDED"]);
    expect(states.at(-1)).toMatchObject({ source: "aws.codebuild", resources: [done.arn] });
  });

  it("shares the log group that several first ones make at once", async () => {
    await on.project(commands("true"));
    const started = await Promise.all([on.start(), on.start(), on.start()]);
    await on.cloud.tasks.idle();
    const all = await Promise.all(started.map(({ id }) => on.build(id)));
    expect(all.map(({ buildStatus }) => buildStatus)).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
  });

  it("is listed with the newest first, retried, deleted", async () => {
    await on.project(commands("true"));
    const first = await on.ended({ idempotencyToken: "t" });
    on.cloud.clock.advance(1_000);
    expect((await on.start({ idempotencyToken: "t" })).id).toBe(first.id);
    await expect(on.start({ idempotencyToken: "t", sourceVersion: "x" })).rejects.toMatchObject({
      name: "InvalidInputException",
    });
    const { build: second } = await on.client.send(new RetryBuildCommand({ id: first.id }));
    await on.cloud.tasks.idle();
    expect((await on.client.send(new ListBuildsCommand({}))).ids).toEqual([second?.id, first.id]);
    const ascending = new ListBuildsForProjectCommand({ projectName: "app", sortOrder: "ASCENDING" });
    expect((await on.client.send(ascending)).ids).toEqual([first.id, second?.id]);
    const deleted = await on.client.send(new BatchDeleteBuildsCommand({ ids: [first.id ?? ""] }));
    expect(deleted.buildsDeleted).toEqual([first.arn]);
    expect((await on.client.send(new ListBuildsCommand({}))).ids).toEqual([second?.id]);
  });

  it("is stopped", async () => {
    await on.project(commands("sleep 73"));
    const inPhase = on.inBuildPhase();
    const { id } = await on.start();
    await inPhase;
    const { build: answered } = await on.client.send(new StopBuildCommand({ id }));
    expect(answered).toMatchObject({ buildStatus: "STOPPED", buildComplete: true, currentPhase: "COMPLETED" });
    await on.cloud.tasks.idle();
    const done = await on.build(id);
    expect(done).toMatchObject({ buildStatus: "STOPPED", buildComplete: true });
    expect(done.phases?.map(({ phaseType, phaseStatus }) => [phaseType, phaseStatus]).slice(-2)).toEqual([
      ["BUILD", "STOPPED"],
      ["COMPLETED", undefined],
    ]);
  });

  it("ends with its room, and without a trace when the cloud is emptied", async () => {
    await on.project(commands("sleep 75"));
    const inPhase = on.inBuildPhase();
    await on.start();
    await inPhase;
    await on.cloud.rooms.close();
    await on.cloud.tasks.idle();
  });

  it("fails cleanly when the process that ran it is gone", async () => {
    await on.project(commands("sleep 74"));
    const inPhase = on.inBuildPhase();
    const { id } = await on.start();
    await inPhase;
    // What a crash leaves: the record says the build runs, and nothing runs it.
    await on.cloud.tasks.stop();
    expect(await on.build(id)).toMatchObject({ buildStatus: "IN_PROGRESS" });
    await on.cloud.rooms.resume();
    expect(await on.build(id)).toMatchObject({ buildStatus: "FAULT", buildComplete: true });
  });
});
