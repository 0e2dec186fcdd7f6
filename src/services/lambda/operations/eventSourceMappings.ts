import { checkQueueAccess } from "../../../engines/eventSources/queueAccess.ts";
import { queueUrl } from "../../../engines/eventSources/queueUrl.ts";
import type { StreamPlace } from "../../../engines/eventSources/source.ts";
import { leastFar, streamStart } from "../../../engines/eventSources/streamStart.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, known } from "../../../kernel/errors.ts";
import { conflict, invalidValue, noSuchResource } from "../errors.ts";
import { mappingContext } from "../eventSources/mappingContext.ts";
import { startPoller } from "../eventSources/pollers.ts";
import { blankMapping, checkDestination, sourceKind, withSettings } from "../eventSources/settings.ts";
import { findVersion, functionReference } from "../find.ts";
import { MAX_LISTED_MAPPINGS } from "../limits.ts";
import { page } from "../paging.ts";
import { type EventSourceRecord, LATEST } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { eventSourceView } from "../views.ts";

export const createEventSourceMapping =
  (room: Room): Operation<"CreateEventSourceMapping"> =>
  async (ctx, input) => {
    if (input.SelfManagedEventSource) sourceKind("arn:aws:kafka:::cluster");
    const kind = sourceKind(input.EventSourceArn);
    const sourceArn = known(input.EventSourceArn, "an event source");
    checkDestination(kind, input.DestinationConfig);
    const target = targetOf(room, ctx, input.FunctionName);
    checkPosition(kind, sourceArn, input.StartingPosition);
    const now = room.clock.now();
    const mapping = withSettings(
      {
        ...blankMapping(kind),
        uuid: room.ids.uuid(),
        kind,
        sourceArn,
        ...target,
        ...(input.StartingPosition ? { startingPosition: input.StartingPosition } : {}),
        createdAt: now,
        modifiedAt: now,
        tags: { ...input.Tags },
      },
      input,
    );
    checkUnique(room, mapping);
    const start = kind === "sqs" ? await reachQueue(room, mapping) : await reachStream(room, mapping);
    room.records.atomically(() => {
      room.eventSources.put(mapping.uuid, mapping);
      for (let lane = 0; lane < mapping.parallelization; lane++) {
        room.eventSourcePlaces.put([mapping.uuid, lane], start);
      }
    });
    if (mapping.enabled) startPoller(room, mapping);
    return eventSourceView(ctx, mapping, mapping.enabled ? "Creating" : "Disabled");
  };

export const getEventSourceMapping =
  (room: Room): Operation<"GetEventSourceMapping"> =>
  async (ctx, { UUID }) =>
    eventSourceView(ctx, existing(room, UUID));

export const updateEventSourceMapping =
  (room: Room): Operation<"UpdateEventSourceMapping"> =>
  async (ctx, input) => {
    const before = existing(room, input.UUID);
    const target = input.FunctionName ? targetOf(room, ctx, input.FunctionName) : {};
    const mapping = { ...withSettings({ ...before, ...target }, input), modifiedAt: room.clock.now() };
    room.records.atomically(() => {
      room.eventSources.put(mapping.uuid, mapping);
      if (mapping.parallelization !== before.parallelization) relane(room, mapping);
    });
    if (mapping.enabled) startPoller(room, mapping);
    else room.polling.stop(mapping.uuid);
    return eventSourceView(ctx, mapping, changing(before, mapping));
  };

/** What a mapping is said to do while it is changed. */
const changing = (before: EventSourceRecord, after: EventSourceRecord): string => {
  if (before.enabled === after.enabled) return "Updating";
  return after.enabled ? "Enabling" : "Disabling";
};

export const deleteEventSourceMapping =
  (room: Room): Operation<"DeleteEventSourceMapping"> =>
  async (ctx, { UUID }) => {
    const mapping = existing(room, UUID);
    room.polling.stop(mapping.uuid);
    room.records.atomically(() => {
      room.eventSources.delete(mapping.uuid);
      room.eventSourcePlaces.clear({ prefix: [mapping.uuid] });
    });
    return eventSourceView(ctx, mapping, "Deleting");
  };

