import { ApiGatewayV2Client, CreateApiCommand } from "@aws-sdk/client-apigatewayv2";
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { IAMClient } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { createSigner, makeSongs, type Songs, songKey } from "../../bench/songs.ts";
import { zipped } from "../../src/services/lambda/testLambda.ts";
import { serviceRole } from "../serviceRole.ts";
import { socketCloud } from "./clouds.ts";
import { MANNERS, requestBytes, send } from "./rudeClients.ts";

const SONGS: Songs = { table: "songs", artists: 1 };
const REQUESTS = 400;
const API_REQUESTS = 160;
const AT_ONCE = 40;

const Key = songKey(SONGS, 0);
const count = new UpdateItemCommand({
  TableName: SONGS.table,
  Key,
  UpdateExpression: "ADD heard :one",
  ExpressionAttributeValues: { ":one": { N: "1" } },
});

const openSockets = () => process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;

/** Sends as many requests, so many at once, each manner as often as any other; how many were answered, and how many left. */
const sendAll = async (port: number, bytes: Buffer, requests: number) => {
  const ended = { answered: 0, left: 0 };
  const client = async (number: number) => {
    for (let at = number; at < requests; at += AT_ONCE) {
      const manner = MANNERS[at % MANNERS.length] ?? "plain";
      const status = await send(port, bytes, manner, at / requests);
      if (manner === "leaves") ended.left += 1;
      if (status === undefined) continue;
      expect(status).toBe(200);
      ended.answered += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_unused, number) => client(number)));
  return ended;
};

/** Each connection was closed by its client; the server's ends of them follow within some turns. */
const untilClosed = async (before: number) => {
  while (openSockets() > before) await new Promise((resolve) => setImmediate(resolve));
};

describe.each([
  ["the lane", []],
  // A repeated header is left to Node's own server.
  ["Node's server", ["x-note: 1", "x-note: 2"]],
])("slow clients and clients that go away, by %s", (_way, headers) => {
  it("lose nothing that was answered, do nothing by halves, and leave no connection behind", async () => {
    await using running = await socketCloud("memory");
    const client = new DynamoDBClient(running.config);
    await makeSongs(client, SONGS, 1);
    client.destroy();
    const before = openSockets();
    const [signed] = await createSigner(running.config)([count]);
    if (!signed) throw new Error("nothing was signed");
    const bytes = requestBytes(signed, new URL(running.config.endpoint).host, ...headers);
    const { answered, left } = await sendAll(running.cloud.port, bytes, REQUESTS);
    expect(answered).toBe(REQUESTS / 2);
    await untilClosed(before);
    const reader = new DynamoDBClient(running.config);
    const { Item } = await reader.send(new GetItemCommand({ TableName: SONGS.table, Key, ConsistentRead: true }));
    reader.destroy();
    const heard = Number(Item?.["heard"]?.N);
    expect(heard).toBeGreaterThanOrEqual(answered);
    expect(heard).toBeLessThanOrEqual(answered + left);
  });
});

describe("slow clients and clients that go away, of a function's API", () => {
  it("are answered where they wait, and leave the function at work", async () => {
    await using running = await socketCloud("memory");
    const { config, cloud } = running;
    const [iam, lambda, apis] = [new IAMClient(config), new LambdaClient(config), new ApiGatewayV2Client(config)];
    const Role = await serviceRole(iam, "hello", "lambda", "logs:*");
    const ZipFile = await zipped({ "index.mjs": "export const handler = async ({ body }) => body" });
    const named = { FunctionName: "hello", Runtime: "nodejs20.x", Handler: "index.handler" } as const;
    const { FunctionArn } = await lambda.send(new CreateFunctionCommand({ ...named, Role, Code: { ZipFile } }));
    const quick = { Name: "shop", ProtocolType: "HTTP", Target: FunctionArn } as const;
    const { ApiId } = await apis.send(new CreateApiCommand(quick));
    const gateway = { Action: "lambda:InvokeFunction", Principal: "apigateway.amazonaws.com", StatementId: "gateway" };
    await lambda.send(new AddPermissionCommand({ FunctionName: "hello", ...gateway }));
    for (const client of [iam, lambda, apis]) client.destroy();

    const headers = { "content-type": "text/plain" };
    const request = { method: "POST", path: `/_execute-api/${ApiId}/`, headers, body: "x".repeat(4000) };
    const bytes = requestBytes(request, `127.0.0.1:${cloud.port}`);
    expect(await send(cloud.port, bytes, "plain", 1)).toBe(200);
    const before = openSockets();
    const { answered } = await sendAll(cloud.port, bytes, API_REQUESTS);
    expect(answered).toBe(API_REQUESTS / 2);
    expect(await send(cloud.port, bytes, "plain", 1)).toBe(200);
    // The function may have got more environments, each with a connection of its own.
    await untilClosed(before + AT_ONCE);
  });
});
