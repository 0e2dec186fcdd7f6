import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { crossAccountFunction, filterNotFound, invalidParameter, limitExceeded } from "../errors.ts";
import { parseFilterPattern } from "../filterPattern/filterPattern.ts";
import { asLogs } from "../filters/subscriptions.ts";
import { findGroup } from "../find.ts";
import { DEFAULT_LIST_SIZE, MAX_SUBSCRIPTION_FILTERS } from "../limits.ts";
import { page } from "../paging.ts";
import type { SubscriptionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const putSubscriptionFilter =
  (room: Room): Operation<"PutSubscriptionFilter"> =>
  async (ctx, input) => {
    const { filterName, destinationArn, roleArn, distribution } = input;
    const destination = parseArn(destinationArn);
    if (destination === undefined) throw invalidParameter("destinationArn is not a valid ARN.");
    const { service, account } = destination;
    if (service === "lambda" && account !== ctx.account) throw crossAccountFunction();
    const { name: group } = findGroup(room, input.logGroupName);
    parseFilterPattern(input.filterPattern);
    if (STREAM_VENDORS.has(service) && roleArn === undefined) {
      throw invalidParameter(`destinationArn for vendor ${service} cannot be used without roleArn`);
    }
    if (service !== "lambda") throw new NotImplemented(`logs subscriptions of ${service}`);
    const key = [group, filterName];
    const known = room.subscriptions.get(key);
    if (!known && room.subscriptions.count({ prefix: [group] }) >= MAX_SUBSCRIPTION_FILTERS) throw limitExceeded();
    await checkDestination(room, group, destinationArn);
    room.subscriptions.put(key, {
      group,
      name: filterName,
      pattern: input.filterPattern,
      destinationArn,
      createdAt: known?.createdAt ?? room.clock.now(),
      ...(roleArn === undefined ? {} : { roleArn }),
      ...(distribution === undefined ? {} : { distribution }),
    });
    room.filters.forget(group);
    return {};
  };

/** What is written to under a role of its owner's. */
const STREAM_VENDORS: ReadonlySet<string> = new Set(["kinesis", "firehose"]);

/** AWS: the function is tried at once; what may not call it is told so. */
const checkDestination = async (room: Room, group: string, FunctionName: string): Promise<void> => {
  try {
    await asLogs(room, group).call("lambda", "Invoke", { FunctionName, InvocationType: "DryRun" });
  } catch {
    // AWS: the same words whatever the reason.
    throw invalidParameter(
      "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
    );
  }
};

export const describeSubscriptionFilters =
  (room: Room): Operation<"DescribeSubscriptionFilters"> =>
  async (_ctx, input) => {
    const { name: group } = findGroup(room, input.logGroupName);
    const wanted = [...room.subscriptions.range({ prefix: [group] })]
      .map(({ value }) => value)
      .filter(({ name }) => name.startsWith(input.filterNamePrefix ?? ""));
    const { items, ...next } = page(wanted, ({ name }) => name, input.nextToken, input.limit ?? DEFAULT_LIST_SIZE);
    return { subscriptionFilters: items.map(subscriptionView), ...next };
  };

const subscriptionView = (record: SubscriptionRecord) => ({
  filterName: record.name,
  logGroupName: record.group,
  filterPattern: record.pattern,
  destinationArn: record.destinationArn,
  ...(record.roleArn === undefined ? {} : { roleArn: record.roleArn }),
  distribution: record.distribution === "Random" ? ("Random" as const) : ("ByLogStream" as const),
  creationTime: record.createdAt,
  applyOnTransformedLogs: false,
});

export const deleteSubscriptionFilter =
  (room: Room): Operation<"DeleteSubscriptionFilter"> =>
  async (_ctx, { logGroupName, filterName }) => {
    const { name: group } = findGroup(room, logGroupName);
    if (!room.subscriptions.delete([group, filterName])) throw filterNotFound("subscription");
    room.filters.forget(group);
    return {};
  };
