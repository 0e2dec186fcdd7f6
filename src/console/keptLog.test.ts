import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AwsError } from "../kernel/errors.ts";
import { createEvents } from "../kernel/events.ts";
import { seededIds } from "../kernel/ids.ts";
import type { CallView } from "./calls.ts";
import type { NumberedEvent } from "./journal.ts";
import { createJournal } from "./journal.ts";
import { openKeptLog } from "./keptLog.ts";
import { createRoleUsage } from "./usage.ts";

const ROLE = "arn:aws:iam::123456789012:role/reader";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aloft-calls-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const call = (operation: string, error?: unknown) => ({
  ...{ service: "dynamodb", operation, region: "us-east-1", requestId: "r", startedAt: 0, time: 1 },
  ...{
    userAgent: undefined,
    calledVia: undefined,
    traceId: undefined,
    segment: undefined,
    links: undefined,
    status: undefined,
  },
  principal: {
    ...{ kind: "role" as const, account: "123456789012", roleArn: ROLE, roleName: "reader", sessionName: "s" },
    ...{ arn: "arn:aws:sts::123456789012:assumed-role/reader/s", userId: "AROA1:s" },
  },
  required: [{ action: `dynamodb:${operation}`, resource: "*" }],
  error,
});

/** One life of a cloud's log. */
const life = () => {
  const kept = openKeptLog<CallView>(join(folder, "calls.jsonl"));
  const source = createEvents((error) => expect.fail(String(error)));
  const events = openKeptLog<NumberedEvent>(join(folder, "events.jsonl"));
  const journal = createJournal(source, seededIds(1), { calls: kept, events });
  return {
    ...{ kept, journal },
    emit: (detailType: string) =>
      source.emit({ id: "", time: 0, source: "", detailType, account: "", region: "", resources: [], detail: {} }),
    operations: () => [...journal.calls()].map(({ operation }) => operation),
    happened: () => [...journal.allEvents()].map(({ detailType }) => detailType),
  };
};

test("outlives the process, the newest first, and its numbers go on below those of this one", () => {
  {
    using first = life().journal;
    first.recordCall(call("Scan"));
    first.recordCall(call("PutItem", new AwsError("AccessDeniedException", "not authorized: dynamodb:PutItem")));
  }
  const second = life();
  second.journal.recordCall(call("GetItem"));
  expect([...second.journal.calls()].map(({ seq, operation, decision }) => [seq, operation, decision])).toEqual([
    [1, "GetItem", "allowed"],
    [-1, "PutItem", "denied"],
    [-2, "Scan", "allowed"],
  ]);
  second.journal[Symbol.dispose]();
  expect(second.operations(), "what this process wrote is not told twice").toHaveLength(3);
  expect(life().operations()).toEqual(["GetItem", "PutItem", "Scan"]);
});

test("what was called under a role is known after a restart", () => {
  {
    using first = life().journal;
    first.recordCall(call("Scan"));
    first.recordCall(call("PutItem", new AwsError("AccessDeniedException", "not authorized: dynamodb:PutItem")));
  }
  const usage = createRoleUsage(life().kept.earlier);
  usage.record(call("Scan"));
  expect(usage.of(ROLE)).toEqual([
    { action: "dynamodb:Scan", resource: "*", allowed: 2, denied: 0, lastUsed: 1 },
    { action: "dynamodb:PutItem", resource: "*", allowed: 0, denied: 1, lastUsed: 1 },
  ]);
});

test("what happened outlives the process, too", () => {
  const first = life();
  first.emit("Build State Change");
  first.emit("Stage State Change");
  first.journal[Symbol.dispose]();
  const second = life();
  second.emit("Stack Status Change");
  expect(second.happened()).toEqual(["Stack Status Change", "Stage State Change", "Build State Change"]);
  second.journal[Symbol.dispose]();
  expect(second.journal.events(0), "a stream tells only of this process").toHaveLength(1);
});

test("what is cleared is gone, here and on the disk, and what comes after is kept", () => {
  const first = life();
  first.emit("Build State Change");
  first.journal.recordCall(call("Scan"));
  first.journal[Symbol.dispose]();
  const second = life();
  second.journal.recordCall(call("Query"));
  const { epoch } = second.journal;
  second.journal.clear();
  expect([second.operations(), second.happened(), second.kept.earlier()]).toEqual([[], [], []]);
  expect(second.journal.epoch, "streams begin anew").not.toBe(epoch);
  second.journal.recordCall(call("GetItem"));
  second.journal[Symbol.dispose]();
  expect([life().operations(), life().happened()]).toEqual([["GetItem"], []]);
});

test("a line that a kill has cut off is left out", () => {
  {
    using first = life().journal;
    first.recordCall(call("Scan"));
  }
  appendFileSync(join(folder, "calls.jsonl"), '{"operation":"PutItem","principal":{}');
  expect(life().operations()).toEqual(["Scan"]);
});

test("is bounded: of a flood a part is kept, and two files of a size", () => {
  const path = join(folder, "calls.jsonl");
  for (let round = 0; round < 20; round += 1) {
    using journal = life().journal;
    for (let count = 0; count < 1000; count += 1) journal.recordCall(call(`Call${round}${"x".repeat(500)}`));
  }
  expect(statSync(path).size).toBeLessThan(6 * 1024 * 1024);
  expect(statSync(`${path}.1`).size).toBeLessThan(6 * 1024 * 1024);
  expect(readFileSync(path, "utf8").split("\n").length).toBeLessThan(10_000);
  const { length } = life().operations();
  expect([length > 1000, length <= 10_000]).toEqual([true, true]);
  expect(statSync(path).mode & 0o077).toBe(0);
});
