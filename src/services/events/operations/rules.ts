import { patternFault } from "../../../engines/pattern/patternFault.ts";
import { agreesInNumber, parseSchedule } from "../../../engines/schedule/expression.ts";
import { askForTrail } from "../delivery/askForTrail.ts";
import { scheduleNext } from "../delivery/scheduled.ts";
import { invalidPattern, validationError } from "../errors.ts";
import { busName, findBus, findOwnRule, findRule, refuseManaged } from "../find.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import { nextOf, page } from "../paging.ts";
import { DEFAULT_BUS, type RuleRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<
  Room,
  "rules" | "buses" | "partition" | "region" | "account" | "clock" | "agenda" | "events" | "endAsking"
>;

export const putRule =
  (room: Parts): Operation<"PutRule"> =>
  async (ctx, input) => {
    const bus = findBus(room, input.EventBusName);
    if (input.EventPattern === undefined && input.ScheduleExpression === undefined) {
      throw validationError("Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    checkSchedule(bus.name, input.ScheduleExpression);
    checkPattern(input.EventPattern);
    const existing = room.rules.get([bus.name, input.Name]);
    refuseManaged(existing);
    const arn = ctx.arn(bus.name === DEFAULT_BUS ? `rule/${input.Name}` : `rule/${bus.name}/${input.Name}`);
    const rule: RuleRecord = {
      name: input.Name,
      bus: bus.name,
      arn,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.RoleArn === undefined ? {} : { roleArn: input.RoleArn }),
      ...(input.EventPattern === undefined ? {} : { eventPattern: input.EventPattern }),
      ...(input.ScheduleExpression === undefined
        ? {}
        : { scheduleExpression: input.ScheduleExpression, startsAt: room.clock.now() }),
      enabled: input.State !== "DISABLED",
      targets: existing?.targets ?? [],
      tags: existing?.tags ?? (input.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
      createdAt: existing?.createdAt ?? room.clock.now(),
    };
    room.rules.put([bus.name, rule.name], rule);
    askForTrail(room);
    scheduleNext(room, rule);
    return { RuleArn: arn };
  };

const checkSchedule = (bus: string, expression: string | undefined): void => {
  if (expression === undefined) return;
  if (bus !== DEFAULT_BUS) throw validationError("ScheduleExpression is supported only on the default event bus.");
  const schedule = agreesInNumber(expression) ? parseSchedule(expression) : undefined;
  if (!schedule || schedule.kind === "at") throw validationError("Parameter ScheduleExpression is not valid.");
};

/** Throws InvalidEventPatternException. */
export const checkPattern = (text: string | undefined): void => {
  if (text === undefined) return;
  const fault = patternFault(text);
  if (fault !== undefined) throw invalidPattern(fault);
};

const ruleView = (rule: RuleRecord) => ({
  Name: rule.name,
  Arn: rule.arn,
  EventPattern: rule.eventPattern,
  State: rule.enabled ? ("ENABLED" as const) : ("DISABLED" as const),
  Description: rule.description,
  ScheduleExpression: rule.scheduleExpression,
  RoleArn: rule.roleArn,
  EventBusName: rule.bus,
  ManagedBy: rule.managedBy,
});

export const describeRule =
  (room: Parts): Operation<"DescribeRule"> =>
  async (_ctx, input) => ({ ...ruleView(findRule(room, input.Name, input.EventBusName)), CreatedBy: room.account });

export const listRules =
  (room: Parts): Operation<"ListRules"> =>
  async (_ctx, { EventBusName, NamePrefix = "", NextToken, Limit = DEFAULT_PAGE_SIZE }) => {
    const bus = findBus(room, EventBusName);
    const all = [...room.rules.values({ prefix: [bus.name] })].filter(({ name }) => name.startsWith(NamePrefix));
    const { items, ...next } = page(all, ({ name }) => name, NextToken, Limit);
    return { Rules: items.map(ruleView), ...nextOf(next) };
  };

export const deleteRule =
  (room: Parts): Operation<"DeleteRule"> =>
  async (_ctx, input) => {
    const bus = busName(input.EventBusName);
    const rule = room.rules.get([bus, input.Name]);
    refuseManaged(rule);
    // AWS: deleting what is not there is no error.
    if (rule && rule.targets.length > 0) throw validationError("Rule can't be deleted since it has targets.");
    room.rules.delete([bus, input.Name]);
    askForTrail(room);
    if (bus === DEFAULT_BUS) room.agenda.clear(input.Name);
    return {};
  };

const setEnabled = (room: Parts, rule: RuleRecord, enabled: boolean) => {
  const changed = { ...rule, enabled, ...(rule.startsAt === undefined ? {} : { startsAt: room.clock.now() }) };
  room.rules.put([rule.bus, rule.name], changed);
  askForTrail(room);
  scheduleNext(room, changed);
  return {};
};

export const enableRule =
  (room: Parts): Operation<"EnableRule"> =>
  async (_ctx, input) =>
    setEnabled(room, findOwnRule(room, input.Name, input.EventBusName), true);

export const disableRule =
  (room: Parts): Operation<"DisableRule"> =>
  async (_ctx, input) =>
    setEnabled(room, findOwnRule(room, input.Name, input.EventBusName), false);
