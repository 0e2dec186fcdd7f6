import { createHash } from "node:crypto";
import { CreatePipelineCommand, StartPipelineExecutionCommand } from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rerun } from "../../src/launch/rerun.ts";
import { diffRuns } from "../../src/launch/runDiff.ts";
import { templatesOf } from "../../src/launch/runFiles.ts";
import { describeRun, findRun, listRuns, pipelineNames } from "../../src/launch/runs.ts";
import type { Clients } from "../../src/launch/target.ts";
import { zipOf } from "../../src/services/codepipeline/artifacts.ts";
import {
  type Action,
  declared,
  makeGround,
  source,
  stagesOf,
  until,
} from "../../src/services/codepipeline/testPipeline.ts";
import { type TestCloud, testCloud } from "../harness.ts";
import { serviceRole } from "../serviceRole.ts";
import { launchClients } from "./launchClients.ts";

const template = (name: string, more = "") =>
  `Parameters: { Name: { Type: String } }\nResources:\n  Topic: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Sub "\${Name} ${name}"${more} } }\n`;

let cloud: TestCloud;
let clients: Clients;

beforeEach(async () => {
  cloud = await testCloud();
  clients = launchClients(cloud);
  await makeGround(cloud, ["*"]);
  await serviceRole(cloud.client(IAMClient), "deploy", "cloudformation", "*");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const push = async (text: string) =>
  cloud
    .client(S3Client)
    .send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: await zipOf("app.yml", text) }));
const quiet: Action = { ...source, configuration: { ...source.configuration, PollForSourceChanges: "false" } };
const deploy: Action = {
  name: "Deploy",
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "CloudFormation", version: "1" },
  inputArtifacts: [{ name: "App" }],
  configuration: {
    ActionMode: "CREATE_UPDATE",
    StackName: "app",
    TemplatePath: "App::app.yml",
    RoleArn: "arn:aws:iam::123456789012:role/deploy",
    ParameterOverrides: JSON.stringify({ Name: "#{variables.Name}" }),
  },
};
const create = () => {
  const stages = [{ name: "Source", actions: [quiet] }, ...stagesOf([deploy]).slice(1)];
  const variables = [{ name: "Name", defaultValue: "a" }];
  return clients.codepipeline.send(
    new CreatePipelineCommand(declared(stages as never, { pipelineType: "V2", variables, executionMode: "QUEUED" })),
  );
};
const settled = () =>
  until(async () => {
    const runs = await listRuns(clients, "app", 10);
    cloud.clock.advance(200);
    return runs.length > 0 && runs.every(({ status }) => status !== "InProgress") ? runs : undefined;
  });
const compared = async (id: string) => {
  const run = await describeRun(clients, await findRun(clients, id, undefined));
  return { run, templates: await templatesOf(clients, run) };
};

describe("runs", () => {
  it("are listed, shown with what they deployed, and compared", async () => {
    await push(template("one"));
    await create();
    const [first] = await settled();
    await push(template("two"));
    const variables = [{ name: "Name", value: "b" }];
    await clients.codepipeline.send(new StartPipelineExecutionCommand({ name: "app", variables }));
    const runs = await settled();
    expect(runs.map(({ status, pipeline }) => [status, pipeline])).toEqual([
      ["Succeeded", "app"],
      ["Succeeded", "app"],
    ]);
    expect(await pipelineNames(clients)).toEqual(["app"]);
    const [old, now] = await Promise.all([compared(first?.id ?? ""), compared(runs[0]?.id.slice(0, 8) ?? "")]);
    expect(now.templates).toMatchObject([{ stack: "app", path: "App::app.yml", parameters: { Name: "b" } }]);
    expect(now.run.actions.map(({ action }) => action)).toEqual(["Source", "Deploy"]);
    const [, taken] = now.run.actions;
    expect(taken?.inputs).toEqual([
      {
        ...{ name: "App", bucket: "artifacts", key: expect.stringMatching(/^app\/App\//) },
        from: "Source / Source",
        revisions: now.run.revisions,
        digest: `sha256:${createHash("sha256")
          .update(await zipOf("app.yml", template("two")))
          .digest("hex")}`,
      },
    ]);
    const differences = diffRuns(old, now);
    expect(differences).toContainEqual({ what: "variable.Name", before: "a", after: "b" });
    expect(differences).toContainEqual({ what: "parameter of app.Name", before: "a", after: "b" });
    expect(differences).toContainEqual({
      what: "template of app.Resources.Topic.Properties.DisplayName",
      before: "${Name} one",
      after: "${Name} two",
    });
    expect(diffRuns(old, old)).toEqual([]);
    await expect(findRun(clients, "ffffffff", undefined)).rejects.toThrow("There is no run ffffffff.");
  });

  it("run again: a failed stage in the same run, a stage that succeeded in a new one", async () => {
    await push(template("one"));
    await create();
    const [good] = await settled();
    await push(template("two", ", Nothing: x"));
    await clients.codepipeline.send(new StartPipelineExecutionCommand({ name: "app" }));
    const [bad] = await settled();
    expect(bad?.status).toBe("Failed");
    const { run } = await compared(bad?.id ?? "");
    expect(await rerun(clients, run, { all: false })).toMatchObject({ id: bad?.id, stage: "Stage1", kind: "retry" });
    await settled();
    const passed = (await compared(good?.id ?? "")).run;
    await expect(rerun(clients, passed, { all: false })).rejects.toThrow("name the stage to run again");
    const back = await rerun(clients, passed, { action: "Deploy", all: false });
    expect(back).toMatchObject({ stage: "Stage1", kind: "rollback" });
    const [newest] = await settled();
    expect(newest).toMatchObject({ id: back.id, status: "Succeeded", type: "ROLLBACK", revisions: good?.revisions });
    await expect(rerun(clients, run, { action: "None", all: false })).rejects.toThrow("has no action None");
  });
});
