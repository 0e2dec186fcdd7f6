import { ApiGatewayV2Client, UpdateModelCommand } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogsClient, PutQueryDefinitionCommand } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, RemovePermissionCommand, UpdateApiDestinationCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient, RemoveUserFromGroupCommand } from "@aws-sdk/client-iam";
import { DeleteFunctionCodeSigningConfigCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { PipesClient, UpdatePipeCommand } from "@aws-sdk/client-pipes";
import { SFNClient, UpdateStateMachineAliasCommand } from "@aws-sdk/client-sfn";
import { expect, it } from "vitest";
import { deployed } from "./deployedFixture.ts";
import { TEMPLATE } from "./lastTypesFixture.ts";

it("reads what few templates have, and sees it changed", async () => {
  await using fake = await deployed(TEMPLATE);
  await fake.expectInSync();

  const { cloud, idOf } = fake;
  const ApiId = idOf("Sockets");
  const Schema = '{"type":"array"}';
  await cloud.client(ApiGatewayV2Client).send(new UpdateModelCommand({ ApiId, ModelId: idOf("Model"), Schema }));
  const bridge = cloud.client(EventBridgeClient);
  await bridge.send(new RemovePermissionCommand({ EventBusName: "shop", StatementId: "one" }));
  await bridge.send(new UpdateApiDestinationCommand({ Name: idOf("Orders"), InvocationRateLimitPerSecond: 8 }));
  const member = { GroupName: idOf("Group"), UserName: idOf("Other") };
  await cloud.client(IAMClient).send(new RemoveUserFromGroupCommand(member));
  const query = { queryDefinitionId: idOf("Query"), name: "errors", queryString: "fields @timestamp" };
  await cloud.client(CloudWatchLogsClient).send(new PutQueryDefinitionCommand(query));
  await cloud.client(LambdaClient).send(new DeleteFunctionCodeSigningConfigCommand({ FunctionName: idOf("Signed") }));
  const alias = { stateMachineAliasArn: idOf("Alias"), description: "then" };
  await cloud.client(SFNClient).send(new UpdateStateMachineAliasCommand(alias));

  const pipe = { Name: idOf("Pipe"), RoleArn: `arn:aws:iam::123456789012:role/${idOf("PipeRole")}` };
  const SourceParameters = { SqsQueueParameters: { BatchSize: 6 } };
  await cloud.client(PipesClient).send(new UpdatePipeCommand({ ...pipe, SourceParameters }));

  const after = (await fake.drifts()).filter(({ status }) => status !== "IN_SYNC");
  expect(
    after.map(({ id, status, differences }) => [id, status, ...differences.map((each) => each.split(" ")[1])]),
  ).toEqual([
    ["Alias", "MODIFIED", "/Description"],
    ["Members", "MODIFIED", "/Users/1"],
    ["Model", "MODIFIED", "/Schema/type"],
    ["Orders", "MODIFIED", "/InvocationRateLimitPerSecond"],
    ["Pipe", "MODIFIED", "/SourceParameters/SqsQueueParameters/BatchSize"],
    ["Query", "MODIFIED", "/QueryString", "/LogGroupNames"],
    ["Signed", "MODIFIED", "/CodeSigningConfigArn"],
    ["Statement", "DELETED"],
  ]);
}, 120_000);
