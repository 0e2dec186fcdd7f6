import { isJsonObject } from "../../kernel/json.ts";
import { parsed } from "./parsed.ts";

/**
 * Which items of a batch an answer says could not be handled; `"all"` when its answer makes no sense.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export const itemFailures = (answer: string, ids: readonly string[]): readonly string[] | "all" => {
  const document = parsed(answer);
  // AWS: an empty list is no answer, too.
  if (document === null || (Array.isArray(document) && document.length === 0)) return [];
  if (!isJsonObject(document)) return answer === "" ? [] : "all";
  const failures = document["batchItemFailures"];
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return "all";
  const named = failures.map((failure: unknown) => (isJsonObject(failure) ? failure["itemIdentifier"] : undefined));
  const known = named.filter((id): id is string => typeof id === "string" && ids.includes(id));
  return known.length === named.length ? known : "all";
};
