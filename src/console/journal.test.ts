import { expect, test } from "vitest";
import { createEvents } from "../kernel/events.ts";
import { seededIds } from "../kernel/ids.ts";
import { rootOf } from "../kernel/principal.ts";
import { createJournal, type Journal } from "./journal.ts";
import { deliveries } from "./stream.ts";

const KEPT_EVENTS = 5000;
const KEPT_CALLS = 10_000;

const journalOf = () => {
  const events = createEvents((error) => expect.fail(String(error)));
  const emit = (detailType: string) =>
    events.emit({ id: "", time: 0, source: "", detailType, account: "", region: "", resources: [], detail: {} });
  return { journal: createJournal(events, seededIds(1)), emit };
};

const call = (operation: string) => ({
  ...{ service: "s3", operation, principal: rootOf("123456789012"), region: "us-east-1", requestId: "" },
  ...{
    userAgent: undefined,
    calledVia: undefined,
    traceId: undefined,
    segment: undefined,
    links: undefined,
    status: undefined,
    error: undefined,
    required: undefined,
  },
  ...{ startedAt: 0, time: 1 },
});

const typesOf = (journal: Journal, after: number) =>
  journal.events(after).map((entry) => (entry.kind === "event" ? entry.event.detailType : ""));

const firstOf = async (journal: Journal, last: string | undefined): Promise<string> => {
  const stopped = new AbortController();
  for await (const bytes of deliveries(journal, last, stopped.signal)) {
    stopped.abort();
    return Buffer.from(bytes).toString();
  }
  return "";
};

test("keeps what happened in its order, and tells what came after", () => {
  const { journal, emit } = journalOf();
  emit("a");
  journal.recordCall(call("ListBuckets"));
  emit("b");
  expect(typesOf(journal, 0)).toEqual(["a", "b"]);
  expect(typesOf(journal, 1)).toEqual(["b"]);
  expect(journal.callsAfter(1)).toMatchObject([{ seq: 2, call: { operation: "ListBuckets", decision: "allowed" } }]);
});

test("a flood of calls does not wash the events away", () => {
  const { journal, emit } = journalOf();
  emit("a");
  for (let count = 0; count <= KEPT_CALLS; count += 1) journal.recordCall(call(`Call${count}`));
  expect(typesOf(journal, 0)).toEqual(["a"]);
  expect([...journal.calls()]).toHaveLength(KEPT_CALLS);
  expect([...journal.calls()][0]).toMatchObject({ operation: `Call${KEPT_CALLS}` });
});

test("a stream is taken up only where nothing is missing, within one process", async () => {
  const { journal, emit } = journalOf();
  for (let count = 0; count <= KEPT_EVENTS; count += 1) emit(String(count));
  expect(journal.completeFrom).toBe(1);
  expect(await firstOf(journal, `${journal.epoch}.1`)).toBe(":resumed\n\n");
  for (const last of [undefined, `${journal.epoch}.0`, `${journal.epoch}.999999`, "other.1", "nonsense", ""])
    expect([last, await firstOf(journal, last)]).toEqual([last, expect.stringContaining("event: reset")]);
});

test("what is under way is known until it has ended", () => {
  const { journal } = journalOf();
  const run = { ...call("Run app"), segment: "53995c3f42cd8ad8" };
  journal.begin(run);
  expect([...journal.underWay()]).toMatchObject([{ operation: "Run app", running: true }]);
  expect([...journal.calls()]).toEqual([]);
  journal.recordCall(run);
  expect([[...journal.underWay()], [...journal.calls()].length]).toEqual([[], 1]);
  journal.begin({ ...run, segment: "another" });
  journal.clear();
  expect([...journal.underWay()]).toEqual([]);
});

test("listeners are told, until they leave", () => {
  const { journal, emit } = journalOf();
  let told = 0;
  const leave = journal.watch(() => {
    told += 1;
  });
  emit("a");
  leave();
  emit("b");
  expect(told).toBe(1);
});
