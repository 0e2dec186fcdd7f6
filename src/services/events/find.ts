import { busNotFound, managedRule, ruleNotFound } from "./errors.ts";
import { type BusRecord, DEFAULT_BUS, type RuleRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A bus's name from what may be its ARN. */
export const busName = (nameOrArn: string | undefined): string => {
  if (nameOrArn === undefined) return DEFAULT_BUS;
  return nameOrArn.startsWith("arn:") ? (nameOrArn.split(":event-bus/")[1] ?? nameOrArn) : nameOrArn;
};

/** The bus of that name. The default one is there without having been made. */
export const findBus = (
  room: Pick<Room, "buses" | "partition" | "region" | "account">,
  nameOrArn: string | undefined,
): BusRecord => {
  const name = busName(nameOrArn);
  const bus = room.buses.get(name);
  if (bus) return bus;
  if (name !== DEFAULT_BUS) throw busNotFound(name);
  const arn = `arn:${room.partition}:events:${room.region}:${room.account}:event-bus/${DEFAULT_BUS}`;
  return { name, arn, tags: [], createdAt: 0 };
};

export const findRule = ({ rules }: Pick<Room, "rules">, name: string, bus: string | undefined): RuleRecord => {
  const rule = rules.get([busName(bus), name]);
  if (!rule) throw ruleNotFound(name, busName(bus));
  return rule;
};

/** A rule that may be changed: one that is not a service's. */
export const findOwnRule = (room: Pick<Room, "rules">, name: string, bus: string | undefined): RuleRecord => {
  const rule = findRule(room, name, bus);
  refuseManaged(rule);
  return rule;
};

export const refuseManaged = (rule: RuleRecord | undefined): void => {
  if (rule?.managedBy !== undefined) throw managedRule(rule.name, rule.managedBy);
};

/** What the ARN of a rule names: `rule/NAME`, or `rule/BUS/NAME`. */
export const ruleNamedBy = (arn: string): { readonly bus: string; readonly name: string } => {
  const parts = (arn.split(":rule/")[1] ?? "").split("/");
  const [bus = "", name = ""] = parts.length === 1 ? [DEFAULT_BUS, parts[0]] : parts;
  return { bus, name };
};
