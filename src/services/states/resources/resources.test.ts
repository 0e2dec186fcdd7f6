import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import {
  DescribeExecutionCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const TEMPLATE = JSON.stringify({
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
              ResultPath: null,
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
});

test("SAM's state machine is deployed with its role, version and alias, and runs", async () => {
  await using cloud = await testCloud();
  const cloudFormation = cloud.client(CloudFormationClient);
  const StackName = "flow";
  const Capabilities = ["CAPABILITY_IAM" as const, "CAPABILITY_AUTO_EXPAND" as const];
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: TEMPLATE, Capabilities }));
  await cloud.tasks.idle();
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
  const client = cloud.client(SFNClient);
  const stateMachineArn = `${Stacks?.[0]?.Outputs?.[0]?.OutputValue}:live`;
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"text":"hi"}' }));
  await cloud.tasks.idle();
  const ended = await client.send(new DescribeExecutionCommand({ executionArn }));
  expect(ended).toMatchObject({ status: "SUCCEEDED", output: '{"text":"hi"}', stateMachineAliasArn: stateMachineArn });
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "out" }));
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body).toBe("hi");
  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  await cloud.tasks.idle();
  // SAM retains versions and AWS keeps none of a machine that is gone.
  expect((await client.send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
});
