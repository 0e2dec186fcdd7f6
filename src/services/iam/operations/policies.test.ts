import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const document = (Action = "s3:*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const PolicyName = "p";
const PolicyArn = `arn:aws:iam::${TEST_ACCOUNT}:policy/team/p`;
const make = (more: object = {}) =>
  new CreatePolicyCommand({ PolicyName, Path: "/team/", PolicyDocument: document(), ...more });

describe("managed policies", () => {
  test("are made, read, tagged and removed", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    const { Policy } = await iam.send(make({ Description: "all of S3", Tags: [{ Key: "a", Value: "1" }] }));
    expect(Policy).toMatchObject({
      PolicyName,
      Arn: PolicyArn,
      Path: "/team/",
      PolicyId: expect.stringMatching(/^ANPA/),
      DefaultVersionId: "v1",
      AttachmentCount: 0,
      IsAttachable: true,
    });
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: "b", Value: "2" }] }));
    await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ["a"] }));
    expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).toEqual([{ Key: "b", Value: "2" }]);
    await expect(iam.send(make({ Path: "/" }))).rejects.toMatchObject({
      name: "EntityAlreadyExistsException",
      message: "A policy called p already exists. Duplicate names are not allowed.",
    });
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
      message: `Policy ${PolicyArn} was not found.`,
    });
  });

  test("have up to five versions, one of them in force", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    await iam.send(make());
    const add = (Action: string, SetAsDefault = false) =>
      iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document(Action), SetAsDefault }));
    expect((await add("sns:*", true)).PolicyVersion).toMatchObject({ VersionId: "v2", IsDefaultVersion: true });
    for (const service of ["sqs", "ssm", "kms"]) await add(`${service}:*`);
    await expect(add("logs:*")).rejects.toMatchObject({ name: "LimitExceededException" });
    const remove = (VersionId: string) => iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    await expect(remove("v2")).rejects.toThrow("Cannot delete the default version of a policy.");
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    await remove("v2");
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
      ["v5", false],
      ["v4", false],
      ["v3", false],
      ["v1", true],
    ]);
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v3" }));
    expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toBe(document("sqs:*"));
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toThrow("more than one version");
    await expect(iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v2" }))).rejects.toThrow(
      `Policy ${PolicyArn} version v2 does not exist or is not attachable.`,
    );
  });

  test("know where they are attached", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    await iam.send(make());
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: TEST_ACCOUNT }, Action: "sts:AssumeRole" }],
    });
    await iam.send(new CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument, PermissionsBoundary: PolicyArn }));
    await iam.send(new CreateGroupCommand({ GroupName: "g" }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: "r", PolicyArn }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName: "g", PolicyArn }));
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    expect(Policy).toMatchObject({ AttachmentCount: 2, PermissionsBoundaryUsageCount: 1 });
    const entities = await iam.send(
      new ListEntitiesForPolicyCommand({ PolicyArn, PolicyUsageFilter: "PermissionsPolicy" }),
    );
    expect([entities.PolicyRoles?.length, entities.PolicyGroups?.length, entities.PolicyUsers?.length]).toEqual([
      1, 1, 0,
    ]);
    const attached = await iam.send(new ListPoliciesCommand({ OnlyAttached: true }));
    expect(attached.Policies?.map((policy) => policy.PolicyName)).toEqual([PolicyName]);
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: "DeleteConflictException",
      message: "Cannot delete a policy attached to entities.",
    });
    await iam.send(new DetachRolePolicyCommand({ RoleName: "r", PolicyArn }));
    await iam.send(new DetachGroupPolicyCommand({ GroupName: "g", PolicyArn }));
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toThrow("attached to entities");
  });

  test("refuse what is no policy of the current version", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    const old = document().replace("2012-10-17", "2008-10-17");
    await expect(iam.send(make({ PolicyDocument: old }))).rejects.toThrow(
      "Policy document must be version 2012-10-17 or greater.",
    );
    await expect(iam.send(make({ PolicyDocument: document("x".repeat(6200)) }))).rejects.toThrow();
  });
});

describe("AWS's own policies", () => {
  test("are listed and read, and are nobody's to change", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    const arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: "AWS", MaxItems: 1000 }));
    expect(Policies?.map(({ Arn }) => Arn)).toContain(arn);
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
    );
    expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toContain("logs:PutLogEvents");
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn: arn }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
  });
});
