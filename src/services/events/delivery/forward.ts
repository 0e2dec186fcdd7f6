import type { Context } from "../../../kernel/context.ts";
import { AwsError } from "../../../kernel/errors.ts";
import type { EventDocument } from "./transform.ts";

/** Events on their way from a bus to another, by the entry that brings them: nobody else can hold such an entry. */
const underway = new WeakMap<object, EventDocument>();

/** The event that an entry brings from another bus; undefined when a caller put it. */
export const forwardedBy = (entry: object): EventDocument | undefined => underway.get(entry);

/** AWS: an event goes on to another bus as it is, its id, its account and a source of AWS's own among it. */
export const forwardEvent = async (ctx: Context, EventBusName: string, payload: string): Promise<void> => {
  const event: EventDocument = JSON.parse(payload);
  const entry = {
    EventBusName,
    Source: event.source,
    DetailType: event["detail-type"],
    Detail: JSON.stringify(event.detail),
    Resources: event.resources,
    Time: new Date(event.time),
  };
  underway.set(entry, event);
  const { Entries = [] } = await ctx.call("events", "PutEvents", { Entries: [entry] });
  const [answer] = Entries;
  if (answer?.ErrorCode !== undefined) throw new AwsError(answer.ErrorCode, answer.ErrorMessage ?? "");
};
