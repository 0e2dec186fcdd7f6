import { IAMClient } from "@aws-sdk/client-iam";
import { DescribePipeCommand, ListPipesCommand } from "@aws-sdk/client-pipes";
import { expect, test } from "vitest";
import { allow } from "../../../../test/serviceRole.ts";
import { stackOf } from "../../../../test/stackOf.ts";
import { whileTimePasses } from "../../../../test/whileTimePasses.ts";
import { pipesCloud, queueArn, READS, ROLE_ARN } from "../testPipes.ts";

const template = (more: object) => ({
  Resources: {
    Pipe: {
      Type: "AWS::Pipes::Pipe",
      Properties: { Name: "p", RoleArn: ROLE_ARN, Source: queueArn("in"), Target: queueArn("out"), ...more },
    },
  },
  Outputs: { Ref: { Value: { Ref: "Pipe" } }, Arn: { Value: { "Fn::GetAtt": ["Pipe", "Arn"] } } },
});

test("pipes come, change and go with their stack; what leaves the template has its default again", async () => {
  await using made = await pipesCloud();
  const { cloud, pipes } = made;
  const stack = stackOf(cloud, "jobs");
  const SourceParameters = { FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] } };
  const { outputs } = await stack.create(
    template({ Description: "d", SourceParameters, TargetParameters: { InputTemplate: "t" }, Tags: { a: "1" } }),
  );
  expect(outputs).toEqual({ Ref: "p", Arn: "arn:aws:pipes:us-east-1:123456789012:pipe/p" });
  const found = () => pipes.send(new DescribePipeCommand({ Name: "p" }));
  expect(await found()).toMatchObject({
    Description: "d",
    SourceParameters,
    TargetParameters: { InputTemplate: "t" },
    Tags: { a: "1", "aws:cloudformation:stack-name": "jobs" },
  });
  await stack.update(template({ DesiredState: "STOPPED", Tags: { b: "2" } }));
  const changed = await found();
  expect(changed).toMatchObject({ CurrentState: "STOPPED", Description: "", Tags: { b: "2" } });
  expect(changed.SourceParameters).toEqual({ SqsQueueParameters: { BatchSize: 10 } });
  expect([changed.TargetParameters, changed.Tags?.["a"]]).toEqual([undefined, undefined]);
  await stack.delete();
  expect((await pipes.send(new ListPipesCommand({}))).Pipes).toEqual([]);
});

test("a pipe that cannot read its source takes its stack back, and says why", async () => {
  await using made = await pipesCloud();
  const { cloud, pipes } = made;
  await allow(cloud.client(IAMClient), "pipe", READS.slice(1));
  const { status, reasons } = await whileTimePasses(cloud, stackOf(cloud, "jobs").create(template({})));
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join("\n")).toContain(
    "Resource of type 'AWS::Pipes::Pipe' with identifier 'p' did not stabilize. Status Reason is Input parameter is invalid from the request due to : The provided customer role does not have permissions to call ReceiveMessage on SQS",
  );
  expect((await pipes.send(new ListPipesCommand({}))).Pipes).toEqual([]);
});
