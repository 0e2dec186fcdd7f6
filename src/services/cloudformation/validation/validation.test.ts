import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  CreateStackCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  ExecuteChangeSetCommand,
} from "@aws-sdk/client-cloudformation";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";

const parameter = (Name: string) => ({ Type: "AWS::SSM::Parameter", Properties: { Name, Type: "String", Value: "v" } });
const template = (Resources: object) => JSON.stringify({ Resources });
const TAKEN = template({ First: parameter("free"), Second: parameter("taken") });
const REASON = "Resource of type 'AWS::SSM::Parameter' with identifier 'taken' already exists.";

let cloud: TestCloud;
let stacks: ReturnType<typeof stacksOf>;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = stacksOf(cloud);
  await cloud.client(SSMClient).send(new PutParameterCommand({ Name: "taken", Value: "v", Type: "String" }));
});
afterAll(() => cloud[Symbol.asyncDispose]());

const change = async (StackName: string, more: Partial<CreateChangeSetCommandInput>) => {
  const set = { StackName, ChangeSetName: "one" };
  await stacks.cfn.send(new CreateChangeSetCommand({ ...set, ChangeSetType: "CREATE", ...more }));
  return stacks.cfn.send(new DescribeChangeSetCommand(set));
};

describe("a name that is taken", () => {
  it("fails a change set, whose events say which", async () => {
    const { Status, StatusReason, ChangeSetId: ChangeSetName } = await change("a", { TemplateBody: TAKEN });
    expect([Status, StatusReason]).toEqual([
      "FAILED",
      "The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.",
    ]);
    const asked = { ChangeSetName, Filters: { FailedEvents: true } };
    const { OperationEvents = [] } = await stacks.cfn.send(new DescribeEventsCommand(asked));
    expect(OperationEvents).toMatchObject([
      {
        EventType: "VALIDATION_ERROR",
        OperationType: "CREATE_CHANGESET",
        LogicalResourceId: "Second",
        ResourceType: "AWS::SSM::Parameter",
        ValidationFailureMode: "FAIL",
        ValidationName: "NAME_CONFLICT_VALIDATION",
        ValidationStatus: "FAILED",
        ValidationStatusReason: REASON,
        ValidationPath: "/Resources/Second",
      },
    ]);
  });

  it("fails a stack before anything is made", async () => {
    await stacks.cfn.send(new CreateStackCommand({ StackName: "b", TemplateBody: TAKEN }));
    await cloud.tasks.idle();
    expect(await stacks.events("b")).toEqual([
      "b CREATE_IN_PROGRESS User Initiated",
      `Second CREATE_FAILED ${REASON}`,
      "b ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Second]. Rollback requested by user.",
      "Second DELETE_COMPLETE",
      "b ROLLBACK_COMPLETE",
    ]);
  });

  it("is not looked for where the request says so, and shows when the resource is made", async () => {
    const set = await change("c", { TemplateBody: TAKEN, DisableValidation: true });
    expect(set.Status).toBe("CREATE_COMPLETE");
    await stacks.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set.ChangeSetId }));
    await cloud.tasks.idle();
    expect((await stacks.events("c")).find((event) => event.includes("Second CREATE_FAILED"))).toContain(
      "HandlerErrorCode: AlreadyExists",
    );
  });
});

it("what is part of something yet to be made, and what every topic has, is in nobody's way", async () => {
  const { TopicArn = "" } = await cloud.client(SNSClient).send(new CreateTopicCommand({ Name: "there" }));
  const statement = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: TopicArn };
  const api = { ApiId: { Ref: "Api" } };
  const TemplateBody = template({
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "a", ProtocolType: "HTTP" } },
    Stage: { Type: "AWS::ApiGatewayV2::Stage", Properties: { ...api, StageName: "$default" } },
    Policy: {
      Type: "AWS::SNS::TopicInlinePolicy",
      Properties: { TopicArn, PolicyDocument: { Version: "2012-10-17", Statement: [statement] } },
    },
  });
  const { Status, ChangeSetId: ChangeSetName } = await change("e", { TemplateBody });
  expect(Status).toBe("CREATE_COMPLETE");
  const { OperationEvents = [] } = await stacks.cfn.send(new DescribeEventsCommand({ ChangeSetName }));
  expect(OperationEvents.filter(({ EventType }) => EventType === "VALIDATION_ERROR")).toEqual([]);
});

it("a bucket that will go and is not empty is only told of", async () => {
  const bucket = { Type: "AWS::S3::Bucket", Properties: { BucketName: "full" } };
  await stacks.create("d", template({ Kept: parameter("d"), Full: bucket }));
  await cloud.client(S3Client).send(new PutObjectCommand({ Bucket: "full", Key: "k", Body: "v" }));
  const TemplateBody = template({ Kept: parameter("d") });
  const { Status, ChangeSetId: ChangeSetName } = await change("d", { ChangeSetType: "UPDATE", TemplateBody });
  expect(Status).toBe("CREATE_COMPLETE");
  const { OperationEvents: [first] = [] } = await stacks.cfn.send(new DescribeEventsCommand({ ChangeSetName }));
  expect(first).toMatchObject({
    ValidationFailureMode: "WARN",
    ValidationName: "BUCKET_EMPTINESS_VALIDATION",
    ValidationStatusReason:
      "The bucket 'full' is not empty. You must either delete all objects and versions or use the deletion policy to retain it, otherwise the delete operation will fail.",
    ValidationPath: "/Resources/Full",
  });
});
