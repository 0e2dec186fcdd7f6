import { startReplaying } from "../delivery/replay.ts";
import { invalidParameter, replayEnded, replayExists, replayNotFound, tooMany } from "../errors.ts";
import { findBus } from "../find.ts";
import { DEFAULT_PAGE_SIZE, MAX_ACTIVE_REPLAYS } from "../limits.ts";
import { nextOf, page } from "../paging.ts";
import type { ReplayRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const startReplay =
  (room: Room): Operation<"StartReplay"> =>
  async (ctx, input) => {
    const { ReplayName: name, EventSourceArn, Destination, EventStartTime, EventEndTime } = input;
    const bus = findBus(room, Destination.Arn);
    const archive = archiveBy(room, EventSourceArn);
    if (EventStartTime >= EventEndTime)
      throw invalidParameter("EventEndTime", "EventStartTime must be before EventEndTime.");
    if (archive.bus !== bus.name) throw invalidParameter("Destination.Arn", "Cross event bus replay is not permitted.");
    if (room.replays.has(name)) throw replayExists(name);
    if ([...room.replays.range()].filter(({ value }) => isActive(value)).length >= MAX_ACTIVE_REPLAYS) throw tooMany();
    const replay: ReplayRecord = {
      name,
      arn: ctx.arn(`replay/${name}`),
      archive: archive.name,
      archiveArn: archive.arn,
      bus: bus.name,
      busArn: bus.arn,
      ...(Destination.FilterArns?.length ? { ruleArns: Destination.FilterArns } : {}),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      from: EventStartTime.getTime(),
      to: EventEndTime.getTime(),
      state: "STARTING",
      startedAt: room.clock.now(),
    };
    room.replays.put(name, replay);
    startReplaying(room, name);
    return { ReplayArn: replay.arn, State: replay.state, ReplayStartTime: new Date(replay.startedAt) };
  };

const archiveBy = (room: Room, arn: string) => {
  const name = arn.split(":archive/")[1] ?? arn;
  const archive = room.archives.get(name);
  if (archive?.arn !== arn) throw invalidParameter("EventSourceArn", `Archive ${name} does not exist.`);
  return archive;
};

const isActive = ({ state }: ReplayRecord): boolean => state === "STARTING" || state === "RUNNING";

export const cancelReplay =
  (room: Room): Operation<"CancelReplay"> =>
  async (_ctx, { ReplayName }) => {
    const replay = find(room, ReplayName);
    if (!isActive(replay)) throw replayEnded(ReplayName);
    room.replays.put(replay.name, { ...replay, state: "CANCELLED", endedAt: room.clock.now() });
    return { ReplayArn: replay.arn, State: "CANCELLING" };
  };

export const describeReplay =
  (room: Room): Operation<"DescribeReplay"> =>
  async (_ctx, { ReplayName }) => {
    const replay = find(room, ReplayName);
    return {
      ...replayView(replay),
      ReplayArn: replay.arn,
      Description: replay.description,
      Destination: { Arn: replay.busArn, FilterArns: replay.ruleArns && [...replay.ruleArns] },
    };
  };

export const listReplays =
  (room: Room): Operation<"ListReplays"> =>
  async (_ctx, { NamePrefix = "", State, EventSourceArn, NextToken, Limit = DEFAULT_PAGE_SIZE }) => {
    const wanted = [...room.replays.values()].filter(
      ({ name, state, archiveArn }) =>
        name.startsWith(NamePrefix) && (State ?? state) === state && (EventSourceArn ?? archiveArn) === archiveArn,
    );
    const { items, ...next } = page(wanted, ({ name }) => name, NextToken, Limit);
    return { Replays: items.map(replayView), ...nextOf(next) };
  };

const replayView = (replay: ReplayRecord) => ({
  ReplayName: replay.name,
  EventSourceArn: replay.archiveArn,
  State: replay.state,
  EventStartTime: new Date(replay.from),
  EventEndTime: new Date(replay.to),
  EventLastReplayedTime: replay.lastReplayedAt === undefined ? undefined : new Date(replay.lastReplayedAt),
  ReplayStartTime: new Date(replay.startedAt),
  ReplayEndTime: replay.endedAt === undefined ? undefined : new Date(replay.endedAt),
});

const find = ({ replays }: Pick<Room, "replays">, name: string): ReplayRecord => {
  const replay = replays.get(name);
  if (!replay) throw replayNotFound(name);
  return replay;
};
