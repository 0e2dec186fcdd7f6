import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateModelCommand,
  DeleteModelCommand,
  GetModelCommand,
  GetModelsCommand,
  GetModelTemplateCommand,
  UpdateModelCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

let cloud: TestCloud;
let apis: ApiGatewayV2Client;
let ApiId: string;

beforeEach(async () => {
  cloud = await testCloud();
  apis = cloud.client(ApiGatewayV2Client as never) as ApiGatewayV2Client;
  const made = await apis.send(
    new CreateApiCommand({ Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" }),
  );
  ApiId = made.ApiId ?? "";
});
afterEach(() => cloud[Symbol.asyncDispose]());

const Schema = JSON.stringify({ type: "object", properties: { id: { type: "integer" } } });

test("a model is made, shown, changed and deleted", async () => {
  const { ModelId, $metadata: _, ...made } = await apis.send(new CreateModelCommand({ ApiId, Name: "Item", Schema }));
  expect(made).toEqual({ ContentType: "application/json", Name: "Item", Schema });
  await apis.send(new UpdateModelCommand({ ApiId, ModelId, Description: "one item" }));
  expect(await apis.send(new GetModelCommand({ ApiId, ModelId }))).toMatchObject({ Description: "one item", Schema });
  expect((await apis.send(new GetModelsCommand({ ApiId }))).Items).toHaveLength(1);
  await apis.send(new DeleteModelCommand({ ApiId, ModelId }));
  await expect(apis.send(new GetModelCommand({ ApiId, ModelId }))).rejects.toMatchObject({ name: "NotFoundException" });
});

test("a model's template makes a sample of it, with the models it refers to", async () => {
  await apis.send(new CreateModelCommand({ ApiId, Name: "Item", Schema }));
  const { ModelId } = await apis.send(
    new CreateModelCommand({ ApiId, Name: "Items", Schema: '{"type":"array","items":{"$ref":"x/models/Item"}}' }),
  );
  const { Value } = await apis.send(new GetModelTemplateCommand({ ApiId, ModelId }));
  expect(Value).toContain("#foreach($elem in $inputRoot)");
  expect(Value).toContain('"id" : 42');
});

test("refusals", async () => {
  await apis.send(new CreateModelCommand({ ApiId, Name: "Item", Schema }));
  const refused = (more: { Name: string; Schema: string }, message: string) =>
    expect(apis.send(new CreateModelCommand({ ApiId, ...more }))).rejects.toThrow(message);
  await refused({ Name: "Item", Schema }, "already exists");
  await refused({ Name: "a b", Schema }, "must be alphanumeric");
  await refused({ Name: "Other", Schema: "{" }, "Invalid model schema specified");
  await expect(apis.send(new GetModelTemplateCommand({ ApiId, ModelId: "none" }))).rejects.toMatchObject({
    name: "NotFoundException",
  });
});
