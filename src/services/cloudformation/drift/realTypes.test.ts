import { ApiGatewayV2Client, UpdateStageCommand } from "@aws-sdk/client-apigatewayv2";
import {
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackResourcesCommand,
  ExecuteChangeSetCommand,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchClient, DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CodePipelineClient, EnableStageTransitionCommand } from "@aws-sdk/client-codepipeline";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { LambdaClient, RemovePermissionCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import {
  DeleteBucketCorsCommand,
  DeleteBucketPolicyCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";
import { deployed } from "./deployedFixture.ts";
import { TEMPLATE } from "./realTypesFixture.ts";

describe("drift of what an application is made of", () => {
  it("finds everything in sync, then says what was changed behind the stack's back", async () => {
    await using fake = await deployed(TEMPLATE);
    await fake.expectInSync();

    const lambda = fake.cloud.client(LambdaClient);
    const FunctionName = fake.idOf("Function");
    const Variables = { STAGE: "prod", ADDED: "yes" };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: fake.idOf("Permission") }));
    const sqs = fake.cloud.client(SQSClient);
    const QueueUrl = fake.idOf("Queue");
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "61", RedrivePolicy: "" } }),
    );
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { more: "tags" } }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: fake.idOf("Fifo") }));
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Deny", Action: "*", Resource: "*" },
    });
    await fake.cloud
      .client(IAMClient)
      .send(new PutUserPolicyCommand({ UserName: "someone", PolicyName: "extra", PolicyDocument }));

    const s3 = fake.cloud.client(S3Client, { forcePathStyle: true });
    const Bucket = fake.idOf("Bucket");
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    const [ApiId, StageName] = [fake.idOf("Api"), fake.idOf("ApiStage")];
    await fake.cloud
      .client(ApiGatewayV2Client)
      .send(new UpdateStageCommand({ ApiId, StageName, StageVariables: { lower: "case", more: "of it" } }));
    await fake.cloud.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [fake.idOf("Alarm")] }));
    const pipelineName = fake.idOf("Pipeline");
    const transition = { pipelineName, stageName: "Build", transitionType: "Inbound" } as const;
    await fake.cloud.client(CodePipelineClient).send(new EnableStageTransitionCommand(transition));

    const dead = `{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:${fake.idOf("Dead").split("/").at(-1)}","maxReceiveCount":3}`;
    expect((await fake.drifts()).filter(({ status }) => status !== "IN_SYNC")).toEqual([
      { id: "Alarm", status: "DELETED", differences: [] },
      { id: "ApiStage", status: "MODIFIED", differences: ["ADD /StageVariables/more null of it"] },
      {
        id: "Bucket",
        status: "MODIFIED",
        differences: [
          "NOT_EQUAL /VersioningConfiguration/Status Enabled Suspended",
          expect.stringMatching(/^REMOVE \/CorsConfiguration \{.*\} null$/),
        ],
      },
      { id: "BucketPolicy", status: "DELETED", differences: [] },
      { id: "Fifo", status: "DELETED", differences: [] },
      {
        id: "Function",
        status: "MODIFIED",
        differences: [
          "NOT_EQUAL /Environment/Variables/STAGE test prod",
          "REMOVE /Environment/Variables/COUNT 3 null",
          "ADD /Environment/Variables/ADDED null yes",
        ],
      },
      expect.objectContaining({ id: "Inline", status: "MODIFIED" }),
      { id: "Permission", status: "DELETED", differences: [] },
      {
        id: "Pipeline",
        status: "MODIFIED",
        differences: ['REMOVE /DisableInboundStageTransitions/0 {"StageName":"Build","Reason":"later"} null'],
      },
      {
        id: "Queue",
        status: "MODIFIED",
        differences: [
          "NOT_EQUAL /VisibilityTimeout 60 61",
          `REMOVE /RedrivePolicy ${dead} null`,
          'ADD /Tags/2 null {"Key":"more","Value":"tags"}',
        ],
      },
    ]);
  }, 120_000);

  it("takes over what is there already", async () => {
    await using cloud = await testCloud();
    const stacks = stacksOf(cloud);
    const { QueueUrl = "" } = await cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName: "mine" }));
    await cloud.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: "/mine" }));
    await cloud.client(DynamoDBClient).send(new CreateTableCommand(tableOf("mine", { id: "S" })));
    const table = `AttributeDefinitions: [{AttributeName: id, AttributeType: S}], KeySchema: [{AttributeName: id, KeyType: HASH}]`;
    const TemplateBody = `Resources:
  Q: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, Properties: {QueueName: mine}}
  L: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, Properties: {LogGroupName: /mine}}
  T: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain, Properties: {TableName: mine, BillingMode: PAY_PER_REQUEST, ${table}}}
`;
    const named = { StackName: "taken", ChangeSetName: "import" };
    await stacks.cfn.send(
      new CreateChangeSetCommand({
        ...named,
        TemplateBody,
        ChangeSetType: "IMPORT",
        ResourcesToImport: [
          { ResourceType: "AWS::SQS::Queue", LogicalResourceId: "Q", ResourceIdentifier: { QueueUrl } },
          {
            ResourceType: "AWS::Logs::LogGroup",
            LogicalResourceId: "L",
            ResourceIdentifier: { LogGroupName: "/mine" },
          },
          { ResourceType: "AWS::DynamoDB::Table", LogicalResourceId: "T", ResourceIdentifier: { TableName: "mine" } },
        ],
      }),
    );
    await stacks.cfn.send(new ExecuteChangeSetCommand(named));
    await cloud.tasks.idle();
    expect((await stacks.stack("taken"))?.StackStatus).toBe("IMPORT_COMPLETE");
    const { StackResources = [] } = await stacks.cfn.send(new DescribeStackResourcesCommand({ StackName: "taken" }));
    const ids = StackResources.map((each) => [each.LogicalResourceId, each.PhysicalResourceId]);
    expect(new Map(ids.map(([key, id]) => [key, id]))).toEqual(
      new Map([
        ["Q", QueueUrl],
        ["L", "/mine"],
        ["T", "mine"],
      ]),
    );
  });

  it("takes over by itself, when a change set allows it, what its template names", async () => {
    await using cloud = await testCloud();
    const stacks = stacksOf(cloud);
    const logs = cloud.client(CloudWatchLogsClient);
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/mine" }));
    const group = (more: string) => `Resources:
  L: {Type: AWS::Logs::LogGroup, ${more}Properties: {LogGroupName: /mine, RetentionInDays: 7}}
  N: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /new}}
`;
    const plan = (StackName: string, TemplateBody: string) =>
      stacks.cfn.send(
        new CreateChangeSetCommand({
          ...{ StackName, ChangeSetName: "both", ChangeSetType: "CREATE", TemplateBody },
          ImportExistingResources: true,
        }),
      );
    await expect(plan("silent", group(""))).rejects.toThrow("must have DeletionPolicy attribute specified");
    const { Id: ChangeSetName } = await plan("taken", group("DeletionPolicy: Retain, "));
    const { Changes = [], ImportExistingResources } = await stacks.cfn.send(
      new DescribeChangeSetCommand({ ChangeSetName }),
    );
    expect(ImportExistingResources).toBe(true);
    expect(Changes.map(({ ResourceChange }) => [ResourceChange?.LogicalResourceId, ResourceChange?.Action])).toEqual([
      ["L", "Import"],
      ["N", "Add"],
    ]);
    await stacks.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName }));
    await cloud.tasks.idle();
    expect((await stacks.stack("taken"))?.StackStatus).toBe("CREATE_COMPLETE");
    const events = await stacks.events("taken");
    expect(events).toEqual(expect.arrayContaining(["L IMPORT_IN_PROGRESS", "L IMPORT_COMPLETE", "N CREATE_COMPLETE"]));
    await stacks.cfn.send(new DeleteStackCommand({ StackName: "taken" }));
    await cloud.tasks.idle();
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual(["/mine"]);
  });
});
