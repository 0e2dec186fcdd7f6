import { itemFailures } from "../../../engines/eventSources/itemFailures.ts";
import { parsed } from "../../../engines/eventSources/parsed.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import { invokeFunction, runMachine } from "../execution/invoke.ts";
import { asJson } from "../execution/template.ts";
import { batchText, type Deliver, type Delivered } from "./delivery.ts";

/** Functions and state machines get a batch as one list, and may say which items of it they could not handle. */
export const toLambda: Deliver = async ({ ctx, pipe, signal, itemIds }, delivery) => {
  const request = batchText(delivery, asJson);
  const { InvocationType = "REQUEST_RESPONSE" } = pipe.targetParameters?.LambdaFunctionParameters ?? {};
  if (InvocationType === "REQUEST_RESPONSE")
    return answered(request, await invokeFunction(ctx.until(signal), delivery.arn, request), itemIds);
  const Payload = Buffer.from(request);
  await ctx.call("lambda", "Invoke", { FunctionName: delivery.arn, InvocationType: "Event", Payload });
  return { request };
};

export const toMachine: Deliver = async ({ ctx, pipe, signal, itemIds }, delivery) => {
  const input = batchText(delivery, asJson);
  const { InvocationType = "REQUEST_RESPONSE" } = pipe.targetParameters?.StepFunctionStateMachineParameters ?? {};
  if (InvocationType === "REQUEST_RESPONSE")
    return answered(input, await runMachine(ctx.until(signal), delivery.arn, input), itemIds);
  const { executionArn } = await ctx.call("states", "StartExecution", { stateMachineArn: delivery.arn, input });
  return { request: input, ...(executionArn ? { response: JSON.stringify({ executionArn }) } : {}) };
};

/** AWS: only an answer with `batchItemFailures` speaks of failures; whatever else it is means success. */
const answered = (request: string, response: string, itemIds: readonly string[]): Delivered => {
  const document = parsed(response);
  if (!isJsonObject(document) || !("batchItemFailures" in document)) return { request, response };
  const failed = itemFailures(response, itemIds);
  return { request, response, failedItems: failed === "all" ? itemIds : failed };
};
