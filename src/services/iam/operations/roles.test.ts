import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const document = (Action = "s3:*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const RoleName = "app";
const make = (more: object = {}) => new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...more });

describe("shape", () => {
  test("a role has its id, ARN, encoded trust policy and tags", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    const made = await iam.send(
      make({
        Path: "/team/",
        Description: "the app",
        Tags: [{ Key: "team", Value: "facts" }],
        MaxSessionDuration: 7200,
      }),
    );
    expect(made.Role).toMatchObject({
      Path: "/team/",
      RoleName,
      Arn: `arn:aws:iam::${TEST_ACCOUNT}:role/team/app`,
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      AssumeRolePolicyDocument: encodeURIComponent(trust),
      CreateDate: new Date(cloud.clock.now()),
      Tags: [{ Key: "team", Value: "facts" }],
    });
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({ Description: "the app", MaxSessionDuration: 7200, RoleLastUsed: {} });
    const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: "/team/" }));
    expect(Roles?.map((role) => [role.RoleName, role.Tags])).toEqual([[RoleName, undefined]]);
    expect((await iam.send(new ListRolesCommand({ PathPrefix: "/other/" }))).Roles).toEqual([]);
  });

  test("lists come in pages", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    for (const name of ["a", "b", "c"]) await iam.send(make({ RoleName: name }));
    const first = await iam.send(new ListRolesCommand({ MaxItems: 2 }));
    expect([first.Roles?.map((role) => role.RoleName), first.IsTruncated]).toEqual([["a", "b"], true]);
    const rest = await iam.send(new ListRolesCommand({ Marker: first.Marker }));
    expect([rest.Roles?.map((role) => role.RoleName), rest.IsTruncated]).toEqual([["c"], false]);
    await expect(iam.send(new ListRolesCommand({ Marker: "nonsense" }))).rejects.toThrow("Invalid Marker.");
  });
});

describe("refusals", () => {
  test("of names that are taken in any case, or unknown", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    await iam.send(make());
    await expect(iam.send(make({ RoleName: "App" }))).rejects.toMatchObject({
      name: "EntityAlreadyExistsException",
      message: "Role with name App already exists.",
    });
    await expect(iam.send(new GetRoleCommand({ RoleName: "nobody" }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
      message: "The role with name nobody cannot be found.",
    });
    await expect(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "p" }))).rejects.toMatchObject({
      message: "The role policy with name p cannot be found.",
    });
  });

  test("of documents that are no policies and principals that are not there", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    const malformed = { name: "MalformedPolicyDocumentException" };
    await expect(iam.send(make({ AssumeRolePolicyDocument: "{" }))).rejects.toMatchObject(malformed);
    const missing = trust.replace(
      '{"Service":"lambda.amazonaws.com"}',
      `{"AWS":"arn:aws:iam::${TEST_ACCOUNT}:user/u"}`,
    );
    await expect(iam.send(make({ AssumeRolePolicyDocument: missing }))).rejects.toMatchObject({
      ...malformed,
      message: `Invalid principal in policy: "AWS":"arn:aws:iam::${TEST_ACCOUNT}:user/u"`,
    });
    await iam.send(make());
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument: trust })),
    ).rejects.toMatchObject({ ...malformed, message: "Policy document should not specify a principal." });
    await expect(
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: document() })),
    ).rejects.toMatchObject(malformed);
  });

  test("of a role that still has policies or is in a profile", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    const PolicyArn = "arn:aws:iam::aws:policy/AWSLambda_FullAccess";
    const InstanceProfileName = "p";
    await iam.send(make());
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument: document() }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    const profiles = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
    expect(profiles.InstanceProfiles?.map((profile) => profile.InstanceProfileName)).toEqual(["p"]);
    const remove = () => iam.send(new DeleteRoleCommand({ RoleName }));
    await expect(remove()).rejects.toThrow("must remove roles from instance profile first.");
    await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
    await expect(remove()).rejects.toThrow("Cannot delete entity, must detach all policies first.");
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(remove()).rejects.toMatchObject({
      name: "DeleteConflictException",
      message: "Cannot delete entity, must delete policies first.",
    });
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "p" }));
    await remove();
    await expect(remove()).rejects.toMatchObject({ name: "NoSuchEntityException" });
  });

  test("of too much", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    await iam.send(make());
    const PolicyDocument = document(`s3:${"x".repeat(10_240)}`);
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument })),
    ).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "Maximum policy size of 10240 bytes exceeded for role app",
    });
    await expect(iam.send(make({ RoleName: "long", MaxSessionDuration: 1 }))).rejects.toMatchObject({
      name: "ValidationError",
    });
    const attach = (name: string) =>
      iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: `arn:aws:iam::aws:policy/${name}` }));
    await expect(attach("Nonsense")).rejects.toMatchObject({
      name: "NoSuchEntityException",
      message: "Policy arn:aws:iam::aws:policy/Nonsense does not exist or is not attachable.",
    });
    await expect(attach("aws-service-role/AWSLambdaServiceRolePolicy")).rejects.toMatchObject({
      name: "PolicyNotAttachableException",
    });
  });
});

describe("behaviour", () => {
  test("inline and attached policies are put, read, listed and taken away", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    await iam.send(make());
    for (const PolicyName of ["b", "a"]) {
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document() }));
    }
    const found = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "a" }));
    expect(decodeURIComponent(found.PolicyDocument ?? "")).toBe(document());
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(["a", "b"]);
    const PolicyArn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName, PathPrefix: "/service-role/" }));
    expect(attached.AttachedPolicies).toEqual([{ PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn }]);
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))).rejects.toThrow(
      `Policy ${PolicyArn} was not found.`,
    );
  });

  test("settings, tags and the boundary change", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    await iam.send(make({ Tags: [{ Key: "team", Value: "facts" }] }));
    await iam.send(new UpdateRoleCommand({ RoleName, Description: "new", MaxSessionDuration: 3601 }));
    await iam.send(
      new TagRoleCommand({
        RoleName,
        Tags: [
          { Key: "TEAM", Value: "more" },
          { Key: "x", Value: "y" },
        ],
      }),
    );
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ["x"] }));
    expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual([{ Key: "TEAM", Value: "more" }]);
    const PermissionsBoundary = "arn:aws:iam::aws:policy/PowerUserAccess";
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({
      Description: "new",
      MaxSessionDuration: 3601,
      PermissionsBoundary: {
        PermissionsBoundaryType: "Policy",
        PermissionsBoundaryArn: PermissionsBoundary,
      },
    });
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    const described = await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description: "newer" }));
    expect(described.Role?.PermissionsBoundary).toBeUndefined();
    expect(described.Role?.Description).toBe("newer");
  });
});
