import { validation } from "../errors.ts";
import { MAX_TARGETS, PAGE_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { addressOf, noteTargets, targetView } from "../targets.ts";
import { findRule } from "./rules.ts";

export const subscribe =
  (room: Room): Operation<"Subscribe"> =>
  async (_ctx, { Arn, Target }) => {
    const rule = findRule(room, Arn);
    const address = addressOf(Target);
    const targets = [...new Set([...rule.targets, address])];
    if (targets.length > MAX_TARGETS) throw validation(`A notification rule can have at most ${MAX_TARGETS} targets.`);
    room.rules.put(Arn, { ...rule, targets });
    noteTargets(room, [address]);
    return { Arn };
  };

export const unsubscribe =
  (room: Room): Operation<"Unsubscribe"> =>
  async (_ctx, { Arn, TargetAddress }) => {
    const rule = findRule(room, Arn);
    room.rules.put(Arn, { ...rule, targets: rule.targets.filter((address) => address !== TargetAddress) });
    return { Arn };
  };

export const listTargets =
  (room: Room): Operation<"ListTargets"> =>
  async (_ctx, input) => {
    const wanted = [...room.targets.range()]
      .map(({ value }) => targetView(value))
      .filter((target) =>
        (input.Filters ?? []).every(({ Name, Value }) => {
          if (Name === "TARGET_TYPE") return target.TargetType === Value;
          return Name === "TARGET_ADDRESS" ? target.TargetAddress === Value : target.TargetStatus === Value;
        }),
      );
    const { items, nextToken } = page(
      wanted,
      ({ TargetAddress }) => TargetAddress,
      input.NextToken,
      input.MaxResults ?? PAGE_SIZE,
    );
    return { Targets: items, ...(nextToken ? { NextToken: nextToken } : {}) };
  };

/** AWS: a target that rules still have goes only by force. */
export const deleteTarget =
  (room: Room): Operation<"DeleteTarget"> =>
  async (_ctx, { TargetAddress, ForceUnsubscribeAll }) => {
    const users = [...room.rules.range()]
      .map(({ value }) => value)
      .filter(({ targets }) => targets.includes(TargetAddress));
    if (users.length > 0 && !ForceUnsubscribeAll)
      throw validation(`The target ${TargetAddress} is still subscribed to a notification rule.`);
    for (const rule of users)
      room.rules.put(rule.arn, { ...rule, targets: rule.targets.filter((address) => address !== TargetAddress) });
    room.targets.delete(TargetAddress);
    return {};
  };
