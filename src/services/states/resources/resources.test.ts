import {
  DescribeExecutionCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const TEMPLATE = {
  Transform: "AWS::Serverless-2016-10-31",
  Resources: {
    Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "out" } },
    Machine: {
      Type: "AWS::Serverless::StateMachine",
      Properties: {
        AutoPublishAlias: "live",
        Definition: {
          StartAt: "Send",
          States: {
            Send: {
              Type: "Task",
              Resource: "arn:aws:states:::aws-sdk:sqs:sendMessage",
              Parameters: { QueueUrl: "${Url}", "MessageBody.$": "$.text" },
              // AWS: a template takes no null, which would say the same.
              ResultSelector: {},
              ResultPath: "$.sent",
              End: true,
            },
          },
        },
        DefinitionSubstitutions: { Url: { Ref: "Queue" } },
        Policies: [{ SQSSendMessagePolicy: { QueueName: { "Fn::GetAtt": ["Queue", "QueueName"] } } }],
      },
    },
    Activity: { Type: "AWS::StepFunctions::Activity", Properties: { Name: "work" } },
  },
  Outputs: { Machine: { Value: { Ref: "Machine" } } },
};

test("SAM's state machine is deployed with its role, version and alias, and runs", async () => {
  await using cloud = await testCloud();
  const stack = stackOf(cloud, "flow", ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]);
  const { status, outputs } = await stack.create(TEMPLATE);
  expect(status).toBe("CREATE_COMPLETE");
  const client = cloud.client(SFNClient);
  const stateMachineArn = `${outputs["Machine"]}:live`;
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"text":"hi"}' }));
  await cloud.tasks.idle();
  const ended = await client.send(new DescribeExecutionCommand({ executionArn }));
  expect(ended).toMatchObject({ status: "SUCCEEDED", stateMachineAliasArn: stateMachineArn });
  expect(JSON.parse(ended.output ?? "")).toEqual({ text: "hi", sent: {} });
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "out" }));
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body).toBe("hi");
  await stack.delete();
  // SAM retains versions and AWS keeps none of a machine that is gone.
  expect((await client.send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
});
