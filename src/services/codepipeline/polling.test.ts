import { CreatePipelineCommand, UpdatePipelineCommand } from "@aws-sdk/client-codepipeline";
import { expect, it } from "vitest";
import { MAX_POLLING_PIPELINES } from "./limits.ts";
import { approvalOf, declared, pipelineCloud } from "./testPipeline.ts";

const polled = (name: string, PollForSourceChanges = "true") => {
  const source = {
    name: "Source",
    actionTypeId: { category: "Source", owner: "AWS", provider: "CodeCommit", version: "1" } as const,
    configuration: { RepositoryName: "none", BranchName: "main", PollForSourceChanges },
    outputArtifacts: [{ name: "App" }],
  };
  const stages = [
    { name: "Source", actions: [source] },
    { name: "Ask", actions: [approvalOf("Ask")] },
  ];
  return declared(stages, { name });
};

// https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
it("no more than 300 pipelines of a region are polled", { timeout: 120_000 }, async () => {
  const { cloud, client } = await pipelineCloud();
  await using _ = cloud;
  for (let index = 0; index < MAX_POLLING_PIPELINES; index++)
    await client.send(new CreatePipelineCommand(polled(`p${index}`)));
  const refusal = {
    name: "LimitExceededException",
    message: "The number of pipelines set to polling for source changes cannot be greater than 300",
  };
  await expect(client.send(new CreatePipelineCommand(polled("more")))).rejects.toMatchObject(refusal);
  await client.send(new CreatePipelineCommand(polled("more", "false")));
  await expect(client.send(new UpdatePipelineCommand(polled("more")))).rejects.toMatchObject(refusal);
  await client.send(new UpdatePipelineCommand(polled("p0")));
});
