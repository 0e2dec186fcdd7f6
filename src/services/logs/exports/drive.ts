import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { errorCode, errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { asLogs } from "../filters/subscriptions.ts";
import { EXPORT_PENDING_MS, MAX_EXPORT_CHARACTERS } from "../limits.ts";
import type { ExportRecord, StreamRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { forward, retainedSince } from "../timeline.ts";
import { objectIn } from "./checkBucket.ts";

const packed = promisify(gzip);

/** Runs an export in the background, from its beginning. */
export const driveExport = (room: Room, { id }: ExportRecord): void =>
  room.tasks.spawn(`export ${id}`, async (signal) => {
    // AWS: a task is pending for a while before it runs.
    await room.clock.sleep(EXPORT_PENDING_MS, signal);
    const record = room.exports.get(id);
    if (!record || !isUnderWay(record)) return;
    room.exports.put(id, { ...record, status: "RUNNING" });
    const failure = await failureOf(() => writeStreams(room, record, signal));
    signal.throwIfAborted();
    if (isCancelled(room, id)) return;
    const completedAt = room.clock.now();
    room.exports.put(id, {
      ...record,
      completedAt,
      ...(failure === undefined ? { status: "COMPLETED" } : { status: "FAILED", failure }),
    });
  });

export const isUnderWay = ({ status }: ExportRecord): boolean => status === "PENDING" || status === "RUNNING";

/** Takes up what was under way when the process ended. */
export const resumeExports = (room: Room): void => {
  for (const record of [...room.exports.values()]) if (isUnderWay(record)) driveExport(room, record);
};

const failureOf = async (work: () => Promise<void>): Promise<string | undefined> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `${errorCode(error)}: ${errorMessage(error)}`;
  }
};

const isCancelled = ({ exports }: Room, id: string): boolean => exports.get(id)?.status === "CANCELLED";

/** Each stream in a folder of its own. AWS: a stream's slashes are dashes there, and one without events has none. */
const writeStreams = async (room: Room, record: ExportRecord, signal: AbortSignal): Promise<void> => {
  const { call } = asLogs(room, record.group);
  for (const stream of [...room.streams.values({ prefix: [record.group] })]) {
    if (!stream.name.startsWith(record.streamPrefix)) continue;
    const folder = `${record.prefix}/${record.id}/${stream.name.replaceAll("/", "-")}`;
    let file = 0;
    for (const text of filesOf(room, record, stream)) {
      if (signal.aborted || isCancelled(room, record.id)) return;
      const key = `${folder}/${String(file).padStart(6, "0")}.gz`;
      await call("s3", "PutObject", objectIn(record.bucket, key, await packed(text)));
      file += 1;
    }
  }
};

/** A stream's events as the texts of its files: a line for each event, with its time before it. */
function* filesOf(room: Room, { from, to, group }: ExportRecord, stream: StreamRecord): Generator<string> {
  const record = room.groups.get(group);
  if (!record) return;
  const since = Math.max(from, retainedSince(record, room.clock.now()));
  let text = "";
  for (const { timestamp, message } of forward(room, stream, since, to + 1)) {
    text += `${new Date(timestamp).toISOString()} ${message}\n`;
    if (text.length < MAX_EXPORT_CHARACTERS) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}
