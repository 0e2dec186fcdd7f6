import { CodeStarConnectionsClient, GetConnectionCommand } from "@aws-sdk/client-codestar-connections";
import { expect, test } from "vitest";
import { ask } from "../../../test/ask.ts";
import { type TestCloud, testCloud } from "../../../test/harness.ts";

/** Calls as clients do that write the whole name of the service before the operation. */
const call = async (cloud: TestCloud, service: string, operation: string, input: object) => {
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": `com.amazonaws.${service}.${operation}`,
  };
  const answer = await ask(cloud, { method: "POST", headers, body: JSON.stringify(input) });
  return { status: answer.status, ...answer.json() };
};

const NEWER = "codeconnections.CodeConnections_20231201";
const FIRST = "codestar.connections.CodeStar_connections_20191201";

test("a connection has the name in its ARN under which it was made, and both names know it", async () => {
  await using cloud = await testCloud({ auth: "open" });
  const input = { ConnectionName: "azure", ProviderType: "AzureDevOps" };
  const { ConnectionArn } = await call(cloud, NEWER, "CreateConnection", input);
  expect(ConnectionArn).toMatch(/^arn:aws:codeconnections:us-east-1:\d{12}:connection\//);
  const { Connection } = await cloud
    .client(CodeStarConnectionsClient)
    .send(new GetConnectionCommand({ ConnectionArn }));
  expect(Connection).toMatchObject({ ConnectionArn, ProviderType: "AzureDevOps", ConnectionStatus: "AVAILABLE" });
  const older = await call(cloud, FIRST, "CreateConnection", { ConnectionName: "github", ProviderType: "GitHub" });
  expect(older.ConnectionArn).toMatch(/^arn:aws:codestar-connections:/);
  const { Connections } = await call(cloud, NEWER, "ListConnections", {});
  expect(Connections.map(({ ConnectionName }: { ConnectionName: string }) => ConnectionName).sort()).toEqual([
    "azure",
    "github",
  ]);
});

test("what is not built of it is refused by its name", async () => {
  await using cloud = await testCloud({ auth: "open" });
  expect(await call(cloud, NEWER, "ListHosts", {})).toMatchObject({ status: 501, __type: "NotImplemented" });
});
