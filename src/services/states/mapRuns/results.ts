import { objectOf, textOf } from "../../../engines/states/values.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { executionArn, machineArn, nameOfMachine } from "../arns.ts";
import type { ExecutionRecord, MapItemRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { failureView } from "../views.ts";

/** What a map run that writes nothing answers. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export const resultsOf = (room: Room, id: string, writer: JsonObject | undefined): JsonValue => {
  const config = writer && objectOf(writer, "WriterConfig");
  const results = transformed(room, [...room.mapItems.values({ prefix: [id] })], config, "COMPACT");
  // AWS: JSON Lines are told as text.
  return config && textOf(config, "OutputType") === "JSONL"
    ? results.map((result) => JSON.stringify(result)).join("\n")
    : results;
};

/** The results of some items, as `Transformation` says. */
export const transformed = (
  room: Room,
  items: readonly MapItemRecord[],
  config: JsonObject | undefined,
  otherwise: "COMPACT" | "NONE",
): JsonValue[] => {
  const how = (config && textOf(config, "Transformation")) ?? otherwise;
  return items.flatMap(({ input, ended }): JsonValue[] => {
    if (!ended) return [];
    // AWS: what failed is told whole.
    if (how === "NONE" || !ended.outcome || !("output" in ended.outcome)) return [resultView(room, input, ended)];
    const { output } = ended.outcome;
    return how === "FLATTEN" && Array.isArray(output) ? output : [output];
  });
};

/** A child execution with all that is known of it. */
const resultView = ({ deps }: Room, input: JsonValue, child: ExecutionRecord): JsonObject => ({
  ...endView(child),
  ExecutionArn: executionArn(deps, child),
  Input: JSON.stringify(input),
  InputDetails: { Included: true },
  Name: child.name,
  RedriveCount: child.redriveCount,
  ...redriveView(child),
  StartDate: new Date(child.startedAt).toISOString(),
  StateMachineArn: machineArn(deps, nameOfMachine(child)),
  Status: child.status,
  StopDate: new Date(child.stoppedAt ?? child.startedAt).toISOString(),
});

const endView = ({ outcome }: ExecutionRecord): JsonObject => {
  if (!outcome) return {};
  if ("output" in outcome) return { Output: JSON.stringify(outcome.output), OutputDetails: { Included: true } };
  const { error, cause } = failureView(outcome);
  return { ...(cause === undefined ? {} : { Cause: cause }), ...(error === undefined ? {} : { Error: error }) };
};

const redriveView = ({ status, type }: ExecutionRecord): JsonObject => {
  if (status === "SUCCEEDED")
    return {
      RedriveStatus: "NOT_REDRIVABLE",
      RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    };
  return { RedriveStatus: type === "EXPRESS" ? "NOT_REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN" };
};
