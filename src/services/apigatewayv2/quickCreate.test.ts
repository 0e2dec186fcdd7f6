import {
  ApiGatewayV2Client,
  CreateApiCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  UpdateApiCommand,
  type UpdateApiCommandInput,
} from "@aws-sdk/client-apigatewayv2";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../test/harness.ts";
import { refusal } from "../../../test/refusal.ts";
import { stackOf } from "../../../test/stackOf.ts";
import { createHello } from "../lambda/testLambda.ts";
import { apiCloud, ECHO, FUNCTION } from "./dataPlane/executeApiFixture.ts";

const ROLE = `arn:aws:iam::${TEST_ACCOUNT}:role/caller`;

let cloud: TestCloud;
let apis: ApiGatewayV2Client;
beforeEach(async () => {
  cloud = await testCloud();
  apis = cloud.client(ApiGatewayV2Client);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const quick = async (Target?: string) =>
  (await apis.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP", Target }))).ApiId ?? "";

const update = (ApiId: string, given: Omit<UpdateApiCommandInput, "ApiId">) =>
  apis.send(new UpdateApiCommand({ ApiId, ...given }));

/** The API's one route and its one integration. */
const madeOf = async (ApiId: string) => {
  const { Items: [route, ...others] = [] } = await apis.send(new GetRoutesCommand({ ApiId }));
  const { Items: [integration, ...more] = [] } = await apis.send(new GetIntegrationsCommand({ ApiId }));
  expect([...others, ...more]).toEqual([]);
  expect(route?.Target).toBe(`integrations/${integration?.IntegrationId}`);
  const { IntegrationType, IntegrationUri, IntegrationMethod, PayloadFormatVersion, CredentialsArn } =
    integration ?? {};
  return [route?.RouteKey, IntegrationType, IntegrationUri, IntegrationMethod, PayloadFormatVersion, CredentialsArn];
};

describe("an API made with quick create", () => {
  test("has its target, its key and its credentials updated", async () => {
    const ApiId = await quick("https://shop.example.com");
    expect(await madeOf(ApiId)).toEqual([
      "$default",
      "HTTP_PROXY",
      "https://shop.example.com",
      "ANY",
      "1.0",
      undefined,
    ]);
    await update(ApiId, { Target: FUNCTION, CredentialsArn: ROLE });
    expect(await madeOf(ApiId)).toEqual(["$default", "AWS_PROXY", FUNCTION, "POST", "2.0", ROLE]);
    await update(ApiId, { RouteKey: "GET /pets" });
    expect(await madeOf(ApiId)).toEqual(["GET /pets", "AWS_PROXY", FUNCTION, "POST", "2.0", ROLE]);
    await update(ApiId, { Name: "store", CredentialsArn: "" });
    expect(await madeOf(ApiId)).toEqual(["GET /pets", "AWS_PROXY", FUNCTION, "POST", "2.0", undefined]);
  });

  test("keeps its target, and what is refused changes nothing", async () => {
    const ApiId = await quick(FUNCTION);
    const before = await madeOf(ApiId);
    expect(await refusal(update(ApiId, { Target: "" }))).toBe(
      "BadRequestException: The target of an API made with quick create can be updated, but not removed",
    );
    expect(await refusal(update(ApiId, { Target: "https://a.example.com", RouteKey: "nowhere" }))).toMatch(
      /^BadRequestException: The provided route key is not formatted properly for HTTP protocol/,
    );
    expect(await madeOf(ApiId)).toEqual(before);
  });

  test("answers from its new target at once", async () => {
    await using asked = await apiCloud();
    await createHello(asked.lambda, ECHO);
    await asked.allow();
    const made = new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP", Target: "http://127.0.0.1:1" });
    const { ApiId = "" } = await asked.apis.send(made);
    await asked.apis.send(new UpdateApiCommand({ ApiId, Target: FUNCTION, RouteKey: "GET /pets" }));
    expect(JSON.parse((await asked.request(ApiId, "/pets")).text)).toMatchObject({ routeKey: "GET /pets" });
    expect((await asked.request(ApiId, "/others")).status).toBe(404);
  });
});

test("any other API has no target to update", async () => {
  const words = "Target, RouteKey and CredentialsArn can be updated only for an API made with quick create";
  const ApiId = await quick();
  for (const given of [{ Target: FUNCTION }, { RouteKey: "GET /pets" }, { CredentialsArn: ROLE }]) {
    expect(await refusal(update(ApiId, given))).toBe(`BadRequestException: ${words}`);
  }
  const socket = { Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" } as const;
  const { ApiId: chat = "" } = await apis.send(new CreateApiCommand(socket));
  expect(await refusal(update(chat, { Target: FUNCTION }))).toBe(
    "BadRequestException: Quick create is not supported for WEBSOCKET APIs",
  );
});

test("without a target there is no route to make", async () => {
  const words = "RouteKey and CredentialsArn need a Target, for quick create";
  for (const given of [{ RouteKey: "GET /pets" }, { CredentialsArn: ROLE }]) {
    const made = apis.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP", ...given }));
    expect(await refusal(made)).toBe(`BadRequestException: ${words}`);
  }
});

describe("a stack's API", () => {
  const template = (more: object) => ({
    Resources: {
      Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "shop", ProtocolType: "HTTP", ...more } },
    },
    Outputs: { Id: { Value: { Ref: "Api" } } },
  });

  test("follows its template, but keeps a target", async () => {
    const stack = stackOf(cloud);
    const created = await stack.create(template({ Target: FUNCTION, RouteKey: "GET /pets", CredentialsArn: ROLE }));
    const id = created.outputs["Id"] ?? "";
    expect(await madeOf(id)).toEqual(["GET /pets", "AWS_PROXY", FUNCTION, "POST", "2.0", ROLE]);
    const other = template({ Target: "https://shop.example.com" });
    expect((await stack.update(other)).status).toBe("UPDATE_COMPLETE");
    const now = ["$default", "HTTP_PROXY", "https://shop.example.com", "ANY", "1.0", undefined];
    expect(await madeOf(id)).toEqual(now);
    const without = await stack.update(template({}));
    expect(without.status).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(String(without.reasons)).toContain("can be updated, but not removed");
    expect(await madeOf(id)).toEqual(now);
  });

  test("that was made without a target gets none later", async () => {
    const stack = stackOf(cloud);
    await stack.create(template({}));
    expect((await stack.update(template({ Target: FUNCTION }))).status).toBe("UPDATE_ROLLBACK_COMPLETE");
  });
});
