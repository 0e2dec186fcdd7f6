import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  CreatePipeCommand,
  type CreatePipeCommandInput,
  DeletePipeCommand,
  DescribePipeCommand,
  ListPipesCommand,
  type ListPipesCommandInput,
  ListTagsForResourceCommand,
  PipesClient,
  StartPipeCommand,
  StopPipeCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePipeCommand,
} from "@aws-sdk/client-pipes";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { allow } from "../../../../test/serviceRole.ts";
import { keyOf } from "../../../../test/userKey.ts";
import { pipesCloud, queueArn, READS, ROLE_ARN } from "../testPipes.ts";

let made: Awaited<ReturnType<typeof pipesCloud>>;
beforeEach(async () => {
  made = await pipesCloud();
});
afterEach(() => made[Symbol.asyncDispose]());

const ARN = "arn:aws:pipes:us-east-1:123456789012:pipe/p";
const TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/facts/stream/2026-01-01T00:00:00.000";
const given = (more: Partial<CreatePipeCommandInput> = {}) =>
  new CreatePipeCommand({ Name: "p", Source: queueArn("in"), Target: queueArn("out"), RoleArn: ROLE_ARN, ...more });
const refused = (more: Partial<CreatePipeCommandInput>) => refusal(made.pipes.send(given(more)));

describe("shape", () => {
  test("a pipe is being made before it runs, and is described with its defaults", async () => {
    const answer = await made.pipes.send(given({ Description: "d", Tags: { team: "blue" } }));
    expect(answer).toMatchObject({ Arn: ARN, Name: "p", DesiredState: "RUNNING", CurrentState: "CREATING" });
    expect(answer.CreationTime).toEqual(new Date(made.cloud.clock.now()));
    await made.cloud.tasks.idle();
    const { $metadata: _, ...described } = await made.described();
    expect(described).toEqual({
      Arn: ARN,
      Name: "p",
      Description: "d",
      DesiredState: "RUNNING",
      CurrentState: "RUNNING",
      Source: queueArn("in"),
      SourceParameters: { SqsQueueParameters: { BatchSize: 10 } },
      Target: queueArn("out"),
      RoleArn: ROLE_ARN,
      Tags: { team: "blue" },
      CreationTime: answer.CreationTime,
      LastModifiedTime: answer.LastModifiedTime,
    });
  });

  test("states on the way: stopped, started, deleted, and what is already so stays so", async () => {
    const { pipes, cloud, described } = made;
    await made.create({ DesiredState: "STOPPED" });
    const state = async (answer: Promise<{ CurrentState?: string | undefined; DesiredState?: string | undefined }>) => {
      const { CurrentState, DesiredState } = await answer;
      await cloud.tasks.idle();
      return [DesiredState, CurrentState];
    };
    expect(await state(described())).toEqual(["STOPPED", "STOPPED"]);
    expect(await state(pipes.send(new StopPipeCommand({ Name: "p" })))).toEqual(["STOPPED", "STOPPED"]);
    expect(await state(pipes.send(new StartPipeCommand({ Name: "p" })))).toEqual(["RUNNING", "STARTING"]);
    expect(await state(described())).toEqual(["RUNNING", "RUNNING"]);
    expect(await state(pipes.send(new StartPipeCommand({ Name: "p" })))).toEqual(["RUNNING", "RUNNING"]);
    expect(await state(pipes.send(new StopPipeCommand({ Name: "p" })))).toEqual(["STOPPED", "STOPPING"]);
    expect(await state(described())).toEqual(["STOPPED", "STOPPED"]);
    expect(await state(pipes.send(new DeletePipeCommand({ Name: "p" })))).toEqual(["DELETED", "DELETING"]);
    expect(await refusal(described())).toBe("NotFoundException: Pipe p does not exist.");
  });

  test("lists are in pages and by prefix and state", async () => {
    for (const Name of ["a1", "a2", "b1"])
      await made.create({ Name, DesiredState: Name === "a2" ? "STOPPED" : "RUNNING" });
    const names = async (input: ListPipesCommandInput) => {
      const { Pipes = [], NextToken } = await made.pipes.send(new ListPipesCommand(input));
      return { names: Pipes.map(({ Name }) => Name), NextToken };
    };
    const first = await names({ Limit: 2 });
    expect(first.names).toEqual(["a1", "a2"]);
    expect(await names({ Limit: 2, NextToken: first.NextToken })).toEqual({ names: ["b1"] });
    expect(await names({ NamePrefix: "a" })).toEqual({ names: ["a1", "a2"] });
    expect(await names({ CurrentState: "STOPPED" })).toEqual({ names: ["a2"] });
    expect(await names({ DesiredState: "RUNNING", TargetPrefix: queueArn("o") })).toEqual({ names: ["a1", "b1"] });
    expect(await names({ SourcePrefix: "arn:aws:dynamodb" })).toEqual({ names: [] });
    expect(await refusal(names({ NextToken: "x" }))).toBe("ValidationException: Invalid NextToken.");
  });

  test("tags", async () => {
    await made.create({ Tags: { a: "1", b: "2" } });
    await made.pipes.send(new TagResourceCommand({ resourceArn: ARN, tags: { b: "3", c: "4" } }));
    await made.pipes.send(new UntagResourceCommand({ resourceArn: ARN, tagKeys: ["a"] }));
    const { tags } = await made.pipes.send(new ListTagsForResourceCommand({ resourceArn: ARN }));
    expect(tags).toEqual({ b: "3", c: "4" });
    expect((await made.described()).Tags).toEqual(tags);
  });
});

