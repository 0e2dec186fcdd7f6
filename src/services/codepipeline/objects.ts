import type { CloudEvent } from "../../kernel/events.ts";
import { beginExecution } from "./begin.ts";
import type { Room } from "./room.ts";

/** Starts the pipelines that look for changes of an object, when a version of it is written. */
export const takeObject = (room: Room, event: CloudEvent): void => {
  const { source, detailType, detail, account } = event;
  if (source !== "aloft.s3" || detailType !== "Version Written" || account !== room.deps.account) return;
  const { bucket, key, version } = detail;
  for (const { value: pipeline } of [...room.tables.pipelines.range()]) {
    for (const { name, actionTypeId, configuration = {} } of pipeline.declaration.stages[0]?.actions ?? []) {
      const { S3Bucket, S3ObjectKey, PollForSourceChanges } = configuration;
      const isIts = actionTypeId.provider === "S3" && S3Bucket === bucket && S3ObjectKey === key;
      if (!isIts || PollForSourceChanges?.toLowerCase() === "false") continue;
      const trigger = { type: "PollForSourceChanges", detail: name };
      beginExecution(room, pipeline, { trigger, overrides: { [name]: String(version) } });
    }
  }
};
