import { StateFailure } from "../../../engines/states/failure.ts";
import { objectsOf } from "../../../engines/states/values.ts";
import { callByName } from "../../../kernel/callByName.ts";
import type { Context } from "../../../kernel/context.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { resultOf } from "./casing.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html */
export const putEvents = async (ctx: Context, args: JsonObject): Promise<JsonValue> => {
  const entries = objectsOf(args, "Entries").map((entry) => {
    const { Detail: detail } = entry;
    return typeof detail === "string" || detail === undefined ? entry : { ...entry, Detail: JSON.stringify(detail) };
  });
  const answer = resultOf(await callByName(ctx, "eventbridge", "putEvents", { ...args, Entries: entries }), "seconds");
  // AWS: entries that were not taken are the task's failure.
  if (isJsonObject(answer) && Number(answer["FailedEntryCount"] ?? 0) > 0)
    throw new StateFailure("EventBridge.FailedEntry", JSON.stringify(answer));
  return answer;
};
