import {
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  PublishStateMachineVersionCommand,
  SFNClient,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

test("a first revision has no id in answers, and is INITIAL in requests", async () => {
  await using cloud = await testCloud();
  const sfn = cloud.client(SFNClient);
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: "m",
      roleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/r`,
      definition: `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}`,
    }),
  );
  expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).not.toHaveProperty("revisionId");
  const first = await sfn.send(new PublishStateMachineVersionCommand({ stateMachineArn, revisionId: "INITIAL" }));
  expect(first.stateMachineVersionArn).toBe(`${stateMachineArn}:1`);

  const definition = `{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}`;
  const { revisionId } = await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
  expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({ revisionId });
  await expect(
    sfn.send(new PublishStateMachineVersionCommand({ stateMachineArn, revisionId: "INITIAL" })),
  ).rejects.toMatchObject({ name: "ConflictException" });
});
