import {
  CreateStageCommand,
  CreateUsagePlanCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  DeleteUsagePlanCommand,
  GetUsagePlanCommand,
} from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { refusal } from "../../../test/refusal.ts";
import { lambda, restCloud } from "./dataPlane/executeRestFixture.ts";

test("a stage that is deleted, by itself or with its API, is in no usage plan any more", async () => {
  await using cloud = await restCloud();
  const { apis } = cloud;
  const { restApiId, deploymentId } = await cloud.api({ "/items": { get: lambda } });
  for (const stageName of ["dev", "test"])
    await apis.send(new CreateStageCommand({ restApiId, stageName, deploymentId }));
  const apiStages = ["prod", "dev", "test"].map((stage) => ({ apiId: restApiId, stage }));
  const { id: usagePlanId } = await apis.send(new CreateUsagePlanCommand({ name: "plan", apiStages }));
  const stages = async () =>
    (await apis.send(new GetUsagePlanCommand({ usagePlanId }))).apiStages?.map(({ stage }) => stage);
  expect(await refusal(apis.send(new DeleteUsagePlanCommand({ usagePlanId })))).toMatch(/associated API stages/);
  await apis.send(new DeleteStageCommand({ restApiId, stageName: "test" }));
  expect(await stages()).toEqual(["prod", "dev"]);
  await apis.send(new DeleteRestApiCommand({ restApiId }));
  expect(await stages()).toEqual([]);
  await apis.send(new DeleteUsagePlanCommand({ usagePlanId }));
});
