import {
  DeleteStackCommand,
  DescribeStackEventsCommand,
  paginateDescribeStackEvents,
} from "@aws-sdk/client-cloudformation";
import { expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const QUEUES = Array.from({ length: 40 }, (_, index) => `Q${index}`);
const TEMPLATE = `Resources: {${QUEUES.map((name) => `${name}: {Type: AWS::SQS::Queue}`).join(", ")}}`;

const manyEvents = async () => {
  const fake = await queueCloud();
  await fake.create("demo", TEMPLATE);
  return fake;
};

it("gives a stack's events the newest first, a hundred at a time", async () => {
  await using fake = await manyEvents();
  const pages: string[][] = [];
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client: fake.cfn }, { StackName: "demo" }))
    pages.push(StackEvents.map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`));
  expect(pages.map(({ length }) => length)).toEqual([100, 22]);
  const all = pages.flat();
  expect([all[0], all.at(-1)]).toEqual(["demo CREATE_COMPLETE", "demo CREATE_IN_PROGRESS"]);
  // Each queue is begun, initiated and made; the stack is begun and made.
  const once = new Set(all);
  expect(once.size).toBe(2 * QUEUES.length + 2);
  expect(QUEUES.filter((name) => !once.has(`${name} CREATE_COMPLETE`))).toEqual([]);
});

it("goes on where a page ended, whatever has happened since", async () => {
  await using fake = await manyEvents();
  const { NextToken, StackEvents: [newest] = [] } = await fake.cfn.send(
    new DescribeStackEventsCommand({ StackName: "demo" }),
  );
  const StackName = newest?.StackId;
  await fake.cfn.send(new DeleteStackCommand({ StackName: "demo" }));
  await fake.cloud.tasks.idle();
  const rest = await fake.cfn.send(new DescribeStackEventsCommand({ StackName, NextToken }));
  expect(rest.StackEvents).toHaveLength(22);
  expect(rest.StackEvents?.at(-1)).toMatchObject({ LogicalResourceId: "demo", ResourceStatus: "CREATE_IN_PROGRESS" });
});

it("refuses a token that it has not given, and a stack that is not there", async () => {
  await using fake = await queueCloud();
  await fake.create("demo", "Resources: {Q: {Type: AWS::SQS::Queue}}");
  const asked = (StackName: string, NextToken?: string) =>
    fake.cfn.send(new DescribeStackEventsCommand({ StackName, NextToken }));
  await expect(asked("demo", "nonsense")).rejects.toMatchObject({ name: "ValidationError" });
  await expect(asked("other")).rejects.toThrow("Stack [other] does not exist");
});
