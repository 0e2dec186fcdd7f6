import type { CloudEvent } from "../../kernel/events.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { MAX_REMEMBERED_EXECUTIONS } from "./limits.ts";
import type { Room } from "./room.ts";

type Remembered = Pick<Room, "failures" | "sources">;

/** Keeps what failed in an execution and what its sources took, for the messages of what comes after. */
export const remember = (room: Remembered, event: CloudEvent): void => {
  const { source, detailType, detail } = event;
  if (source === "aloft.codepipeline" && detailType === "Source Taken" && isJsonObject(detail["source"]))
    note(room.sources, event, detail["source"]);
  if (detailType === "CodePipeline Action Execution State Change" && detail["state"] === "FAILED")
    note(room.failures, event, {
      action: detail["action"] ?? "",
      stage: detail["stage"] ?? "",
      additionalInformation: summaryOf(event),
    });
};

const note = (kept: Map<string, readonly JsonObject[]>, event: CloudEvent, what: JsonObject): void => {
  kept.set(executionOf(event), [...(kept.get(executionOf(event)) ?? []), what]);
  const [oldest] = kept.keys();
  if (kept.size > MAX_REMEMBERED_EXECUTIONS && oldest !== undefined) kept.delete(oldest);
};

const executionOf = ({ detail }: CloudEvent): string => String(detail["execution-id"] ?? "");

/** What an action says of its failure. */
const summaryOf = ({ detail }: CloudEvent): JsonValue => {
  const result = detail["execution-result"];
  return isJsonObject(result) ? (result["external-execution-summary"] ?? "") : "";
};

/**
 * What FULL adds to an event: https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html, and the processed
 * events of https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 */
export const additionalAttributes = (room: Remembered, event: CloudEvent): JsonObject => {
  const { detailType, detail } = event;
  const failed = detail["state"] === "FAILED";
  switch (detailType) {
    case "CodePipeline Action Execution State Change":
      return failed ? { additionalInformation: summaryOf(event) } : {};
    case "CodePipeline Stage Execution State Change":
      return { ...sourcesOf(room, event), ...(failed ? failuresOf(room, event) : {}) };
    case "CodePipeline Pipeline Execution State Change":
      return failed ? failuresOf(room, event) : {};
    default:
      return {};
  }
};

const sourcesOf = ({ sources }: Remembered, event: CloudEvent): JsonObject => {
  const sourceActions = sources.get(executionOf(event));
  return sourceActions ? { sourceActions: [...sourceActions] } : {};
};

/** AWS: the message of a failed execution names what failed in it. */
const failuresOf = ({ failures }: Remembered, event: CloudEvent): JsonObject => {
  const failed = failures.get(executionOf(event)) ?? [];
  const last = failed.at(-1);
  if (!last) return {};
  const failedActions = failed.map(({ action = "", additionalInformation = "" }) => ({
    action,
    additionalInformation,
  }));
  return { failedActionCount: failed.length, failedActions, failedStage: last["stage"] ?? "" };
};
