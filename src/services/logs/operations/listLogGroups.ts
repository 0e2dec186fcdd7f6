import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidParameter } from "../errors.ts";
import { DEFAULT_LIST_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { GroupRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { logGroupClass } from "../views.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html */
export const listLogGroups =
  (room: Room): Operation<"ListLogGroups"> =>
  async (ctx, input) => {
    for (const member of ["dataSources", "fieldIndexNames"] as const)
      if (input[member]) throw new NotImplemented(`ListLogGroups with ${member}`);
    const isNamed = matcher(input.logGroupNamePattern);
    const isAskedFor = (group: GroupRecord) =>
      isNamed(group.name) &&
      (input.logGroupClass === undefined || logGroupClass(group) === input.logGroupClass) &&
      (input.logGroupTags ?? []).every(({ key = "", values = [] }) => hasTag(group, key, values)) &&
      (input.accountIdentifiers === undefined || input.accountIdentifiers.includes(ctx.account));
    const all = [...room.groups.values()].filter(isAskedFor);
    const { items, nextToken } = page(all, ({ name }) => name, input.nextToken, input.limit ?? DEFAULT_LIST_SIZE);
    return {
      logGroups: items.map((group) => ({
        logGroupName: group.name,
        logGroupArn: ctx.arn("log-group", group.name),
        logGroupClass: logGroupClass(group),
      })),
      ...(nextToken ? { nextToken } : {}),
    };
  };

const hasTag = ({ tags }: GroupRecord, key: string, values: readonly string[]): boolean =>
  Object.hasOwn(tags, key) && (values.length === 0 || values.includes(tags[key] ?? ""));

/** AWS: texts to be found anywhere, or with `^` at the beginning; `|` stands between. */
const matcher = (pattern: string | undefined): ((name: string) => boolean) => {
  if (pattern === undefined) return () => true;
  const parts = pattern.split("|");
  if (parts.some((part) => !/^\^?[\w/.#-]{3,24}$/.test(part)) || parts.length > MAX_PATTERNS)
    throw invalidParameter(`1 validation error detected: Value '${pattern}' at 'logGroupNamePattern' is no pattern`);
  return (name) => parts.some((part) => (part.startsWith("^") ? name.startsWith(part.slice(1)) : name.includes(part)));
};

const MAX_PATTERNS = 5;
