import { CloudFormationClient, DescribeStackResourceCommand } from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, DescribeSubscriptionFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";
import { whileTimePasses } from "../../../../test/whileTimePasses.ts";

const AssumeRolePolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const get = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });

/** A function that hears a group, and, unless it is left out, the permission beside the filter. */
const heard = (permission?: object) => ({
  Resources: {
    Group: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/app" } },
    Role: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument } },
    Listener: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Code: { ZipFile: "exports.handler = async () => 1" },
        Handler: "index.handler",
        Runtime: "nodejs22.x",
        Role: get("Role"),
      },
    },
    Filter: {
      Type: "AWS::Logs::SubscriptionFilter",
      Properties: { LogGroupName: { Ref: "Group" }, FilterPattern: "", DestinationArn: get("Listener") },
    },
    ...(permission ? { Permission: permission } : {}),
  },
});

test("a filter waits for the permission that is made beside it", async () => {
  await using cloud = await testCloud();
  const creation = stackOf(cloud, "app", ["CAPABILITY_IAM"]).create(
    heard({
      Type: "AWS::Lambda::Permission",
      Properties: { FunctionName: get("Listener"), Action: "lambda:InvokeFunction", Principal: "logs.amazonaws.com" },
    }),
  );
  const cfn = cloud.client(CloudFormationClient);
  const asked = { StackName: "app", LogicalResourceId: "Permission" };
  // The time stands still until the permission is there: the filter's first try comes before it or after it.
  while ((await statusOf(cfn, asked)) !== "CREATE_COMPLETE") await new Promise(setImmediate);
  expect((await whileTimePasses(cloud, creation)).status).toBe("CREATE_COMPLETE");
  const group = new DescribeSubscriptionFiltersCommand({ logGroupName: "/app" });
  expect((await cloud.client(CloudWatchLogsClient).send(group)).subscriptionFilters).toHaveLength(1);
});

const statusOf = async (cfn: CloudFormationClient, asked: { StackName: string; LogicalResourceId: string }) => {
  try {
    const { StackResourceDetail } = await cfn.send(new DescribeStackResourceCommand(asked));
    return StackResourceDetail?.ResourceStatus;
  } catch (error) {
    if (error instanceof Error && error.name === "ValidationError") return undefined;
    throw error;
  }
};

test("a filter whose function never may be invoked fails", async () => {
  await using cloud = await testCloud();
  const creation = stackOf(cloud, "app", ["CAPABILITY_IAM"]).create(heard());
  const { status, reasons } = await whileTimePasses(cloud, creation);
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join()).toContain("Could not execute the lambda function.");
});
