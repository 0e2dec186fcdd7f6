import type { ResourceRecord } from "../../../engines/stack/model.ts";
import type { Context } from "../../../kernel/context.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { tagsByKey } from "../definition/stackTags.ts";
import { validationError } from "../errors.ts";
import type { DetectionRecord, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { resourceContext } from "../run/driver.ts";
import { resourcesOf } from "../run/journal.ts";
import { withLocalValues } from "../run/localValues.ts";
import { loadSchema } from "../schema/load.ts";
import { typeFinder } from "../types.ts";
import { driftBetween, isPartial, type Reading } from "./compare.ts";
import type { DriftRecord } from "./records.ts";

/** Refuses to look at a stack that is being changed, or was left halfway. */
export const checkDetectable = ({ stackId, status }: StackRecord): void => {
  if (DETECTABLE.has(status)) return;
  throw validationError(`Drift detection cannot be performed on stack [${stackId}] while in status ${status}.`);
};

const DETECTABLE = new Set([
  "CREATE_COMPLETE",
  "UPDATE_COMPLETE",
  "UPDATE_ROLLBACK_COMPLETE",
  "UPDATE_ROLLBACK_FAILED",
  "IMPORT_COMPLETE",
  "IMPORT_ROLLBACK_COMPLETE",
]);

/** Holds one resource against its service; undefined when its type cannot be read. */
export const detectResource = async (
  room: Room,
  ctx: Context,
  stack: StackRecord,
  record: ResourceRecord,
  signal: AbortSignal,
): Promise<DriftRecord | undefined> => {
  const type = await typeFinder(room)(record.type);
  if (type?.read === undefined || record.physicalId === undefined) return undefined;
  const around = resourceContext({ room, stack, ctx, tags: tagsByKey(stack.definition?.tags ?? []) }, record, signal);
  // What a resource was given has local addresses where its template has AWS's.
  const expected = withLocalValues(record.type, record.properties, room.deps.localAddress);
  const reading = await type.read(around, record.physicalId, expected);
  const schema = await loadSchema(record.type);
  const differences = reading === undefined ? [] : driftBetween(expected, reading, schema);
  const drift: DriftRecord = {
    logicalId: record.logicalId,
    physicalId: record.physicalId,
    type: record.type,
    status: driftStatus(expected, reading, differences),
    expected: JSON.stringify(expected),
    actual: reading && JSON.stringify(reading.properties),
    differences,
    at: room.clock.now(),
  };
  room.tables.drifts.put([stack.stackId, record.logicalId], drift);
  return drift;
};

const driftStatus = (
  expected: JsonObject,
  actual: Reading | undefined,
  differences: DriftRecord["differences"],
): DriftRecord["status"] => {
  if (actual === undefined) return "DELETED";
  if (differences.length > 0) return "MODIFIED";
  return isPartial(expected, actual) ? "UNKNOWN" : "IN_SYNC";
};

/** Holds a stack's resources against their services, one after the other, and writes down what came of it. */
export const detectStack = async (
  room: Room,
  ctx: Context,
  detection: DetectionRecord,
  wanted: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<void> => {
  const stack = room.tables.stacks.get(detection.stackId);
  if (stack === undefined) return;
  const failures: string[] = [];
  for (const record of resourcesOf(room, stack.stackId)) {
    if (wanted !== undefined && !wanted.includes(record.logicalId)) continue;
    try {
      await detectResource(room, ctx, stack, record, signal);
    } catch (error) {
      signal.throwIfAborted();
      failures.push(`${record.logicalId}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const seen = driftsOf(room, stack.stackId);
  const drifted = seen.filter(({ status }) => status === "MODIFIED" || status === "DELETED").length;
  const overall = stackDrift(seen, drifted);
  room.deps.records.atomically(() => {
    room.tables.detections.put(detection.detectionId, {
      ...detection,
      driftStatus: overall,
      driftedCount: drifted,
      status: failures.length === 0 ? "DETECTION_COMPLETE" : "DETECTION_FAILED",
      reason: failures.length === 0 ? undefined : `Failed to detect drift on resources: ${failures.join("; ")}`,
    });
    const current = room.tables.stacks.get(stack.stackId);
    if (current) {
      room.tables.stacks.put(stack.stackId, { ...current, drift: { status: overall, at: room.clock.now() } });
    }
  });
};

const stackDrift = (seen: readonly DriftRecord[], drifted: number): NonNullable<DetectionRecord["driftStatus"]> => {
  if (drifted > 0) return "DRIFTED";
  if (seen.length === 0) return "NOT_CHECKED";
  return seen.some(({ status }) => status === "UNKNOWN") ? "UNKNOWN" : "IN_SYNC";
};

/** What is known of a stack's resources. */
export const driftsOf = ({ tables }: Pick<Room, "tables">, stackId: string): readonly DriftRecord[] =>
  [...tables.drifts.range({ prefix: [stackId] })].map(({ value }) => value);

/** Looks that a crash has ended are over. */
export const failDetections = ({ tables }: Pick<Room, "tables">): void => {
  for (const { key, value } of [...tables.detections.range()]) {
    if (value.status !== "DETECTION_IN_PROGRESS") continue;
    tables.detections.put(key, { ...value, status: "DETECTION_FAILED", reason: "The detection was interrupted." });
  }
};
