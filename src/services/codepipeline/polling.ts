import { tooMany } from "./errors.ts";
import { MAX_POLLING_PIPELINES } from "./limits.ts";
import type { Declaration } from "./records.ts";
import type { Room } from "./room.ts";

const POLLED = ["CodeCommit", "GitHub", "S3"];

/** AWS: a source that can be polled is, unless its configuration says otherwise. */
const isPolled = ({ stages }: Declaration): boolean =>
  stages.some(({ actions }) =>
    actions.some(
      ({ actionTypeId: { category, provider }, configuration }) =>
        category === "Source" &&
        POLLED.includes(provider) &&
        configuration?.["PollForSourceChanges"]?.toLowerCase() !== "false",
    ),
  );

/** Throws where the region has as many pipelines that are polled as it may have, and this is one more. */
export const checkPolling = ({ tables }: Pick<Room, "tables">, wished: Declaration): void => {
  if (!isPolled(wished)) return;
  let polled = 0;
  for (const { value } of tables.pipelines.range()) {
    if (value.name !== wished.name && isPolled(value.declaration)) polled++;
    if (polled >= MAX_POLLING_PIPELINES)
      throw tooMany("pipelines set to polling for source changes", MAX_POLLING_PIPELINES);
  }
};
