import {
  type CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { GetAliasCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorsAlarm } from "../../../../test/errorsAlarm.ts";
import type { TestCloud } from "../../../../test/harness.ts";
import { zipOf } from "../artifacts.ts";
import { CODE, declared, endOf, makeFunction, pipelineCloud, stagesOf, until } from "../testPipeline.ts";

const MINUTE_MS = 60_000;

let cloud: TestCloud;
let client: CodePipelineClient;
let lambda: LambdaClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud(["*"]));
  ({ lambda } = await makeFunction(cloud));
  const Body = await zipOf("index.js", `${CODE} // two`);
  await cloud.client(S3Client).send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

const deploy = (more: Record<string, string>) => {
  const configuration = { FunctionName: "fn", FunctionAlias: "live", ...more };
  const action = {
    name: "Deploy",
    actionTypeId: { category: "Deploy", owner: "AWS", provider: "Lambda", version: "1" } as const,
    inputArtifacts: [{ name: "App" }],
    configuration,
  };
  return client.send(new CreatePipelineCommand(declared(stagesOf([action]), { pipelineType: "V2" })));
};
const action = async () =>
  (await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }))).actionExecutionDetails?.[0];
const failure = async () => (await action())?.output?.executionResult?.errorDetails;
const ended = () => endOf(client);
/** Where the alias leads: `1`, or `1+2@0.1` while a part of the traffic goes elsewhere. */
const alias = async () => {
  const { FunctionVersion, RoutingConfig } = await lambda.send(
    new GetAliasCommand({ FunctionName: "fn", Name: "live" }),
  );
  const [[to, weight] = []] = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
  return to === undefined ? FunctionVersion : `${FunctionVersion}+${to}@${weight}`;
};
const aliasIs = (wanted: string) => until(async () => ((await alias()) === wanted ? true : undefined));

describe("the Lambda deploy action", () => {
  it("publishes the artifact and shifts an alias to it, little by little", async () => {
    await deploy({ DeployStrategy: "Canary10Percent5Minutes" });
    await aliasIs("1+2@0.1");
    cloud.clock.advance(5 * MINUTE_MS);
    expect([await ended(), await failure(), await alias()]).toEqual(["Succeeded", undefined, "2"]);
    expect((await action())?.output?.outputVariables).toEqual({ FunctionVersion: "2" });
  });

  it("moves in equal steps by a linear strategy", async () => {
    await deploy({ DeployStrategy: "Linear40PercentEvery1Minutes" });
    for (const place of ["1+2@0.4", "1+2@0.8"]) {
      await aliasIs(place);
      cloud.clock.advance(MINUTE_MS);
    }
    expect([await ended(), await alias()]).toEqual(["Succeeded", "2"]);
  });

  it("brings the traffic back when an alarm goes off, and fails", async () => {
    const set = await errorsAlarm(cloud);
    await deploy({ DeployStrategy: "Canary10Percent5Minutes", Alarms: "other, errors" });
    await aliasIs("1+2@0.1");
    await set("ALARM");
    cloud.clock.advance(MINUTE_MS / 6);
    expect([await ended(), await alias()]).toEqual(["Failed", "1"]);
    expect(await failure()).toEqual({
      code: "JobFailed",
      message: "Alarm errors is in the state ALARM; traffic is back at version 1.",
    });
  });

  it("shifts to a version that is there already, without an artifact's code", async () => {
    await deploy({ PublishedTargetVersion: "1" });
    expect([await ended(), await alias()]).toEqual(["Succeeded", "1"]);
  });

  it("fails with a strategy that is none", async () => {
    await deploy({ DeployStrategy: "Fast" });
    expect(await ended()).toBe("Failed");
    expect(await failure()).toEqual({ code: "ConfigurationError", message: "Unknown deploy strategy Fast" });
  });
});
