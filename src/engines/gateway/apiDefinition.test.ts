import { APIGatewayClient, GetRestApiCommand } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client, GetRoutesCommand } from "@aws-sdk/client-apigatewayv2";
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { testCloud } from "../../../test/harness.ts";

const rest = (title: string) =>
  `swagger: "2.0"\ninfo: {title: ${title}, version: "1"}\npaths: {/: {get: {x-amazon-apigateway-integration: {type: mock}}}}`;
const http = JSON.stringify({
  openapi: "3.0.1",
  info: { title: "http", version: "1" },
  paths: { "/items": { get: {} } },
});

test("definitions are read from where templates say they lie", async () => {
  await using cloud = await testCloud();
  const s3 = cloud.client(S3Client as never, { forcePathStyle: true }) as S3Client;
  const stacks = cloud.client(CloudFormationClient as never) as CloudFormationClient;
  await s3.send(new CreateBucketCommand({ Bucket: "definitions" }));
  for (const [Key, Body] of Object.entries({ "a.yml": rest("first"), "b.yml": rest("second"), "h.json": http })) {
    await s3.send(new PutObjectCommand({ Bucket: "definitions", Key, Body }));
  }
  const template = (Key: string) => {
    const at = (key: string) => ({ BodyS3Location: { Bucket: "definitions", Key: key } });
    return JSON.stringify({
      Resources: {
        Rest: { Type: "AWS::ApiGateway::RestApi", Properties: at(Key) },
        Http: { Type: "AWS::ApiGatewayV2::Api", Properties: at("h.json") },
      },
    });
  };
  const settled = async () => {
    await cloud.tasks.idle();
    const { Stacks = [] } = await stacks.send(new DescribeStacksCommand({ StackName: "apis" }));
    const { StackResources = [] } = await stacks.send(new DescribeStackResourcesCommand({ StackName: "apis" }));
    const idOf = (name: string) => StackResources.find((one) => one.LogicalResourceId === name)?.PhysicalResourceId;
    return { status: Stacks[0]?.StackStatus, idOf };
  };
  await stacks.send(new CreateStackCommand({ StackName: "apis", TemplateBody: template("a.yml") }));
  const { status, idOf } = await settled();
  expect(status).toBe("CREATE_COMPLETE");
  const apis = cloud.client(APIGatewayClient as never) as APIGatewayClient;
  const nameOf = async () => (await apis.send(new GetRestApiCommand({ restApiId: idOf("Rest") }))).name;
  expect(await nameOf()).toBe("first");
  const v2 = cloud.client(ApiGatewayV2Client as never) as ApiGatewayV2Client;
  const { Items = [] } = await v2.send(new GetRoutesCommand({ ApiId: idOf("Http") }));
  expect(Items.map((route) => route.RouteKey)).toEqual(["GET /items"]);
  await stacks.send(new UpdateStackCommand({ StackName: "apis", TemplateBody: template("b.yml") }));
  expect((await settled()).status).toBe("UPDATE_COMPLETE");
  expect(await nameOf()).toBe("second");
  await stacks.send(new UpdateStackCommand({ StackName: "apis", TemplateBody: template("none.yml") }));
  expect((await settled()).status).toBe("UPDATE_ROLLBACK_COMPLETE");
});
