import {
  BatchGetFleetsCommand,
  CreateFleetCommand,
  type CreateFleetCommandInput,
  DeleteFleetCommand,
  ListFleetsCommand,
  StartBuildCommand,
  UpdateFleetCommand,
} from "@aws-sdk/client-codebuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BuildCloud, buildCloud, commands } from "../testBuilds.ts";

let on: BuildCloud;
beforeEach(async () => {
  on = await buildCloud();
});
afterEach(() => on.cloud[Symbol.asyncDispose]());

const create = async (more: Partial<CreateFleetCommandInput> = {}) => {
  const fleet = { baseCapacity: 2, environmentType: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL" } as const;
  return (await on.client.send(new CreateFleetCommand({ name: "machines", ...fleet, ...more }))).fleet;
};
const environment = { type: "LINUX_CONTAINER", image: "i", computeType: "BUILD_GENERAL1_SMALL" } as const;

describe("a fleet", () => {
  it("is made, shown by name and ARN, changed, listed and deleted", async () => {
    const scalingConfiguration = { scalingType: "TARGET_TRACKING_SCALING", maxCapacity: 5 } as const;
    const tags = [{ key: "a", value: "b" }];
    const made = await create({ scalingConfiguration, tags });
    expect(made).toMatchObject({
      arn: expect.stringMatching(/^arn:aws:codebuild:us-east-1:123456789012:fleet\/machines:[-0-9a-f]{36}$/),
      id: made?.arn?.split(":").at(-1),
      name: "machines",
      status: { statusCode: "ACTIVE" },
      baseCapacity: 2,
      overflowBehavior: "QUEUE",
      scalingConfiguration: { ...scalingConfiguration, desiredCapacity: 2 },
      tags,
      created: expect.any(Date),
    });
    const arn = made?.arn ?? "";
    const { fleet } = await on.client.send(new UpdateFleetCommand({ arn, baseCapacity: 3 }));
    expect(fleet).toMatchObject({ baseCapacity: 3, computeType: "BUILD_GENERAL1_SMALL", tags });
    const found = await on.client.send(new BatchGetFleetsCommand({ names: [arn, "machines", "none"] }));
    expect(found.fleets).toEqual([fleet, fleet]);
    expect(found.fleetsNotFound).toEqual(["none"]);
    const other = await create({ name: "another" });
    const names = async (more: object) => (await on.client.send(new ListFleetsCommand(more))).fleets;
    expect(await names({})).toEqual([other?.arn, arn]);
    expect(await names({ sortBy: "NAME", sortOrder: "DESCENDING" })).toEqual([arn, other?.arn]);
    const { nextToken } = await on.client.send(new ListFleetsCommand({ maxResults: 1 }));
    expect(await names({ nextToken })).toEqual([arn]);
    for (let times = 0; times < 2; times++) await on.client.send(new DeleteFleetCommand({ arn }));
    expect(await names({})).toEqual([other?.arn]);
  });

  it("is refused as AWS does", async () => {
    const fleet = await create();
    await expect(create()).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
      message: `Fleet already exists: ${fleet?.arn}`,
    });
    const arn = "arn:aws:codebuild:us-east-1:123456789012:fleet/machines:1";
    await expect(on.client.send(new UpdateFleetCommand({ arn }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    for (const wrong of [
      { name: "a b" },
      { baseCapacity: 0 },
      { scalingConfiguration: { maxCapacity: 2 } },
      { computeType: "ATTRIBUTE_BASED_COMPUTE" },
      { computeConfiguration: { vCpu: 2 } },
      { vpcConfig: { vpcId: "vpc-1" } },
    ] as const)
      await expect(create({ name: "other", ...wrong })).rejects.toMatchObject({ name: "InvalidInputException" });
    await expect(on.project("x", { environment: { ...environment, fleet: { fleetArn: arn } } })).rejects.toMatchObject({
      name: "InvalidInputException",
      message: `Fleet cannot be found: ${arn}`,
    });
  });

  it("is named by the log of a build that runs here instead, as its project or its start asks for it", async () => {
    const fleet = { fleetArn: (await create())?.arn };
    await on.project(commands("true"), { environment: { ...environment, fleet } });
    const build = await on.ended();
    expect(build).toMatchObject({ buildStatus: "SUCCEEDED", environment: { fleet } });
    const told = `fleet is not applied: the build runs on this machine, not on ${fleet.fleetArn}`;
    expect(await on.logOf(build)).toContain(told);
    await on.client.send(new DeleteFleetCommand({ arn: fleet.fleetArn }));
    await expect(on.client.send(new StartBuildCommand({ projectName: "app" }))).rejects.toMatchObject({
      name: "InvalidInputException",
    });
  });
});
