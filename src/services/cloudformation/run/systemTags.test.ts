import { DynamoDBClient, ListTagsOfResourceCommand } from "@aws-sdk/client-dynamodb";
import { IAMClient, ListRoleTagsCommand } from "@aws-sdk/client-iam";
import { ListTagsForResourceCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const TEMPLATE = `Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: t, Tags: [{Key: team, Value: facts}]}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: r
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Tags: [{Key: team, Value: facts}]
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: table
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      Tags: [{Key: team, Value: facts}]
`;

test("CloudFormation's tags stand where AWS puts them, a template's own everywhere", async () => {
  await using cloud = await testCloud();
  expect(await stackOf(cloud, "app", ["CAPABILITY_NAMED_IAM"]).create(TEMPLATE)).toMatchObject({
    status: "CREATE_COMPLETE",
    reasons: [],
  });
  const own = [{ Key: "team", Value: "facts" }];
  const role = await cloud.client(IAMClient).send(new ListRoleTagsCommand({ RoleName: "r" }));
  expect(role.Tags).toEqual(own);
  const ResourceArn = `arn:aws:dynamodb:us-east-1:${TEST_ACCOUNT}:table/table`;
  const table = await cloud.client(DynamoDBClient).send(new ListTagsOfResourceCommand({ ResourceArn }));
  expect(table.Tags).toEqual(own);
  const topicArn = `arn:aws:sns:us-east-1:${TEST_ACCOUNT}:t`;
  const topic = await cloud.client(SNSClient).send(new ListTagsForResourceCommand({ ResourceArn: topicArn }));
  expect(topic.Tags?.map(({ Key }) => Key).sort()).toEqual([
    "aws:cloudformation:logical-id",
    "aws:cloudformation:stack-id",
    "aws:cloudformation:stack-name",
    "team",
  ]);
});