describe("refusals", () => {
  const field = (Name: string, Message: string) =>
    `ValidationException: ${JSON.stringify({ ValidationErrorFields: [{ Name, Message }] })}`;

  test("what is there already, or is not there", async () => {
    await made.create();
    expect(await refused({})).toBe("ConflictException: Pipe p already exists.");
    const notFound = "NotFoundException: Pipe none does not exist.";
    const { pipes } = made;
    const Name = "none";
    expect(await refusal(pipes.send(new DescribePipeCommand({ Name })))).toBe(notFound);
    expect(await refusal(pipes.send(new DeletePipeCommand({ Name })))).toBe(notFound);
    expect(await refusal(pipes.send(new StartPipeCommand({ Name })))).toBe(notFound);
    expect(await refusal(pipes.send(new StopPipeCommand({ Name })))).toBe(notFound);
    expect(await refusal(pipes.send(new UpdatePipeCommand({ Name, RoleArn: ROLE_ARN })))).toBe(notFound);
    const resourceArn = `${ARN}none`;
    expect(await refusal(made.pipes.send(new ListTagsForResourceCommand({ resourceArn })))).toBe(
      `NotFoundException: Resource ${resourceArn} does not exist.`,
    );
  });

  test.each([
    ["kinesis", "Kinesis"],
    ["kafka", "Amazon MSK"],
    ["mq", "Amazon MQ"],
  ])("a source of %s is not built, by its name", async (service, name) => {
    expect(await refused({ Source: `arn:aws:${service}:us-east-1:123456789012:thing/x` })).toBe(
      `NotImplemented: aloft has not built pipes that read ${name} yet.`,
    );
  });

  test("neither is self-managed Kafka, nor targets of services that are not here", async () => {
    expect(await refused({ Source: "smk://broker.example.com:9092" })).toContain("self-managed Kafka");
    const targets = { batch: "AWS Batch", ecs: "Amazon ECS", firehose: "Amazon Data Firehose", kinesis: "Kinesis" };
    for (const [service, name] of Object.entries(targets))
      expect(await refused({ Target: `arn:aws:${service}:us-east-1:123456789012:thing/x` })).toContain(
        `send to ${name}`,
      );
  });

  test("what pipes know no way to or from, on AWS too", async () => {
    const build = "arn:aws:codebuild:us-east-1:123456789012:project/x";
    expect(await refused({ Target: build })).toBe(field("Target", `The target ${build} is not supported.`));
    expect(await refused({ Enrichment: queueArn("out") })).toBe(
      field("Enrichment", `The enrichment ${queueArn("out")} is not supported.`),
    );
    const bucket = "arn:aws:s3:us-east-1:123456789012:x";
    expect(await refused({ Source: bucket })).toBe(field("Source", `The source ${bucket} is not supported.`));
  });

  test("parameters that are missing, do not fit, or are too many for the target", async () => {
    const missing = "Missing required parameter.";
    expect(await refused({ Source: TABLE })).toBe(field("SourceParameters.DynamoDBStreamParameters", missing));
    expect(await refused({ Target: queueArn("out.fifo") })).toBe(
      field("TargetParameters.SqsQueueParameters.MessageGroupId", missing),
    );
    const DynamoDBStreamParameters = { StartingPosition: "LATEST" } as const;
    expect(await refused({ SourceParameters: { DynamoDBStreamParameters } })).toContain("does not fit the source");
    expect(await refused({ Source: TABLE, SourceParameters: { DynamoDBStreamParameters } })).toContain(
      "The batch size 100 is larger than the target supports, which is 10.",
    );
    const filters = { FilterCriteria: { Filters: [{ Pattern: "{" }] } };
    expect(await refused({ SourceParameters: filters })).toContain("Invalid filter pattern definition.");
    const SqsQueueParameters = { BatchSize: 20 };
    expect(await refused({ SourceParameters: { SqsQueueParameters } })).toContain("Maximum batch window in seconds");
    expect(await refused({ TargetParameters: { HttpParameters: {} } })).toContain("does not fit the target");
    expect(await refused({ LogConfiguration: { Level: "INFO" } })).toContain("CloudwatchLogsLogDestination");
  });

  test("who may not pass the role, and who may not touch a pipe without its tag", async () => {
    const iam = made.cloud.client(IAMClient);
    await iam.send(new CreateUserCommand({ UserName: "eva" }));
    const Statement = [
      {
        Effect: "Allow",
        Action: "pipes:*",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/team": "a" } },
      },
      { Effect: "Allow", Action: "pipes:CreatePipe", Resource: "*" },
    ];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new PutUserPolicyCommand({ UserName: "eva", PolicyName: "own", PolicyDocument }));
    const eva = made.cloud.client(PipesClient, { credentials: await keyOf(iam, "eva") });
    expect(await refusal(eva.send(given()))).toMatch(/^AccessDeniedException: .*iam:PassRole/);
    await made.create({ Tags: { team: "a" } });
    await made.create({ Name: "q" });
    expect((await eva.send(new DescribePipeCommand({ Name: "p" }))).Name).toBe("p");
    expect(await refusal(eva.send(new DescribePipeCommand({ Name: "q" })))).toMatch(/pipes:DescribePipe/);
  });
});