export const listEventSourceMappings =
  (room: Room): Operation<"ListEventSourceMappings"> =>
  async (ctx, input) => {
    const wanted = input.FunctionName === undefined ? undefined : functionReference(ctx, input.FunctionName);
    const all = [...room.eventSources.range()]
      .map(({ value }) => value)
      .filter(
        ({ functionName, qualifier, sourceArn }) =>
          (input.EventSourceArn === undefined || sourceArn === input.EventSourceArn) &&
          (wanted === undefined ||
            (functionName === wanted.name && (wanted.qualifier === undefined || qualifier === wanted.qualifier))),
      );
    const { items, next } = page(all, ({ uuid }) => uuid, {
      ...input,
      MaxItems: Math.min(input.MaxItems ?? MAX_LISTED_MAPPINGS, MAX_LISTED_MAPPINGS),
    });
    return {
      EventSourceMappings: items.map((mapping) => eventSourceView(ctx, mapping)),
      ...next,
    };
  };

const existing = ({ eventSources }: Room, uuid: string): EventSourceRecord => {
  const mapping = eventSources.get(uuid);
  if (!mapping) throw noSuchResource();
  return mapping;
};

const targetOf = (room: Room, ctx: Context, named: string) => {
  const { name, qualifier } = functionReference(ctx, named);
  if (!room.functions.has(name)) throw invalidValue("Function does not exist");
  findVersion(room, ctx, { name, qualifier });
  return { functionName: name, qualifier: qualifier ?? "" };
};

const checkPosition = (kind: EventSourceRecord["kind"], arn: string, position: string | undefined): void => {
  if (kind === "sqs") {
    if (position !== undefined) throw invalidValue("StartingPosition is not valid for SQS event sources.");
    return;
  }
  if (position === undefined) {
    throw invalidValue(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  // AWS: only streams that know records by time begin at one.
  if (position === "AT_TIMESTAMP") throw invalidValue(`Unsupported starting position for arn type: ${arn}`);
};

const checkUnique = (room: Room, mapping: EventSourceRecord): void => {
  for (const { value } of room.eventSources.range()) {
    const { sourceArn, functionName, qualifier, uuid } = value;
    const isSame = functionName === mapping.functionName && (qualifier || LATEST) === (mapping.qualifier || LATEST);
    if (sourceArn !== mapping.sourceArn || !isSame) continue;
    const found =
      mapping.kind === "sqs"
        ? `An event source mapping with SQS arn (" ${sourceArn} ") and function (" ${functionName} ") already exists.`
        : `The event source arn (" ${sourceArn} ") and function (" ${functionName} ") provided mapping already exists.`;
    throw conflict(`${found} Please update or delete the existing mapping with UUID ${uuid}`);
  }
};

/** AWS: the function's role must be able to read the queue, and the queue must hide messages for as long as a run takes. */
const reachQueue = async (room: Room, mapping: EventSourceRecord): Promise<StreamPlace> => {
  const record = known(room.functions.get(mapping.functionName), "the function of a mapping");
  const ctx = await mappingContext(room, mapping);
  const hidden = await checkQueueAccess(ctx, queueUrl(room, mapping.sourceArn), (obstacle) =>
    invalidValue(
      obstacle.kind === "denied"
        ? `The provided execution role does not have permissions to call ${obstacle.action} on SQS`
        : "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    ),
  );
  if (hidden < record.latest.timeoutSeconds) {
    throw invalidValue(
      `Queue visibility timeout: ${hidden} seconds is less than Function timeout: ${record.latest.timeoutSeconds} seconds`,
    );
  }
  return {};
};

const reachStream = async (room: Room, mapping: EventSourceRecord): Promise<StreamPlace> => {
  const StreamArn = mapping.sourceArn;
  try {
    const position = mapping.startingPosition === "LATEST" ? "LATEST" : "TRIM_HORIZON";
    return await streamStart(await mappingContext(room, mapping), StreamArn, position);
  } catch (error) {
    if (errorCode(error) === "ResourceNotFoundException") throw invalidValue(`Stream not found: ${StreamArn}`);
    if (!errorCode(error).startsWith("AccessDenied")) throw error;
    throw invalidValue(
      `Cannot access stream ${StreamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`,
    );
  }
};

const relane = (room: Room, { uuid, parallelization }: EventSourceRecord): void => {
  const start = leastFar([...room.eventSourcePlaces.range({ prefix: [uuid] })].map(({ value }) => value));
  room.eventSourcePlaces.clear({ prefix: [uuid] });
  for (let lane = 0; lane < parallelization; lane++) room.eventSourcePlaces.put([uuid, lane], start);
};
