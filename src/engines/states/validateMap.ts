import type { JsonObject } from "../../kernel/json.ts";
import { isDistributed, processorConfig } from "./distributed.ts";
import { processorOf } from "./items.ts";
import { objectOf, textOf } from "./values.ts";

type Problem = readonly [message: string, member: string];

/** The fields of a Map that runs its items as executions of their own. */
export const DISTRIBUTED = [
  "Label",
  "ItemReader",
  "ItemBatcher",
  "ResultWriter",
  "ToleratedFailureCount",
  "ToleratedFailurePercentage",
];

const MAX_LABEL_LENGTH = 40;

/** What is wrong with the fields of a Map. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export const mapProblems = (state: JsonObject, machine: string): Problem[] => {
  if (!isDistributed(state))
    return DISTRIBUTED.filter((name) => state[name] !== undefined).map((name) => ["Field is not supported", name]);
  const at = `${processorOf(state)}/ProcessorConfig`;
  if (machine === "EXPRESS") return [["Express state machine does not support Map states in DISTRIBUTED mode", at]];
  const problems: Problem[] = [];
  const type = textOf(processorConfig(state), "ExecutionType");
  if (type === undefined) problems.push(["These fields are required: [ExecutionType]", at]);
  else if (type !== "STANDARD" && type !== "EXPRESS")
    problems.push(["Value is not one of: [STANDARD, EXPRESS]", `${at}/ExecutionType`]);
  return [...problems, ...labelProblems(state), ...batcherProblems(state)];
};

const labelProblems = ({ Label: label }: JsonObject): Problem[] => {
  if (label === undefined) return [];
  if (typeof label !== "string" || label === "" || label.length > MAX_LABEL_LENGTH)
    return [[`Value must be text of 1 to ${MAX_LABEL_LENGTH} characters`, "Label"]];
  const [wrong] = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u.exec(label) ?? [];
  return wrong === undefined ? [] : [[`Label contains invalid character: '${wrong}'`, "Label"]];
};

const LIMITS = ["MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"];

const batcherProblems = (state: JsonObject): Problem[] => {
  const batcher = objectOf(state, "ItemBatcher");
  if (!batcher || LIMITS.some((name) => batcher[name] !== undefined)) return [];
  return [["At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]", "ItemBatcher"]];
};
