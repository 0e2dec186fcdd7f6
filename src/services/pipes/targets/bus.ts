import { parseArn } from "../../../kernel/arn.ts";
import { type PipeEvent, parameterOf } from "../execution/transform.ts";
import type { Deliver } from "./delivery.ts";

/** AWS: what is not said of an event is told of the pipe and its source. */
export const toBus: Deliver = async ({ ctx, pipe }, { arn, events, inputs }) => {
  const { Source, DetailType, Resources = [], Time } = pipe.targetParameters?.EventBridgeEventBusParameters ?? {};
  const Entries = events.map((event, index) => {
    const at = timeOf(Time, event);
    return {
      EventBusName: arn,
      Source: parameterOf(Source, event) ?? `Pipe ${pipe.name}`,
      DetailType: parameterOf(DetailType, event) ?? `Event from aws:${parseArn(pipe.source)?.service}`,
      Detail: inputs[index] ?? "{}",
      Resources: Resources.flatMap((resource) => parameterOf(resource, event) ?? []),
      ...(at ? { Time: at } : {}),
    };
  });
  const answer = await ctx.call("events", "PutEvents", { Entries });
  return {
    request: JSON.stringify(Entries),
    response: JSON.stringify(answer),
    failedEvents: (answer.Entries ?? []).flatMap(({ ErrorCode }, index) => (ErrorCode === undefined ? [] : [index])),
  };
};

const timeOf = (path: string | undefined, event: PipeEvent): Date | undefined => {
  const text = parameterOf(path, event);
  return text === undefined ? undefined : momentOf(text);
};

/** A moment as events carry it: ISO 8601, or seconds or milliseconds since the epoch. */
export const momentOf = (text: string): Date | undefined => {
  const number = Number(text);
  const time = Number.isNaN(number) ? Date.parse(text) : number * (number < SECONDS_END ? 1000 : 1);
  return Number.isNaN(time) ? undefined : new Date(time);
};

/** Seconds since the epoch have fewer digits than milliseconds, until the year 5138. */
const SECONDS_END = 100_000_000_000;
