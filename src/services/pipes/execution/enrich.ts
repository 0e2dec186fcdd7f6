import { AwsError } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { endpointKind } from "../definition/endpoint.ts";
import { MAX_ENRICHED_BYTES } from "../limits.ts";
import type { Execution } from "./execution.ts";
import { askEndpoint, httpParametersOf } from "./http.ts";
import { invocation } from "./invocation.ts";
import { invokeFunction, runMachine } from "./invoke.ts";
import { asJson } from "./template.ts";
import { type PipeEvent, plainEvent } from "./transform.ts";
import { transformed } from "./transformed.ts";

/** Events on their way to a target: a list, or one that is handed on as it is. */
export interface Enriched {
  readonly events: readonly PipeEvent[];
  readonly isList: boolean;
}

/**
 * What an enrichment makes of a batch; no events where it answers nothing, which ends the execution.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/pipes-enrichment.html
 */
export const enrich = async (execution: Execution, arn: string, events: readonly PipeEvent[]): Promise<Enriched> => {
  const { pipe, journal } = execution;
  const inputs = transformed(execution, "Enrichment", pipe.enrichmentParameters?.InputTemplate, events);
  const answer = await invocation(execution, "Enrichment", arn, () => ask(execution, arn, events, inputs));
  journal.note("TRACE", "EnrichmentInvocationSucceeded", { request: inputs.join(","), response: answer });
  return enrichedBy(answer);
};

const ask = async (
  execution: Execution,
  arn: string,
  events: readonly PipeEvent[],
  inputs: readonly string[],
): Promise<string> => {
  const answer = await answerOf(execution, arn, events, inputs);
  if (Buffer.byteLength(answer) > MAX_ENRICHED_BYTES)
    throw new AwsError("ResponseTooLarge", `The enrichment answered more than ${MAX_ENRICHED_BYTES} bytes.`);
  return answer;
};

const answerOf = (
  execution: Execution,
  arn: string,
  [first]: readonly PipeEvent[],
  inputs: readonly string[],
): Promise<string> => {
  const { ctx, signal, pipe } = execution;
  const batch = `[${inputs.map(asJson).join(",")}]`;
  switch (endpointKind(arn)) {
    case "lambda":
      return invokeFunction(ctx.until(signal), arn, batch);
    case "states":
      return runMachine(ctx.until(signal), arn, batch);
    default: {
      const parameters = httpParametersOf(pipe.enrichmentParameters?.HttpParameters, first ?? plainEvent({}));
      return askEndpoint(execution, arn, inputs[0] ?? "{}", parameters);
    }
  }
};

const enrichedBy = (answer: string): Enriched => {
  const value: JsonValue = JSON.parse(asJson(answer));
  if (Array.isArray(value)) return { events: value.map(plainEvent), isList: true };
  return { events: isEmpty(value) ? [] : [plainEvent(value)], isList: false };
};

/** AWS: an answer such as `""` or `{}` is none; `[{}]` is an event that is empty. */
const isEmpty = (value: JsonValue): boolean =>
  value === null || value === "" || (isJsonObject(value) && Object.keys(value).length === 0);
