import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  PublishStateMachineVersionCommand,
  SFNClient,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { statesCloud } from "../testStates.ts";

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

test("routings that are none, and what is not there, are refused in AWS's words", async () => {
  await using made = await statesCloud();
  const { client } = made;
  const machine = await made.create({ StartAt: "A", States: { A: { Type: "Succeed" } } });
  const { stateMachineVersionArn: first = "" } = await client.send(
    new PublishStateMachineVersionCommand({ stateMachineArn: machine }),
  );
  const create = (...routes: readonly (readonly [string, number])[]) =>
    refusal(
      client.send(
        new CreateStateMachineAliasCommand({
          name: "live",
          routingConfiguration: routes.map(([stateMachineVersionArn, weight]) => ({ stateMachineVersionArn, weight })),
        }),
      ),
    );
  expect(await create([machine, 100])).toBe(
    `ValidationException: Routing configuration must contain state machine version ARNs. Received: [${machine}]`,
  );
  expect(await create([first, 50], [first, 50])).toBe(
    `ValidationException: Routing configuration must contain distinct state machine version ARNs. Received: [${first}, ${first}]`,
  );
  expect(await create([first, 70], [machine.concat(":2"), 29])).toBe(
    "ValidationException: Sum of routing configuration weights must equal 100. Received: [70, 29]",
  );
  const update = new UpdateStateMachineAliasCommand({ stateMachineAliasArn: `${machine}:none`, description: "x" });
  expect(await refusal(client.send(update))).toBe(
    "ResourceNotFound: Request references a resource that does not exist.",
  );
  expect(await refusal(client.send(new PublishStateMachineVersionCommand({ stateMachineArn: "no_arn" })))).toBe(
    "InvalidArn: Invalid Arn: 'Invalid ARN prefix: no_arn'",
  );
});
