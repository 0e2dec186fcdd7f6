import { CloudWatchLogsClient, DescribeSubscriptionFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";
import { untilMade } from "../../../../test/untilMade.ts";
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
  const permitted = untilMade(cloud, "Permission");
  const creation = stackOf(cloud, "app", ["CAPABILITY_IAM"]).create(
    heard({
      Type: "AWS::Lambda::Permission",
      Properties: { FunctionName: get("Listener"), Action: "lambda:InvokeFunction", Principal: "logs.amazonaws.com" },
    }),
  );
  // The filter's first try comes before the permission is there, or after it.
  await permitted;
  expect((await whileTimePasses(cloud, creation)).status).toBe("CREATE_COMPLETE");
  const group = new DescribeSubscriptionFiltersCommand({ logGroupName: "/app" });
  expect((await cloud.client(CloudWatchLogsClient).send(group)).subscriptionFilters).toHaveLength(1);
}, 120_000);

test("a filter whose function never may be invoked fails", async () => {
  await using cloud = await testCloud();
  const creation = stackOf(cloud, "app", ["CAPABILITY_IAM"]).create(heard());
  const { status, reasons } = await whileTimePasses(cloud, creation);
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join()).toContain("Could not execute the lambda function.");
}, 120_000);
