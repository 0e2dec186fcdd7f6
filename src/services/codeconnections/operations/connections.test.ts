import {
  CodeStarConnectionsClient,
  CreateConnectionCommand,
  DeleteConnectionCommand,
  GetConnectionCommand,
  ListConnectionsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-codestar-connections";
import { expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

it("keeps connections, which are available at once", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(CodeStarConnectionsClient);
  const made = { ConnectionName: "github", ProviderType: "GitHub" } as const;
  const { ConnectionArn = "" } = await client.send(
    new CreateConnectionCommand({ ...made, Tags: [{ Key: "a", Value: "b" }] }),
  );
  expect(ConnectionArn).toMatch(/^arn:aws:codestar-connections:us-east-1:123456789012:connection\/[0-9a-f-]{36}$/);
  const { Connection } = await client.send(new GetConnectionCommand({ ConnectionArn }));
  expect(Connection).toEqual({ ...made, ConnectionArn, ConnectionStatus: "AVAILABLE", OwnerAccountId: "123456789012" });
  await client.send(new TagResourceCommand({ ResourceArn: ConnectionArn, Tags: [{ Key: "c", Value: "d" }] }));
  await client.send(new UntagResourceCommand({ ResourceArn: ConnectionArn, TagKeys: ["a"] }));
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: ConnectionArn }));
  expect(Tags).toEqual([{ Key: "c", Value: "d" }]);
  expect((await client.send(new ListConnectionsCommand({ ProviderTypeFilter: "GitHub" }))).Connections).toHaveLength(1);
  expect((await client.send(new ListConnectionsCommand({ ProviderTypeFilter: "GitLab" }))).Connections).toEqual([]);
  await client.send(new DeleteConnectionCommand({ ConnectionArn }));
  await expect(client.send(new GetConnectionCommand({ ConnectionArn }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await expect(client.send(new CreateConnectionCommand({ ConnectionName: "x" }))).rejects.toMatchObject({
    name: "InvalidInputException",
  });
});
