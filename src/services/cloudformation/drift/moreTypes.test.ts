import {
  APIGatewayClient,
  DeleteMethodCommand,
  UpdateAuthorizerCommand,
  UpdateUsagePlanCommand,
} from "@aws-sdk/client-api-gateway";
import { CloudWatchClient, DeleteDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DetachGroupPolicyCommand, IAMClient, RemoveRoleFromInstanceProfileCommand } from "@aws-sdk/client-iam";
import { LambdaClient, PutFunctionEventInvokeConfigCommand } from "@aws-sdk/client-lambda";
import { SFNClient, UpdateStateMachineCommand } from "@aws-sdk/client-sfn";
import { SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { deployed } from "./deployedFixture.ts";
import { MACHINE, TEMPLATE } from "./moreTypesFixture.ts";

it("reads what stands beside an application's main resources, and sees it changed", async () => {
  await using fake = await deployed(TEMPLATE);
  await fake.expectInSync();

  const { cloud, idOf } = fake;
  const restApiId = idOf("RestApi");
  const gateway = cloud.client(APIGatewayClient);
  await gateway.send(new DeleteMethodCommand({ restApiId, resourceId: idOf("Things"), httpMethod: "POST" }));
  const replace = (path: string, value: string) => ({ patchOperations: [{ op: "replace" as const, path, value }] });
  const authorizerId = idOf("Authorizer");
  await gateway.send(new UpdateAuthorizerCommand({ restApiId, authorizerId, ...replace("/name", "b") }));
  await gateway.send(new UpdateUsagePlanCommand({ usagePlanId: idOf("Plan"), ...replace("/quota/limit", "8") }));
  await cloud
    .client(SQSClient)
    .send(new SetQueueAttributesCommand({ QueueUrl: idOf("Other"), Attributes: { Policy: "" } }));
  const deny = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sns:Publish","Resource":"${idOf("Topic")}"}]}`;
  await cloud
    .client(SNSClient)
    .send(new SetTopicAttributesCommand({ TopicArn: idOf("Topic"), AttributeName: "Policy", AttributeValue: deny }));
  const iam = cloud.client(IAMClient);
  const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  await iam.send(new DetachGroupPolicyCommand({ GroupName: idOf("Group"), PolicyArn }));
  const InstanceProfileName = idOf("Profile");
  await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: idOf("Role") }));
  const FunctionName = idOf("Function");
  await cloud
    .client(LambdaClient)
    .send(new PutFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: "$LATEST", MaximumRetryAttempts: 0 }));
  const definition = MACHINE.replaceAll('"A"', '"B"');
  await cloud.client(SFNClient).send(new UpdateStateMachineCommand({ stateMachineArn: idOf("Machine"), definition }));
  await cloud.client(CloudWatchClient).send(new DeleteDashboardsCommand({ DashboardNames: [idOf("Dashboard")] }));
  await cloud.client(CloudWatchLogsClient).send(
    new PutMetricFilterCommand({
      logGroupName: idOf("Logs"),
      filterName: idOf("Filter"),
      filterPattern: "WARN",
      metricTransformations: [{ metricName: "e", metricNamespace: "n", metricValue: "1", defaultValue: 0 }],
    }),
  );

  const after = (await fake.drifts()).filter(({ status }) => status !== "IN_SYNC");
  expect(
    after.map(({ id, status, differences }) => [id, status, ...differences.map((each) => each.split(" ")[1])]),
  ).toEqual([
    ["Authorizer", "MODIFIED", "/Name"],
    ["Dashboard", "DELETED"],
    ["Filter", "MODIFIED", "/FilterPattern"],
    ["Group", "MODIFIED", "/ManagedPolicyArns/0"],
    ["Machine", "MODIFIED", "/DefinitionString"],
    ["Method", "DELETED"],
    ["Plan", "MODIFIED", "/Quota/Limit"],
    ["Profile", "MODIFIED", "/Roles/0"],
    ["QueuePolicy", "MODIFIED", "/Queues/1"],
    ["Retries", "MODIFIED", "/MaximumRetryAttempts", "/DestinationConfig/OnFailure/Destination"],
    ["TopicPolicy", "MODIFIED", "/PolicyDocument/Statement/0/Effect"],
  ]);
}, 120_000);
