import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentGroupCommand,
  ListDeploymentsCommand,
} from "@aws-sdk/client-codedeploy";
import { CodePipelineClient, CreatePipelineCommand, ListActionExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { GetAliasCommand, LambdaClient, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Cloud, startCloud } from "../../../index.ts";
import { testClock } from "../../../kernel/clock.ts";
import { zipOf } from "../artifacts.ts";
import { type Action, CODE, declared, makeFunction, makeGround, stagesOf, until } from "../testPipeline.ts";

const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
const MINUTE_MS = 60_000;

let state = "";
let clock = testClock();
let cloud: Cloud;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "aloft-interrupted-"));
  clock = testClock();
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  rmSync(state, { recursive: true });
});

const start = async () => {
  cloud = await startCloud({ state, port: 0, clock, credentials: CREDENTIALS, accountId: "123456789012" });
};
const restart = async () => {
  await cloud[Symbol.asyncDispose]();
  await start();
};
const client = <C>(Client: new (config: never) => C): C => {
  const config = { endpoint: cloud.endpoint, region: "us-east-1", credentials: CREDENTIALS, forcePathStyle: true };
  return new Client(config as never);
};
const makeAll = async () => {
  await start();
  await makeGround({ client }, ["*"]);
  await makeFunction({ client });
};
const put = async (name: string, text: string) =>
  client(S3Client).send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: await zipOf(name, text) }));
const create = (provider: string, configuration: Record<string, string>) => {
  const action: Action = {
    name: "Act",
    actionTypeId: { category: "Deploy", owner: "AWS", provider, version: "1" },
    inputArtifacts: [{ name: "App" }],
    configuration,
  };
  const wished = declared(stagesOf([action]), { pipelineType: "V2" });
  return client(CodePipelineClient).send(new CreatePipelineCommand(wished));
};
const latest = async () =>
  (await client(CodePipelineClient).send(new ListActionExecutionsCommand({ pipelineName: "app" })))
    .actionExecutionDetails?.[0];
/** How the action ended, once it has. */
const ended = () =>
  until(async () => {
    const run = await latest();
    return run?.actionName === "Act" && run.status !== "InProgress"
      ? [run.status, run.output?.executionResult?.errorDetails]
      : undefined;
  });
/** Where the alias leads: `1`, or `1+2@0.1` while a part of the traffic goes elsewhere. */
const aliasIs = (wanted: string) =>
  until(async () => {
    const { FunctionVersion, RoutingConfig } = await client(LambdaClient).send(
      new GetAliasCommand({ FunctionName: "fn", Name: "live" }),
    );
    const [[to, weight] = []] = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
    return (to === undefined ? FunctionVersion : `${FunctionVersion}+${to}@${weight}`) === wanted || undefined;
  });

describe("when the process ends in the middle of an action", { timeout: 60_000 }, () => {
  it("a deployment goes on, and its action with it, as one and the same", async () => {
    await makeAll();
    const ZipFile = await zipOf("index.js", `${CODE} // two`);
    await client(LambdaClient).send(new UpdateFunctionCodeCommand({ FunctionName: "fn", ZipFile, Publish: true }));
    const codedeploy = client(CodeDeployClient);
    const place = { applicationName: "app", deploymentGroupName: "group" };
    await codedeploy.send(new CreateApplicationCommand({ applicationName: "app", computePlatform: "Lambda" }));
    await codedeploy.send(
      new CreateDeploymentGroupCommand({
        ...place,
        serviceRoleArn: "arn:aws:iam::123456789012:role/function",
        deploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
      }),
    );
    const Properties = { Name: "fn", Alias: "live", CurrentVersion: "1", TargetVersion: "2" };
    const appSpec = { version: 0.0, Resources: [{ fn: { Type: "AWS::Lambda::Function", Properties } }] };
    await put("appspec.yml", JSON.stringify(appSpec));
    await create("CodeDeploy", { ApplicationName: "app", DeploymentGroupName: "group" });
    await aliasIs("1+2@0.1");
    await restart();
    clock.advance(5 * MINUTE_MS);
    expect(await ended()).toEqual(["Succeeded", undefined]);
    await aliasIs("2");
    expect((await client(CodeDeployClient).send(new ListDeploymentsCommand(place))).deployments).toHaveLength(1);
  });

  it("a shift by the Lambda deploy action goes on where it was, without another version", async () => {
    await makeAll();
    await put("index.js", `${CODE} // two`);
    const DeployStrategy = "Canary10Percent5Minutes";
    await create("Lambda", { FunctionName: "fn", FunctionAlias: "live", DeployStrategy });
    await aliasIs("1+2@0.1");
    await restart();
    clock.advance(5 * MINUTE_MS);
    expect(await ended()).toEqual(["Succeeded", undefined]);
    await aliasIs("2");
  });
});
