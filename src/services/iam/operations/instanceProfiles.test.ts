import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteInstanceProfileCommand,
  GetInstanceProfileCommand,
  IAMClient,
  ListInstanceProfilesCommand,
  ListInstanceProfileTagsCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagInstanceProfileCommand,
  UntagInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const InstanceProfileName = "servers";
const AssumeRolePolicyDocument = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

test("an instance profile holds one role", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  for (const RoleName of ["a", "b"]) await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  expect(InstanceProfile).toMatchObject({
    Arn: `arn:aws:iam::${TEST_ACCOUNT}:instance-profile/servers`,
    InstanceProfileId: expect.stringMatching(/^AIPA/),
    Roles: [],
  });
  await expect(iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }))).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
    message: "Instance Profile servers already exists.",
  });
  const add = (RoleName: string) => iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
  await add("a");
  await expect(add("b")).rejects.toMatchObject({
    name: "LimitExceededException",
    message: "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
  });
  const found = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));
  expect(found.InstanceProfile?.Roles?.map(({ RoleName }) => RoleName)).toEqual(["a"]);
  const remove = () => iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
  await expect(remove()).rejects.toThrow("must remove roles from instance profile first.");
  await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: "a" }));
  await remove();
  await expect(iam.send(new GetInstanceProfileCommand({ InstanceProfileName }))).rejects.toThrow(
    "Instance Profile servers cannot be found.",
  );
});

test("instance profiles are listed and tagged", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName, Path: "/team/" }));
  await iam.send(new TagInstanceProfileCommand({ InstanceProfileName, Tags: [{ Key: "a", Value: "1" }] }));
  await iam.send(new TagInstanceProfileCommand({ InstanceProfileName, Tags: [{ Key: "b", Value: "2" }] }));
  await iam.send(new UntagInstanceProfileCommand({ InstanceProfileName, TagKeys: ["a"] }));
  const { Tags } = await iam.send(new ListInstanceProfileTagsCommand({ InstanceProfileName }));
  expect(Tags).toEqual([{ Key: "b", Value: "2" }]);
  const { InstanceProfiles } = await iam.send(new ListInstanceProfilesCommand({ PathPrefix: "/team/" }));
  expect(InstanceProfiles).toHaveLength(1);
});
