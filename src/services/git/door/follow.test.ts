import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { type CloudEvent, createEvents } from "../../../kernel/events.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { followRuns } from "./follow.ts";

const events = createEvents((error) => {
  throw error;
});
const emit = (source: string, detailType: string, detail: JsonObject, id = "1"): void => {
  const event: CloudEvent = { id, time: 0, source, detailType, account: "1", region: "r", resources: [], detail };
  events.emit(event);
};
const accepted = (id: string, commit: string, ahead: number) =>
  emit("aloft.codepipeline", "Push Accepted", { pipeline: "app", "execution-id": id, commit, ahead });
const linesOf = async (lines: AsyncIterable<string>): Promise<string[]> => {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
};

describe("the lines of a push", () => {
  it("say what a run waits for, and with nowait nothing more", async () => {
    const follower = followRuns(events);
    accepted("e1", "c1", 1);
    accepted("e2", "c2", 3);
    accepted("e3", "other", 0);
    const { signal } = new AbortController();
    expect(await linesOf(follower.lines(["c1", "c2"], false, signal))).toEqual([
      "Pipeline app, execution e1",
      "  waits for the execution before it",
      "Pipeline app, execution e2",
      "  waits for 3 executions before it",
    ]);
    follower.close();
  });

  it("go on until the run ends, and leave out those of others", async () => {
    const follower = followRuns(events);
    accepted("e1", "c1", 0);
    const action = (id: string, state: string) =>
      emit("aws.codepipeline", "CodePipeline Action Execution State Change", {
        ...{ "execution-id": id, stage: "Build", action: "Compile", state },
      });
    action("e9", "STARTED");
    action("e1", "STARTED");
    action("e1", "FAILED");
    emit("aloft.codepipeline", "Execution Ended", { "execution-id": "e1", lines: ["  FAILED after 1.0 s"] });
    expect(await linesOf(follower.lines(["c1"], true, new AbortController().signal))).toEqual([
      "Pipeline app, execution e1",
      "  Build / Compile  started",
      "  Build / Compile  FAILED",
      "  FAILED after 1.0 s",
    ]);
    follower.close();
  });

  it("go on with the runs that rules of EventBridge start, and say why one was not started", async () => {
    const follower = followRuns(events);
    const awaited = (delivery: string, event: string, pipeline: string) =>
      emit("aloft.events", "Pipeline Awaited", { delivery, event, pipeline });
    // A rule listens before who follows the push.
    awaited("d1", "told", "app");
    awaited("d2", "told", "gone");
    awaited("d3", "another", "other");
    emit("aws.codecommit", "CodeCommit Repository State Change", { commitId: "c1" }, "told");
    emit("aws.codecommit", "CodeCommit Repository State Change", { commitId: "c2" }, "another");
    emit("aloft.codepipeline", "Rule Accepted", { pipeline: "app", "execution-id": "e1", ahead: 1, delivery: "d1" });
    emit("aloft.codepipeline", "Rule Accepted", { pipeline: "other", "execution-id": "e2", ahead: 0, delivery: "d3" });
    emit("aloft.codepipeline", "Execution Ended", { "execution-id": "e1", lines: ["  Succeeded in 1.0 s"] });
    emit("aloft.events", "Pipeline Tried", { delivery: "d1", pipeline: "app" });
    emit("aloft.events", "Pipeline Tried", { delivery: "d2", pipeline: "gone", cause: "no such pipeline" });
    const { signal } = new AbortController();
    expect(await linesOf(follower.lines(["c1"], true, signal))).toEqual([
      "Pipeline app, execution e1",
      "  waits for the execution before it",
      "  Succeeded in 1.0 s",
      "The pipeline gone was not started by its rule: no such pipeline",
    ]);
    expect(await linesOf(follower.lines(["c2"], false, signal))).toEqual(["A rule starts the pipeline other"]);
    follower.close();
  });

  it("leave nothing behind with the connection they go over", async () => {
    const follower = followRuns(events);
    accepted("e1", "c1", 0);
    const { signal } = new AbortController();
    const lines = follower.lines(["c1"], true, signal)[Symbol.asyncIterator]();
    await lines.next();
    for (const state of ["STARTED", "SUCCEEDED", "FAILED"]) {
      const line = lines.next();
      await Promise.resolve();
      emit("aws.codepipeline", "CodePipeline Action Execution State Change", { "execution-id": "e1", state });
      await line;
      expect(getEventListeners(signal, "abort")).toEqual([]);
    }
    follower.close();
  });

  it("end when whoever pushed goes away", async () => {
    const follower = followRuns(events);
    accepted("e1", "c1", 0);
    const gone = new AbortController();
    const lines = linesOf(follower.lines(["c1"], true, gone.signal));
    gone.abort();
    expect(await lines).toEqual(["Pipeline app, execution e1"]);
    follower.close();
  });
});
