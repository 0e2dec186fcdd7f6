import { CreatePipelineCommand, GetPipelineStateCommand } from "@aws-sdk/client-codepipeline";
import { expect, it } from "vitest";
import { type Action, approvalOf, declared, pipelineCloud, stagesOf } from "./testPipeline.ts";

const action = (
  name: string,
  category: "Build" | "Deploy" | "Invoke",
  configuration: Record<string, string>,
): Action => ({
  name,
  actionTypeId: { category, owner: "AWS", provider: name, version: "1" },
  configuration,
  ...(category === "Invoke" ? {} : { inputArtifacts: [{ name: "App" }] }),
});

it("an action's state leads to the page of what it is about, before it has run, too", async () => {
  const { cloud, client } = await pipelineCloud();
  await using _ = cloud;
  const later = [
    action("CodeBuild", "Build", { ProjectName: "project" }),
    action("CodeDeploy", "Deploy", { ApplicationName: "shop", DeploymentGroupName: "live" }),
    action("Lambda", "Invoke", { FunctionName: "fn" }),
  ];
  await client.send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Ask")], later))));
  const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: "app" }));
  const pages = stageStates.flatMap(({ actionStates = [] }) =>
    actionStates.map(({ actionName, entityUrl }) => [
      actionName,
      entityUrl?.replace("https://console.aws.amazon.com", ""),
    ]),
  );
  const at = "home?region=us-east-1#";
  expect(pages).toEqual([
    ["Source", `/s3/${at}`],
    ["Ask", undefined],
    ["CodeBuild", `/codebuild/${at}/projects/project/view`],
    ["CodeDeploy", `/codedeploy/${at}/applications/shop/deployment-groups/live`],
    ["Lambda", `/lambda/${at}/functions/fn`],
  ]);
});
