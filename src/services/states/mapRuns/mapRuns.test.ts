import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { ROLE_ARN, statesCloud } from "../testStates.ts";

const processor = (states: object, ExecutionType = "STANDARD") => ({
  ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType },
  StartAt: "Item",
  States: states,
});

const PASS = { Item: { Type: "Pass", End: true } };

const mapOf = (more: object, states: object = PASS, type = "STANDARD") => ({
  StartAt: "Each",
  States: { Each: { Type: "Map", ItemProcessor: processor(states, type), End: true, ...more } },
});

/** Fails for the items that are named. */
const failing = (...names: readonly string[]) => ({
  Item: {
    Type: "Choice",
    Choices: names.map((name) => ({ Variable: "$", StringEquals: name, Next: "Broken" })),
    Default: "Fine",
  },
  Broken: { Type: "Fail", Error: "Spoilt", Cause: "It is old" },
  Fine: { Type: "Succeed" },
});

const made = async () => {
  const states = await statesCloud();
  const s3 = states.cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "data" }));
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: "data", Key, Body }));
  const read = async (Key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "data", Key }));
    return JSON.parse((await Body?.transformToString()) ?? "");
  };
  const mapRun = async (executionArn: string) => {
    const { mapRuns } = await states.client.send(new ListMapRunsCommand({ executionArn }));
    return states.client.send(new DescribeMapRunCommand({ mapRunArn: mapRuns?.[0]?.mapRunArn ?? "" }));
  };
  return { ...states, put, read, mapRun };
};

const readerOf = (ReaderConfig: object, Parameters: object = { Bucket: "data", "Key.$": "$.key" }) => ({
  ItemReader: { Resource: "arn:aws:states:::s3:getObject", ReaderConfig, Parameters },
});