describe("behaviour", () => {
  test("a role that may not read the source leaves a pipe that failed, with the reason; once it may, the pipe starts", async () => {
    const iam = made.cloud.client(IAMClient);
    await allow(iam, "pipe", "sqs:SendMessage");
    const reason = (text: string) => `Input parameter is invalid from the request due to : ${text}`;
    expect(await made.create()).toMatchObject({
      CurrentState: "CREATE_FAILED",
      StateReason: reason("The provided customer role does not have permissions to call ReceiveMessage on SQS"),
    });
    await allow(iam, "pipe", READS);
    await made.pipes.send(new StartPipeCommand({ Name: "p" }));
    await made.cloud.tasks.idle();
    const { CurrentState, StateReason } = await made.described();
    expect([CurrentState, StateReason]).toEqual(["RUNNING", undefined]);
    expect(await made.create({ Name: "q", RoleArn: `${ROLE_ARN}none` })).toMatchObject({
      CurrentState: "CREATE_FAILED",
      StateReason: reason("The provided customer role cannot be assumed by principal 'pipes.amazonaws.com'."),
    });
    expect(await made.create({ Name: "r", Source: queueArn("none") })).toMatchObject({
      CurrentState: "CREATE_FAILED",
      StateReason: expect.stringContaining("The specified queue does not exist."),
    });
  });

  test("an update keeps what it leaves out, changes the parameters of a service as one, and drops those of another target", async () => {
    await made.create({
      Description: "d",
      SourceParameters: {
        FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] },
        SqsQueueParameters: { BatchSize: 2, MaximumBatchingWindowInSeconds: 3 },
      },
      TargetParameters: { InputTemplate: "t", SqsQueueParameters: { MessageGroupId: "g" } },
    });
    const update = async (more: object) => {
      const answer = await made.pipes.send(new UpdatePipeCommand({ Name: "p", RoleArn: ROLE_ARN, ...more }));
      expect(answer.CurrentState).toBe("UPDATING");
      await made.cloud.tasks.idle();
      return made.described();
    };
    expect(await update({ SourceParameters: { SqsQueueParameters: { BatchSize: 5 } } })).toMatchObject({
      CurrentState: "RUNNING",
      Description: "d",
      SourceParameters: {
        FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] },
        SqsQueueParameters: { BatchSize: 5 },
      },
      TargetParameters: { InputTemplate: "t", SqsQueueParameters: { MessageGroupId: "g" } },
    });
    const Target = "arn:aws:sns:us-east-1:123456789012:topic";
    const changed = await update({ Description: "", Target, SourceParameters: { FilterCriteria: { Filters: [] } } });
    expect(changed).toMatchObject({ Description: "", Target, TargetParameters: { InputTemplate: "t" } });
    expect(changed.SourceParameters).toEqual({ SqsQueueParameters: { BatchSize: 5 } });
    expect((await update({ TargetParameters: { InputTemplate: "" } })).TargetParameters).toBeUndefined();
  });
});
