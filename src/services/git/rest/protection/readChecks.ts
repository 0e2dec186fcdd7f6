import { isJsonObject, type JsonObject } from "../../../../kernel/json.ts";
import type { ProtectionRecord } from "../../records.ts";
import { flagIn, textsIn } from "../input.ts";

type Checks = NonNullable<ProtectionRecord["requiredChecks"]>;

/** What the request leaves out is as it was before. */
export const checksFrom = (given: JsonObject, before?: Checks): Checks => {
  const isGiven = given["contexts"] !== undefined || given["checks"] !== undefined;
  return {
    strict: flagIn(given, "strict") ?? before?.strict ?? false,
    contexts: isGiven ? contextsIn(given) : (before?.contexts ?? []),
  };
};

const contextsIn = (given: JsonObject): readonly string[] => {
  const named = textsIn(given, "contexts") ?? [];
  const listed = Array.isArray(given["checks"]) ? given["checks"] : [];
  const more = listed.flatMap((each) =>
    isJsonObject(each) && typeof each["context"] === "string" ? [each["context"]] : [],
  );
  return [...new Set([...named, ...more])];
};
