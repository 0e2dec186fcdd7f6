import { patternFault } from "../../../engines/pattern/eventPattern.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidPattern, limitExceeded, validationError } from "../errors.ts";
import { busName, findBus, findRule } from "../find.ts";
import { DEFAULT_PAGE_SIZE, MAX_TARGETS_PER_RULE } from "../limits.ts";
import { DEFAULT_BUS, type RuleRecord, type TargetRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "rules" | "buses" | "partition" | "region" | "account" | "clock">;

export const putRule =
  (room: Parts): Operation<"PutRule"> =>
  async (ctx, input) => {
    const bus = findBus(room, input.EventBusName);
    if (input.EventPattern === undefined && input.ScheduleExpression === undefined) {
      throw validationError("Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    if (input.ScheduleExpression !== undefined) throw new NotImplemented("EventBridge rules with a ScheduleExpression");
    checkPattern(input.EventPattern);
    const existing = room.rules.get([bus.name, input.Name]);
    const arn = ctx.arn(bus.name === DEFAULT_BUS ? `rule/${input.Name}` : `rule/${bus.name}/${input.Name}`);
    const rule: RuleRecord = {
      name: input.Name,
      bus: bus.name,
      arn,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.RoleArn === undefined ? {} : { roleArn: input.RoleArn }),
      ...(input.EventPattern === undefined ? {} : { eventPattern: input.EventPattern }),
      enabled: input.State !== "DISABLED",
      targets: existing?.targets ?? [],
      tags: existing?.tags ?? (input.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
      createdAt: existing?.createdAt ?? room.clock.now(),
    };
    room.rules.put([bus.name, rule.name], rule);
    return { RuleArn: arn };
  };

/** Throws InvalidEventPatternException. */
export const checkPattern = (text: string | undefined): void => {
  if (text === undefined) return;
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalidPattern("Filter is not an object");
  }
  const fault = patternFault(pattern);
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
});

export const describeRule =
  (room: Parts): Operation<"DescribeRule"> =>
  async (_ctx, input) => ({ ...ruleView(findRule(room, input.Name, input.EventBusName)), CreatedBy: room.account });

export const listRules =
  (room: Parts): Operation<"ListRules"> =>
  async (_ctx, input) => {
    const bus = findBus(room, input.EventBusName);
    const all = [...room.rules.range({ prefix: [bus.name] })].map(({ value }) => value);
    const wanted = all.filter(
      ({ name }) =>
        name.startsWith(input.NamePrefix ?? "") && (input.NextToken === undefined || name > input.NextToken),
    );
    const limit = input.Limit ?? DEFAULT_PAGE_SIZE;
    const page = wanted.slice(0, limit);
    return { Rules: page.map(ruleView), ...(wanted.length > limit ? { NextToken: page.at(-1)?.name } : {}) };
  };

export const deleteRule =
  (room: Parts): Operation<"DeleteRule"> =>
  async (_ctx, input) => {
    const bus = busName(input.EventBusName);
    const rule = room.rules.get([bus, input.Name]);
    // AWS: deleting what is not there is no error.
    if (rule && rule.targets.length > 0) throw validationError("Rule can't be deleted since it has targets.");
    room.rules.delete([bus, input.Name]);
    return {};
  };

const setEnabled = ({ rules }: Pick<Room, "rules">, rule: RuleRecord, enabled: boolean) => {
  rules.put([rule.bus, rule.name], { ...rule, enabled });
  return {};
};

export const enableRule =
  (room: Parts): Operation<"EnableRule"> =>
  async (_ctx, input) =>
    setEnabled(room, findRule(room, input.Name, input.EventBusName), true);

export const disableRule =
  (room: Parts): Operation<"DisableRule"> =>
  async (_ctx, input) =>
    setEnabled(room, findRule(room, input.Name, input.EventBusName), false);

export const putTargets =
  (room: Parts): Operation<"PutTargets"> =>
  async (_ctx, input) => {
    const rule = findRule(room, input.Rule, input.EventBusName);
    const added = input.Targets.map(readTarget);
    const kept = rule.targets.filter(({ id }) => !added.some((target) => target.id === id));
    const targets = [...kept, ...added];
    if (targets.length > MAX_TARGETS_PER_RULE)
      throw limitExceeded("The requested resource exceeds the maximum number allowed.");
    room.rules.put([rule.bus, rule.name], { ...rule, targets });
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

type TargetInput = Parameters<ReturnType<typeof putTargets>>[1]["Targets"][number];

const readTarget = (input: TargetInput): TargetRecord => ({
  id: input.Id,
  arn: input.Arn,
  ...(input.RoleArn === undefined ? {} : { roleArn: input.RoleArn }),
  ...(input.Input === undefined ? {} : { input: input.Input }),
  ...(input.InputPath === undefined ? {} : { inputPath: input.InputPath }),
  ...(input.InputTransformer === undefined
    ? {}
    : {
        inputTransformer: {
          paths: input.InputTransformer.InputPathsMap ?? {},
          template: input.InputTransformer.InputTemplate,
        },
      }),
  ...(input.SqsParameters?.MessageGroupId === undefined ? {} : { messageGroupId: input.SqsParameters.MessageGroupId }),
  ...(input.RetryPolicy?.MaximumRetryAttempts === undefined
    ? {}
    : { maxRetries: input.RetryPolicy.MaximumRetryAttempts }),
  ...(input.DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: input.DeadLetterConfig.Arn }),
});

export const removeTargets =
  (room: Parts): Operation<"RemoveTargets"> =>
  async (_ctx, input) => {
    const rule = findRule(room, input.Rule, input.EventBusName);
    room.rules.put([rule.bus, rule.name], {
      ...rule,
      targets: rule.targets.filter(({ id }) => !input.Ids.includes(id)),
    });
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

export const listTargetsByRule =
  (room: Parts): Operation<"ListTargetsByRule"> =>
  async (_ctx, input) => ({
    Targets: findRule(room, input.Rule, input.EventBusName).targets.map((target) => ({
      Id: target.id,
      Arn: target.arn,
      RoleArn: target.roleArn,
      Input: target.input,
      InputPath: target.inputPath,
      ...(target.inputTransformer
        ? {
            InputTransformer: {
              InputPathsMap: { ...target.inputTransformer.paths },
              InputTemplate: target.inputTransformer.template,
            },
          }
        : {}),
      ...(target.maxRetries === undefined ? {} : { RetryPolicy: { MaximumRetryAttempts: target.maxRetries } }),
      ...(target.deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: target.deadLetterArn } }),
    })),
  });
