import { matchesPattern } from "../../../engines/pattern/eventPattern.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { forwardedBy } from "../delivery/forward.ts";
import { receiveDocument, route } from "../delivery/route.ts";
import { validationError } from "../errors.ts";
import { busName } from "../find.ts";
import { MAX_ENTRY_BYTES } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { checkPattern } from "./rules.ts";

export const putEvents =
  (room: Room): Operation<"PutEvents"> =>
  async (ctx, input) => {
    const results = input.Entries.map((entry) => {
      const forwarded = forwardedBy(entry);
      if (forwarded) {
        receiveDocument(room, busName(entry.EventBusName), forwarded, ctx.traceId);
        return { EventId: forwarded.id };
      }
      const fault = entryFault(entry);
      if (fault) return fault;
      const id = room.ids.uuid();
      const event = {
        id,
        time: entry.Time?.getTime() ?? room.clock.now(),
        source: entry.Source ?? "",
        detailType: entry.DetailType ?? "",
        account: ctx.account,
        region: ctx.region,
        resources: entry.Resources ?? [],
        detail: detailOf(entry.Detail ?? "") ?? {},
      };
      route(room, busName(entry.EventBusName), event, entry.TraceHeader ?? ctx.traceId);
      return { EventId: id };
    });
    return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
  };

type Entry = Parameters<ReturnType<typeof putEvents>>[1]["Entries"][number];

const entryFault = (entry: Entry) => {
  const refused = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
  if (!entry.Source)
    return refused("InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument.");
  if (entry.Source.startsWith("aws."))
    return refused("NotAuthorizedForSourceException", "Not authorized for the source.");
  if (!entry.DetailType)
    return refused("InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument.");
  if (!entry.Detail)
    return refused("InvalidArgument", "Parameter Detail is not valid. Reason: Detail is a required argument.");
  if (!detailOf(entry.Detail)) return refused("MalformedDetail", "Detail is malformed.");
  const bytes = Buffer.byteLength(entry.Detail) + Buffer.byteLength(entry.Source) + Buffer.byteLength(entry.DetailType);
  if (bytes > MAX_ENTRY_BYTES) throw validationError("Total size of the entries in the request is over the limit.");
  // AWS: an event for a bus that is not there is taken, and goes nowhere.
  return undefined;
};

const detailOf = (text: string): JsonObject | undefined => {
  try {
    const detail: unknown = JSON.parse(text);
    return isJsonObject(detail) ? detail : undefined;
  } catch {
    // AWS: a detail that is no JSON object is reported for its entry alone.
    return undefined;
  }
};

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
const MANDATORY = ["id", "account", "source", "time", "region", "detail-type"];

export const testEventPattern = (): Operation<"TestEventPattern"> => async (_ctx, input) => {
  checkPattern(input.EventPattern);
  const event = detailOf(input.Event);
  if (!event || MANDATORY.some((name) => event[name] === undefined)) {
    throw validationError("Parameter Event is not valid.");
  }
  return { Result: matchesPattern(JSON.parse(input.EventPattern), event) };
};
