import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
} from "@aws-sdk/client-cloudformation";
import * as lambdaModel from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";
import { defineService } from "../../../kernel/rooms.ts";

/** A cloud with a macro, Slow, whose function answers when it is let go. */
const slowCloud = async () => {
  let release = (_answer: object) => {};
  const lambda = defineService<object, "lambda">({
    name: "lambda",
    model: lambdaModel,
    scope: "region",
    open: () => ({}),
    operations: {
      Invoke: () => async () => {
        const answer = await new Promise<object>((resolve) => {
          release = resolve;
        });
        return { StatusCode: 200, Payload: new TextEncoder().encode(JSON.stringify(answer)) };
      },
    },
    iam: {},
  });
  const fake = await queueCloud({ loaders: { lambda: async () => lambda } });
  await fake.create(
    "macros",
    "Resources: {P: {Type: AWS::CloudFormation::Macro, Properties: {Name: Slow, FunctionName: fn}}}",
  );
  const names = { StackName: "demo", ChangeSetName: "c" };
  const creating = fake.cfn.send(
    new CreateChangeSetCommand({
      ...names,
      ChangeSetType: "CREATE",
      TemplateBody: "Transform: Slow\nResources: {Q: {Type: AWS::SQS::Queue}}",
    }),
  );
  const describe = () => fake.cfn.send(new DescribeChangeSetCommand(names));
  while ((await describe().catch(() => undefined)) === undefined) await new Promise((next) => setImmediate(next));
  fake.cloud.clock.advance(1000);
  await creating;
  return {
    ...fake,
    names,
    describe,
    answer: async (answer: object) => {
      release(answer);
      await fake.cloud.tasks.idle();
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
};

it("is under way while its transforms run, and made when they are done", async () => {
  await using fake = await slowCloud();
  expect(await fake.describe()).toMatchObject({ Status: "CREATE_IN_PROGRESS", ExecutionStatus: "UNAVAILABLE" });
  expect((await fake.stack("demo"))?.StackStatus).toBe("REVIEW_IN_PROGRESS");
  await expect(fake.cfn.send(new ExecuteChangeSetCommand(fake.names))).rejects.toThrow(
    /cannot be executed in its current status of \[CREATE_IN_PROGRESS\]/,
  );
  await fake.answer({ status: "success", fragment: { Resources: { A: { Type: "AWS::SQS::Queue" } } } });
  expect(await fake.describe()).toMatchObject({
    Status: "CREATE_COMPLETE",
    ExecutionStatus: "AVAILABLE",
    Changes: [{ ResourceChange: { LogicalResourceId: "A" } }],
  });
});

it("fails with what is wrong with the template its transforms make", async () => {
  await using fake = await slowCloud();
  await fake.answer({ status: "success", fragment: { Resources: { A: { Type: "AWS::Nope::Nope" } } } });
  expect(await fake.describe()).toMatchObject({
    Status: "FAILED",
    StatusReason: expect.stringContaining("Unrecognized resource types: [AWS::Nope::Nope]"),
  });
});

it("stays deleted when it is deleted meanwhile", async () => {
  await using fake = await slowCloud();
  await fake.cfn.send(new DeleteChangeSetCommand(fake.names));
  await fake.answer({ status: "success", fragment: { Resources: { A: { Type: "AWS::SQS::Queue" } } } });
  await expect(fake.describe()).rejects.toThrow("ChangeSet [c] does not exist");
});
