import { APIGatewayClient, GetRestApiCommand } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client, GetRoutesCommand } from "@aws-sdk/client-apigatewayv2";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { testCloud } from "../../../test/harness.ts";
import { stackOf } from "../../../test/stackOf.ts";

const rest = (title: string) =>
  `swagger: "2.0"\ninfo: {title: ${title}, version: "1"}\npaths: {/: {get: {x-amazon-apigateway-integration: {type: mock}}}}`;
const http = JSON.stringify({
  openapi: "3.0.1",
  info: { title: "http", version: "1" },
  paths: { "/items": { get: {} } },
});

test("definitions are read from where templates say they lie", async () => {
  await using cloud = await testCloud();
  const s3 = cloud.client(S3Client);
  const stack = stackOf(cloud, "apis");
  await s3.send(new CreateBucketCommand({ Bucket: "definitions" }));
  for (const [Key, Body] of Object.entries({ "a.yml": rest("first"), "b.yml": rest("second"), "h.json": http })) {
    await s3.send(new PutObjectCommand({ Bucket: "definitions", Key, Body }));
  }
  const template = (Key: string) => {
    const at = (key: string) => ({ BodyS3Location: { Bucket: "definitions", Key: key } });
    return {
      Resources: {
        Rest: { Type: "AWS::ApiGateway::RestApi", Properties: at(Key) },
        Http: { Type: "AWS::ApiGatewayV2::Api", Properties: at("h.json") },
      },
      Outputs: { Rest: { Value: { Ref: "Rest" } }, Http: { Value: { Ref: "Http" } } },
    };
  };
  const { status, outputs } = await stack.create(template("a.yml"));
  expect(status).toBe("CREATE_COMPLETE");
  const apis = cloud.client(APIGatewayClient);
  const nameOf = async () => (await apis.send(new GetRestApiCommand({ restApiId: outputs["Rest"] }))).name;
  expect(await nameOf()).toBe("first");
  const v2 = cloud.client(ApiGatewayV2Client);
  const { Items = [] } = await v2.send(new GetRoutesCommand({ ApiId: outputs["Http"] }));
  expect(Items.map((route) => route.RouteKey)).toEqual(["GET /items"]);
  expect((await stack.update(template("b.yml"))).status).toBe("UPDATE_COMPLETE");
  expect(await nameOf()).toBe("second");
  expect((await stack.update(template("none.yml"))).status).toBe("UPDATE_ROLLBACK_COMPLETE");
});