describe("distributed maps", () => {
  test("have AWS's events, run, counts and children", async () => {
    await using cloud = await made();
    const { arn, output } = await cloud.run(mapOf({ Label: "Every", MaxConcurrency: 1 }), ["a", "b"]);
    expect(output).toEqual(["a", "b"]);
    const { events = [] } = await cloud.client.send(new GetExecutionHistoryCommand({ executionArn: arn }));
    expect(events.map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ["ExecutionStarted", 0],
      ["MapStateEntered", 0],
      ["MapStateStarted", 2],
      ["MapRunStarted", 3],
      ["MapRunSucceeded", 4],
      ["MapStateSucceeded", 5],
      ["MapStateExited", 5],
      ["ExecutionSucceeded", 7],
    ]);
    const run = await cloud.mapRun(arn);
    expect(run.mapRunArn).toMatch(/^arn:aws:states:us-east-1:123456789012:mapRun:machine1\/Every:[0-9a-f-]{36}$/);
    expect(run).toMatchObject({
      executionArn: arn,
      status: "SUCCEEDED",
      maxConcurrency: 1,
      toleratedFailureCount: 0,
      toleratedFailurePercentage: 0,
      itemCounts: { total: 2, succeeded: 2, failed: 0, pending: 0 },
      executionCounts: { total: 2, succeeded: 2, running: 0 },
    });
    const { executions = [] } = await cloud.client.send(new ListExecutionsCommand({ mapRunArn: run.mapRunArn }));
    expect(executions.map(({ status, stateMachineArn }) => [status, stateMachineArn])).toEqual(
      Array.from({ length: 2 }, () => [
        "SUCCEEDED",
        "arn:aws:states:us-east-1:123456789012:stateMachine:machine1/Every",
      ]),
    );
    const executionArn = executions[1]?.executionArn ?? "";
    expect(await cloud.client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      mapRunArn: run.mapRunArn,
      input: '"a"',
      output: '"a"',
    });
    const of = await cloud.client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(of).toMatchObject({ label: "Every", mapRunArn: run.mapRunArn });
    expect(JSON.parse(of.definition ?? "")).toMatchObject({ StartAt: "Item" });
  });

  test("are refused where the language has no place for them", async () => {
    await using cloud = await made();
    const { client } = cloud;
    const create = (definition: object, type: "STANDARD" | "EXPRESS" = "STANDARD") =>
      refusal(
        client.send(
          new CreateStateMachineCommand({
            name: "m",
            definition: JSON.stringify(definition),
            roleArn: ROLE_ARN,
            type,
          }),
        ),
      );
    expect(await create(mapOf({ Label: "a b" }))).toContain("Label contains invalid character: ' '");
    expect(await create(mapOf({}), "EXPRESS")).toContain("InvalidDefinition: ");
    expect(await create(mapOf({ ItemBatcher: {} }))).toContain("InvalidDefinition: ");
    expect(await create(mapOf({ ItemReader: { Resource: "arn:aws:states:::x:y" } }))).toContain("NotImplemented: ");
    expect(await create(mapOf(readerOf({ InputType: "PARQUET" })))).toContain("PARQUET");
    const inline = {
      StartAt: "M",
      States: { M: { Type: "Map", ItemReader: {}, Iterator: { StartAt: "Item", States: PASS }, End: true } },
    };
    expect(await create(inline)).toContain("/States/M/ItemReader");
    const mapRunArn = "arn:aws:states:us-east-1:123456789012:mapRun:m/l:x";
    await expect(client.send(new DescribeMapRunCommand({ mapRunArn }))).rejects.toMatchObject({
      name: "ResourceNotFound",
    });
    await expect(client.send(new DescribeMapRunCommand({ mapRunArn: "no" }))).rejects.toMatchObject({
      name: "InvalidArn",
    });
    await expect(client.send(new ListExecutionsCommand({}))).rejects.toMatchObject({ name: "ValidationException" });
  });

  test("read JSON, CSV, JSON Lines and listings", async () => {
    await using cloud = await made();
    await cloud.put("a.json", '{"rows":[{"n":1},{"n":2}]}');
    await cloud.put("a.csv", "h1,h2\n1,two words\n3\n");
    await cloud.put("a.jsonl", '{"n":1}\n{"n":2}\n{"n":3}\n');
    const run = async (config: object, key: string) => (await cloud.run(mapOf(readerOf(config)), { key })).output;
    expect(await run({ InputType: "JSON", ItemsPointer: "/rows" }, "a.json")).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await run({ InputType: "JSONL", MaxItems: 2 }, "a.jsonl")).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await run({ InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" }, "a.csv")).toEqual([
      { h1: "1", h2: "two words" },
      { h1: "3", h2: "" },
    ]);
    const list = { Resource: "arn:aws:states:::s3:listObjectsV2", Parameters: { Bucket: "data" } };
    const { output } = await cloud.run(mapOf({ ItemReader: list }), {});
    expect(output.map(({ Key, Size }: { Key: string; Size: number }) => [Key, Size])).toEqual([
      ["a.csv", 20],
      ["a.json", 26],
      ["a.jsonl", 24],
    ]);
    const failed = await cloud.run(mapOf(readerOf({ InputType: "JSON" })), { key: "a.json" });
    expect(failed).toMatchObject({
      error: "States.ItemReaderFailed",
      cause: "Attempting to map over non-iterable node.",
    });
    expect((await cloud.types(failed.arn)).slice(-3)).toEqual(["MapRunFailed", "MapStateFailed", "ExecutionFailed"]);
    expect(await cloud.run(mapOf(readerOf({})), { key: "none" })).toMatchObject({ error: "States.ItemReaderFailed" });
  });

  test("select items, put them in batches, and write results", async () => {
    await using cloud = await made();
    const { output, arn } = await cloud.run(
      mapOf(
        {
          ItemSelector: { "v.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index" },
          ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { "all.$": "$[0]" } },
          ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "data", Prefix: "out" } },
        },
        PASS,
        "EXPRESS",
      ),
      ["a", "b", "c"],
    );
    const unique = output.MapRunArn.split(":").at(-1);
    expect(output.ResultWriterDetails).toEqual({ Bucket: "data", Key: `out/${unique}/manifest.json` });
    const manifest = await cloud.read(`out/${unique}/manifest.json`);
    expect(manifest).toMatchObject({ DestinationBucket: "data", MapRunArn: output.MapRunArn });
    expect(manifest.ResultFiles).toMatchObject({ FAILED: [], PENDING: [] });
    const results = await cloud.read(manifest.ResultFiles.SUCCEEDED[0].Key);
    expect(results.map((result: { Input: string }) => JSON.parse(result.Input))).toEqual([
      {
        BatchInput: { all: "a" },
        Items: [
          { v: "a", i: 0 },
          { v: "b", i: 1 },
        ],
      },
      { BatchInput: { all: "a" }, Items: [{ v: "c", i: 2 }] },
    ]);
    expect(await cloud.mapRun(arn)).toMatchObject({
      itemCounts: { total: 3, resultsWritten: 3 },
      executionCounts: { total: 2, succeeded: 2 },
    });
  });

  test("tolerate as many failures as they say, and are redriven with those that failed", async () => {
    await using cloud = await made();
    const tolerant = await cloud.run(mapOf({ ToleratedFailurePercentage: 50 }, failing("b")), ["a", "b"]);
    expect(tolerant.output[0]).toBe("a");
    expect(tolerant.output[1]).toMatchObject({ Error: "Spoilt", Cause: "It is old", Status: "FAILED" });
    const failed = await cloud.run(mapOf({ ToleratedFailureCount: 1, MaxConcurrency: 1 }, failing("b", "c")), [
      "a",
      "b",
      "c",
      "d",
    ]);
    expect(failed).toMatchObject({
      status: "FAILED",
      error: "States.ExceedToleratedFailureThreshold",
      cause: "The specified tolerated failure threshold was exceeded",
    });
    expect(await cloud.mapRun(failed.arn)).toMatchObject({
      status: "FAILED",
      itemCounts: { total: 4, succeeded: 1, failed: 2, pending: 1 },
    });
    await cloud.client.send(new RedriveExecutionCommand({ executionArn: failed.arn }));
    await cloud.cloud.tasks.idle();
    expect(await cloud.types(failed.arn)).toContain("MapRunRedriven");
    expect(await cloud.mapRun(failed.arn)).toMatchObject({
      status: "FAILED",
      redriveCount: 1,
      itemCounts: { total: 4, succeeded: 1, failed: 2, pending: 1, running: 0 },
    });
  });

  test("are updated while they run, and stop with their execution", async () => {
    await using cloud = await made();
    const wait = { Item: { Type: "Wait", Seconds: 100, End: true } };
    const arn = await cloud.start(mapOf({ MaxConcurrency: 1 }, wait), [1, 2, 3]);
    const running = async (count: number) => {
      for (;;) {
        const { mapRuns } = await cloud.client.send(new ListMapRunsCommand({ executionArn: arn }));
        const mapRunArn = mapRuns?.[0]?.mapRunArn;
        const run = mapRunArn && (await cloud.client.send(new DescribeMapRunCommand({ mapRunArn })));
        if (run && run.itemCounts?.running === count) return run;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const { mapRunArn } = await running(1);
    await cloud.client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 2 }));
    await running(2);
    await cloud.client.send(new StopExecutionCommand({ executionArn: arn }));
    await cloud.cloud.tasks.idle();
    expect(await cloud.mapRun(arn)).toMatchObject({ status: "ABORTED", itemCounts: { aborted: 2, pending: 1 } });
    await expect(cloud.client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 9 }))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});
