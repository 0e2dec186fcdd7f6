import {
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { queueCloud } from "../../../../test/queueCloud.ts";

export const REGIONS = ["us-east-1", "eu-west-1"];
export const template = (delay: number) => `Parameters: {Name: {Type: String, Default: q}}
Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "\${Name}-\${AWS::Region}", DelaySeconds: ${delay}}}}`;

const trust = (principal: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  });
const allow = (Action: string, Resource: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });

/** A stack set that has no instances yet, and the roles it wants. */
export const withRoles = async () => {
  const fake = await queueCloud();
  const iam = fake.cloud.client(IAMClient);
  const admin = "AWSCloudFormationStackSetAdministrationRole";
  const execution = "AWSCloudFormationStackSetExecutionRole";
  const roles = [
    [admin, trust({ Service: "cloudformation.amazonaws.com" }), allow("sts:AssumeRole", "*")],
    [execution, trust({ AWS: `arn:aws:iam::${TEST_ACCOUNT}:role/${admin}` }), allow("*", "*")],
  ] as const;
  const makeRoles = async () => {
    for (const [RoleName, AssumeRolePolicyDocument, PolicyDocument] of roles) {
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument }));
    }
  };
  const StackSetName = "everywhere";
  const { cfn } = fake;
  await cfn.send(new CreateStackSetCommand({ StackSetName, TemplateBody: template(1) }));
  const settled = async ({ OperationId = "" }: { readonly OperationId?: string | undefined }) => {
    await fake.cloud.tasks.idle();
    const { StackSetOperation } = await cfn.send(new DescribeStackSetOperationCommand({ StackSetName, OperationId }));
    return StackSetOperation;
  };
  const target = { StackSetName, Accounts: [TEST_ACCOUNT], Regions: REGIONS };
  return {
    ...fake,
    StackSetName,
    target,
    makeRoles,
    settled,
    createStack: fake.create,
    create: async (more: object = {}) =>
      settled(await cfn.send(new CreateStackInstancesCommand({ ...target, ...more }))),
    instances: async () => (await cfn.send(new ListStackInstancesCommand({ StackSetName }))).Summaries ?? [],
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
};
