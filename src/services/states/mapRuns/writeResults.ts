import { StateFailure } from "../../../engines/states/failure.ts";
import { objectOf, textOf } from "../../../engines/states/values.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorMessage, isRefusal } from "../../../kernel/errors.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { mapRunArn } from "../arns.ts";
import type { ExecutionStatus, MapItemRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { transformed } from "./results.ts";

/** Writes what became of a map run's items where its Map says, and answers what leaves the Map. */
export const writeResults = async (room: Room, ctx: Context, id: string, writer: JsonObject): Promise<JsonValue> => {
  const place = objectOf(writer, "Arguments") ?? {};
  const [bucket, prefix] = [textOf(place, "Bucket") ?? "", textOf(place, "Prefix") ?? ""];
  const folder = [prefix.replace(/\/$/, ""), id.split(":")[1] ?? ""].filter((part) => part !== "").join("/");
  const put = async (name: string, text: string) => {
    const Key = `${folder}/${name}`;
    await ctx.call("s3", "PutObject", { Bucket: bucket, Key, Body: Buffer.from(text) });
    return { Key, Size: Buffer.byteLength(text) };
  };
  try {
    const files = await filesOf(room, id, writer, put);
    const arn = mapRunArn(room.deps, id);
    const manifest = await put(
      "manifest.json",
      JSON.stringify({ DestinationBucket: bucket, MapRunArn: arn, ResultFiles: files }),
    );
    return { MapRunArn: arn, ResultWriterDetails: { Bucket: bucket, Key: manifest.Key } };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new StateFailure("States.ResultWriterFailed", errorMessage(error));
  }
};

type Put = (name: string, text: string) => Promise<{ readonly Key: string; readonly Size: number }>;

const filesOf = async (room: Room, id: string, writer: JsonObject, put: Put) => {
  const items = [...room.mapItems.values({ prefix: [id] })];
  const config = objectOf(writer, "WriterConfig");
  const isLines = config !== undefined && textOf(config, "OutputType") === "JSONL";
  const write = async (kind: string, results: readonly JsonValue[]) => {
    if (results.length === 0) return [];
    const text = isLines ? results.map((result) => JSON.stringify(result)).join("\n") : JSON.stringify(results);
    return [await put(`${kind}_0.${isLines ? "jsonl" : "json"}`, text)];
  };
  const ended = (statuses: readonly ExecutionStatus[]) =>
    items.filter(({ ended: child }) => child !== undefined && statuses.includes(child.status));
  return {
    FAILED: await write("FAILED", transformed(room, ended(["FAILED", "TIMED_OUT", "ABORTED"]), config, "NONE")),
    PENDING: await write("PENDING", items.filter((item) => item.ended === undefined).map(pendingView)),
    SUCCEEDED: await write("SUCCEEDED", transformed(room, ended(["SUCCEEDED"]), config, "NONE")),
  };
};

const pendingView = ({ input }: MapItemRecord): JsonObject => ({ Input: JSON.stringify(input) });
