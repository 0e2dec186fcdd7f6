import {
  type CodePipelineClient,
  CreatePipelineCommand,
  ListRuleExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorsAlarm } from "../../../../test/errorsAlarm.ts";
import type { TestCloud } from "../../../../test/harness.ts";
import { approvalOf, declared, pipelineCloud, stagesOf, until } from "../testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;
let set: Awaited<ReturnType<typeof errorsAlarm>>;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud(["s3:*", "cloudwatch:*"]));
  set = await errorsAlarm(cloud);
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** A pipeline whose second stage is entered by the rule. */
const create = (configuration: Record<string, string>) => {
  const [first, second] = stagesOf([approvalOf("Ask")]);
  const ruleTypeId = { category: "Rule", owner: "AWS", provider: "CloudWatchAlarm", version: "1" } as const;
  const rules = [{ name: "Calm", ruleTypeId, configuration }];
  const stages = [first, { ...second, beforeEntry: { conditions: [{ result: "FAIL" as const, rules }] } }];
  return client.send(new CreatePipelineCommand(declared(stages as never, { pipelineType: "V2" })));
};
const rule = async () =>
  (await client.send(new ListRuleExecutionsCommand({ pipelineName: "app" }))).ruleExecutionDetails?.[0];
const ended = () =>
  until(async () => {
    const run = await rule();
    return run && run.status !== "InProgress" ? [run.status, run.output?.executionResult?.errorDetails] : undefined;
  });
const failed = (code: string, message: string) => ["Failed", { code, message }];

describe("the CloudWatchAlarm rule", () => {
  it("is met by an alarm that is not on", async () => {
    await set("OK");
    await create({ AlarmName: "errors" });
    expect(await ended()).toEqual(["Succeeded", undefined]);
  });

  it("is not met by one that is on, or in a state that is not wanted", async () => {
    await set("ALARM");
    await create({ AlarmName: "errors", AlarmStates: "OK" });
    expect(await ended()).toEqual(failed("JobFailed", "Alarm errors is in the state ALARM"));
  });

  it("waits as long as it is told for the alarm to go out", async () => {
    await set("ALARM");
    await create({ AlarmName: "errors", WaitTime: "5" });
    await until(async () => (await rule())?.status === "InProgress" || undefined);
    await set("OK");
    cloud.clock.advance(5_000);
    expect(await ended()).toEqual(["Succeeded", undefined]);
  });

  it("fails with an alarm that is not there", async () => {
    await create({ AlarmName: "none" });
    expect(await ended()).toEqual(failed("ConfigurationError", "The alarm none does not exist."));
  });
});
