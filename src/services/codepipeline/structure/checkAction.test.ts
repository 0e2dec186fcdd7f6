import { type CodePipelineClient, CreatePipelineCommand } from "@aws-sdk/client-codepipeline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../../test/harness.ts";
import { type Action, approvalOf, declared, pipelineCloud, source, stagesOf } from "../testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;
beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud());
});
afterEach(() => cloud[Symbol.asyncDispose]());

const create = (stages: ReturnType<typeof stagesOf>) => client.send(new CreatePipelineCommand(declared(stages)));
const refusal = async (stages: ReturnType<typeof stagesOf>) => {
  const { name, message } = await create(stages).then(
    () => ({ name: "none", message: "" }),
    (error: Error) => error,
  );
  expect(name).toBe("InvalidActionDeclarationException");
  return message;
};

describe("a namespace", () => {
  it("is none that CodePipeline keeps for itself, nor the name of an artifact", async () => {
    for (const namespace of ["codepipeline", "variables"])
      expect(await refusal(stagesOf([approvalOf("Ask", { namespace })]))).toBe(
        `Namespace ${namespace} of the action Ask is reserved and cannot be assigned to an action`,
      );
    expect(await refusal(stagesOf([approvalOf("Ask", { namespace: "App" })]))).toBe(
      "Namespace App of the action Ask conflicts with the artifact of that name",
    );
  });
});

describe("a build's action", () => {
  const build = (configuration: Record<string, string>, ...inputs: string[]): Action => ({
    name: "Build",
    actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
    configuration: { ProjectName: "app", ...configuration },
    inputArtifacts: inputs.map((name) => ({ name })),
  });
  const stagesWith = (action: Action) => {
    const [, stage] = stagesOf([action]);
    const other = { ...source, name: "Other", namespace: "Other", outputArtifacts: [{ name: "Site" }] };
    return [{ name: "Source", actions: [source, other] }, ...(stage ? [stage] : [])];
  };

  it("names the primary one of several input artifacts", async () => {
    expect(await refusal(stagesWith(build({}, "App", "Site")))).toContain(
      "is missing required configuration 'PrimarySource'",
    );
    expect(await refusal(stagesWith(build({ PrimarySource: "None" }, "App", "Site")))).toContain(
      "has an invalid value 'None' for 'PrimarySource'",
    );
    await create(stagesWith(build({ PrimarySource: "Site" }, "App", "Site")));
  });

  it("combines the artifacts of a batch alone", async () => {
    expect(await refusal(stagesWith(build({ CombineArtifacts: "true" }, "App")))).toContain(
      "has 'CombineArtifacts' without 'BatchEnabled'",
    );
    await create(stagesWith(build({ CombineArtifacts: "true", BatchEnabled: "true" }, "App")));
  });
});
