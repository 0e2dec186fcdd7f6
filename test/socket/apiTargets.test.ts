import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { serviceRole } from "../serviceRole.ts";
import { type SocketCloud, socketCloud } from "./clouds.ts";

/** An API that asks for signatures and puts what it is sent into a queue. */
const apiOntoQueue = async ({ config }: SocketCloud) => {
  const apis = new ApiGatewayV2Client(config);
  const sqs = new SQSClient(config);
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "sent" }));
  const CredentialsArn = await serviceRole(new IAMClient(config), "gateway", "apigateway", "sqs:SendMessage");
  const { ApiId = "" } = await apis.send(new CreateApiCommand({ Name: "api", ProtocolType: "HTTP" }));
  const { IntegrationId } = await apis.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: "AWS_PROXY",
      IntegrationSubtype: "SQS-SendMessage",
      PayloadFormatVersion: "1.0",
      CredentialsArn,
      RequestParameters: {
        QueueUrl,
        MessageBody: ["path", "querystring.q", "body"].map((what) => `$\{request.${what}}`).join(" "),
      },
    }),
  );
  await apis.send(
    new CreateRouteCommand({
      ApiId,
      RouteKey: "POST /orders/{id}",
      AuthorizationType: "AWS_IAM",
      Target: `integrations/${IntegrationId}`,
    }),
  );
  await apis.send(new CreateStageCommand({ ApiId, StageName: "prod", AutoDeploy: true }));
  const next = async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    return Messages[0]?.Body;
  };
  return { ApiId, next };
};

test("a rule's target and a task are let in by an API as their roles", async () => {
  await using made = await socketCloud("memory");
  const { config } = made;
  const { ApiId, next } = await apiOntoQueue(made);
  const iam = new IAMClient(config);
  const RoleArn = await serviceRole(iam, "rule", "events", "execute-api:Invoke");
  const events = new EventBridgeClient(config);
  await events.send(new PutRuleCommand({ Name: "sold", EventPattern: '{"source":["shop"]}' }));
  await events.send(
    new PutTargetsCommand({
      Rule: "sold",
      Targets: [
        {
          Id: "api",
          Arn: `arn:aws:execute-api:${config.region}:000000000000:${ApiId}/prod/POST/orders/*`,
          RoleArn,
          InputPath: "$.detail",
          HttpParameters: { PathParameterValues: ["7"], QueryStringParameters: { q: "a b" } },
        },
      ],
    }),
  );
  await events.send(new PutEventsCommand({ Entries: [{ Source: "shop", DetailType: "sold", Detail: '{"n":1}' }] }));
  expect(await next()).toBe('/orders/7 a b {"n":1}');

  const roleArn = await serviceRole(iam, "machine", "states", "execute-api:Invoke");
  const definition = JSON.stringify({
    StartAt: "Call",
    States: {
      Call: {
        Type: "Task",
        Resource: "arn:aws:states:::apigateway:invoke",
        Parameters: {
          ApiEndpoint: `${ApiId}.execute-api.${config.region}.amazonaws.com`,
          Stage: "prod",
          Path: "orders/8",
          Method: "POST",
          AuthType: "IAM_ROLE",
          QueryParameters: { q: ["c"] },
          RequestBody: { n: 2 },
        },
        End: true,
      },
    },
  });
  const states = new SFNClient(config);
  const { stateMachineArn } = await states.send(new CreateStateMachineCommand({ name: "calls", definition, roleArn }));
  await states.send(new StartExecutionCommand({ stateMachineArn }));
  expect(await next()).toBe('/orders/8 c {"n":2}');
});
