import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";
import type { Context } from "../../../kernel/context.ts";
import { rootOf } from "../../../kernel/principal.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { managedPolicyType } from "./managedPolicy.ts";
import { roleType } from "./role.ts";

const STACK = `arn:aws:cloudformation:us-east-1:${TEST_ACCOUNT}:stack/app/1`;

/** What a stack hands to a type, over the real rooms. */
const stackContext = async (cloud: TestCloud): Promise<ResourceContext & { readonly ids: string[] }> => {
  const opened = await cloud.rooms.open("sts", TEST_ACCOUNT, "us-east-1");
  const room = opened?.room.room as { contextAs(principal: object): Context };
  const ids: string[] = [];
  const ctx = room.contextAs(rootOf(TEST_ACCOUNT));
  return {
    account: TEST_ACCOUNT,
    region: "us-east-1",
    partition: "aws",
    stackId: STACK,
    stackName: "app",
    logicalId: "Role",
    tags: { "aws:cloudformation:stack-id": STACK, "aws:cloudformation:logical-id": "Role" },
    signal: new AbortController().signal,
    call: ctx.call,
    callIn: (region) => ctx.in(region).call,
    physicalName: () => "app-Role-ABCDEF",
    clientToken: "token",
    newToken: () => "new token",
    made: (id) => ids.push(id),
    sleep: async () => {},
    ids,
  };
};

const AssumeRolePolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const PolicyDocument = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };

test("a creation that was cut short takes up the role it made, and no other's", async () => {
  await using cloud = await testCloud();
  const ctx = await stackContext(cloud);
  const desired = { AssumeRolePolicyDocument, Policies: [{ PolicyName: "p", PolicyDocument }] };
  const broken = { AssumeRolePolicyDocument, Policies: [{ PolicyName: "p", PolicyDocument: {} }] };
  await expect(roleType.create(ctx, broken)).rejects.toThrow();
  expect(ctx.ids).toEqual(["app-Role-ABCDEF"]);
  const made = await roleType.create(ctx, desired);
  expect(made.physicalId).toBe("app-Role-ABCDEF");
  await expect(roleType.create({ ...ctx, tags: {} }, desired)).rejects.toThrow("already exists.");

  const reading = await roleType.read?.(ctx, made.physicalId, {});
  expect(reading).toMatchObject({ attributes: made.attributes, properties: { ...desired, ManagedPolicyArns: [] } });
  const other = { ...ctx, tags: { ...ctx.tags, "aws:cloudformation:logical-id": "Other" } };
  await expect(roleType.create(other, desired)).rejects.toThrow("already exists.");
  const iam = cloud.client(IAMClient);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: made.physicalId }));
  expect(Role).not.toHaveProperty("Tags");

  const existing = { ...made, properties: desired };
  await roleType.delete(ctx, existing);
  await roleType.delete(ctx, existing);
  expect(await roleType.read?.(ctx, made.physicalId, {})).toBeUndefined();
  await expect(iam.send(new GetRoleCommand({ RoleName: made.physicalId }))).rejects.toThrow("cannot be found.");
});

test("a managed policy under a generated name is taken up too", async () => {
  await using cloud = await testCloud();
  const ctx = await stackContext(cloud);
  const first = await managedPolicyType.create(ctx, { PolicyDocument });
  expect(await managedPolicyType.create(ctx, { PolicyDocument })).toEqual(first);
  expect(first.attributes).toMatchObject({ PolicyArn: first.physicalId, DefaultVersionId: "v1", AttachmentCount: 0 });
  const named = { ManagedPolicyName: "app-Role-ABCDEF", PolicyDocument };
  await expect(managedPolicyType.create(ctx, named)).rejects.toThrow("already exists");
  await managedPolicyType.delete(ctx, { ...first, properties: { PolicyDocument } });
  await managedPolicyType.delete(ctx, { ...first, properties: { PolicyDocument } });
});
