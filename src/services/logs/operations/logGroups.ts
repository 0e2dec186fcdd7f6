import { groupExists, invalidParameter } from "../errors.ts";
import { findGroup, groupNameIn } from "../find.ts";
import { DEFAULT_LIST_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { GroupRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { foundGroupView, groupView } from "../views.ts";

export const createLogGroup =
  ({ groups, clock }: Pick<Room, "groups" | "clock">): Operation<"CreateLogGroup"> =>
  async (_ctx, input) => {
    if (groups.has(input.logGroupName)) throw groupExists();
    groups.put(input.logGroupName, {
      name: input.logGroupName,
      createdAt: clock.now(),
      logGroupClass: input.logGroupClass ?? "STANDARD",
      ...(input.kmsKeyId === undefined ? {} : { kmsKeyId: input.kmsKeyId }),
      ...(input.deletionProtectionEnabled ? { deletionProtected: true } : {}),
      tags: { ...input.tags },
    });
    return {};
  };

export const deleteLogGroup =
  (room: Room): Operation<"DeleteLogGroup"> =>
  async (_ctx, { logGroupName }) => {
    const group = findGroup(room, logGroupName);
    if (group.deletionProtected) throw invalidParameter("Log group cannot be deleted while deletion protection is on.");
    room.records.atomically(() => {
      room.groups.delete(group.name);
      room.streams.clear({ prefix: [group.name] });
      room.batches.clear({ prefix: [group.name] });
      room.metricFilters.clear({ prefix: [group.name] });
      room.subscriptions.clear({ prefix: [group.name] });
    });
    room.filters.forget(group.name);
    return {};
  };

export const describeLogGroups =
  (room: Pick<Room, "groups" | "streams" | "metricFilters">): Operation<"DescribeLogGroups"> =>
  async (ctx, input) => {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers: identifiers } = input;
    if (prefix !== undefined && pattern !== undefined) {
      throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    const named = identifiers && new Set(identifiers.map(groupNameIn));
    const isAskedFor = ({ name }: GroupRecord) =>
      name.startsWith(prefix ?? "") &&
      name.toLowerCase().includes((pattern ?? "").toLowerCase()) &&
      (!named || named.has(name));
    const all = valuesOf(room.groups.range(prefix === undefined ? {} : { gte: prefix }), isAskedFor, prefix);
    const { items, nextToken } = page(all, ({ name }) => name, input.nextToken, input.limit ?? DEFAULT_LIST_SIZE);
    const view = pattern === undefined ? groupView : foundGroupView;
    return { logGroups: items.map((group) => view(room, ctx, group)), ...(nextToken ? { nextToken } : {}) };
  };

export const putRetentionPolicy =
  ({ groups }: Pick<Room, "groups">): Operation<"PutRetentionPolicy"> =>
  async (_ctx, { logGroupName, retentionInDays }) => {
    const group = findGroup({ groups }, logGroupName);
    if (!RETENTION_DAYS.has(retentionInDays)) {
      throw invalidParameter(
        `Invalid retention value: ${retentionInDays}. Valid values are ${[...RETENTION_DAYS].join(", ")}`,
      );
    }
    groups.put(group.name, { ...group, retentionDays: retentionInDays });
    return {};
  };

export const deleteRetentionPolicy =
  ({ groups }: Pick<Room, "groups">): Operation<"DeleteRetentionPolicy"> =>
  async (_ctx, { logGroupName }) => {
    const { retentionDays: _, ...group } = findGroup({ groups }, logGroupName);
    groups.put(group.name, group);
    return {};
  };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

/** Values in key order that are asked for; with a prefix, reading stops where it ends. */
function* valuesOf(
  entries: Iterable<{ readonly value: GroupRecord }>,
  isAskedFor: (group: GroupRecord) => boolean,
  prefix = "",
): Generator<GroupRecord> {
  for (const { value } of entries) {
    if (!value.name.startsWith(prefix)) return;
    if (isAskedFor(value)) yield value;
  }
}
