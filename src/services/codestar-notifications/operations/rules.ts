import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { principalArn } from "../../../kernel/principal.ts";
import { ruleExists, ruleNotFound, validation } from "../errors.ts";
import { EVENT_TYPES, type EventType, findEventType } from "../eventTypes.ts";
import { MAX_TARGETS, PAGE_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { RuleRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { addressOf, noteTargets, targetView } from "../targets.ts";

const SERVICES: Readonly<Record<string, EventType["serviceName"]>> = {
  codepipeline: "CodePipeline",
  codebuild: "CodeBuild",
  codecommit: "CodeCommit",
  codedeploy: "CodeDeploy",
};

export const findRule = ({ rules }: Pick<Room, "rules">, arn: string): RuleRecord => {
  const rule = rules.get(arn);
  if (!rule) throw ruleNotFound(arn);
  return rule;
};

export const createNotificationRule =
  (room: Room): Operation<"CreateNotificationRule"> =>
  async (ctx, input) => {
    const { ids, clock } = room.deps;
    const { ClientRequestToken: token } = input;
    const all = [...room.rules.range()].map(({ value }) => value);
    const again = token === undefined ? undefined : all.find((rule) => rule.clientRequestToken === token);
    if (again) return { Arn: again.arn };
    if (all.some(({ name, resource }) => name === input.Name && resource === input.Resource))
      throw ruleExists(input.Name);
    const targets = targetsFrom(input.Targets);
    const id = ids.hex(40);
    const now = clock.now();
    const rule: RuleRecord = {
      id,
      arn: ctx.arn(`notificationrule/${id}`),
      name: input.Name,
      eventTypeIds: checkedTypes(input.EventTypeIds, input.Resource),
      resource: input.Resource,
      targets,
      detailType: input.DetailType === "FULL" ? "FULL" : "BASIC",
      enabled: input.Status !== "DISABLED",
      createdBy: principalArn(ctx.principal),
      createdAt: now,
      modifiedAt: now,
      ...(token === undefined ? {} : { clientRequestToken: token }),
      tags: { ...input.Tags },
    };
    room.rules.put(rule.arn, rule);
    noteTargets(room, targets);
    return { Arn: rule.arn };
  };

const targetsFrom = (targets: Parameters<typeof addressOf>[0][]): readonly string[] => {
  if (targets.length > MAX_TARGETS) throw validation(`A notification rule can have at most ${MAX_TARGETS} targets.`);
  return [...new Set(targets.map(addressOf))];
};

/** AWS: a rule asks for events of its resource's own service. */
const checkedTypes = (typeIds: readonly string[], resource: string): readonly string[] => {
  const service = parseArn(resource)?.service ?? "";
  const serviceName = SERVICES[service];
  if (!serviceName) throw new NotImplemented(`codestar-notifications rules on ${service || resource}`);
  if (typeIds.length === 0) throw validation("At least one event type must be given.");
  const wrong = typeIds.find((id) => findEventType(id)?.serviceName !== serviceName);
  if (wrong !== undefined) throw validation(`Invalid EventTypeId: ${wrong}`);
  return [...new Set(typeIds)];
};

export const updateNotificationRule =
  (room: Room): Operation<"UpdateNotificationRule"> =>
  async (_ctx, input) => {
    const rule = findRule(room, input.Arn);
    const targets = input.Targets === undefined ? rule.targets : targetsFrom(input.Targets);
    room.rules.put(rule.arn, {
      ...rule,
      name: input.Name ?? rule.name,
      eventTypeIds:
        input.EventTypeIds === undefined ? rule.eventTypeIds : checkedTypes(input.EventTypeIds, rule.resource),
      targets,
      detailType: input.DetailType === undefined ? rule.detailType : input.DetailType === "FULL" ? "FULL" : "BASIC",
      enabled: input.Status === undefined ? rule.enabled : input.Status === "ENABLED",
      modifiedAt: room.deps.clock.now(),
    });
    noteTargets(room, targets);
    return {};
  };

/** AWS: deleting what is not there is no error. */
export const deleteNotificationRule =
  (room: Room): Operation<"DeleteNotificationRule"> =>
  async (_ctx, { Arn }) => {
    room.rules.delete(Arn);
    return { Arn };
  };

const typeView = ({ id, serviceName, name, resourceType }: EventType) => ({
  EventTypeId: id,
  ServiceName: serviceName,
  EventTypeName: name,
  ResourceType: resourceType,
});

export const describeNotificationRule =
  (room: Room): Operation<"DescribeNotificationRule"> =>
  async (_ctx, { Arn }) => {
    const rule = findRule(room, Arn);
    return {
      Arn,
      Name: rule.name,
      EventTypes: rule.eventTypeIds.flatMap((id) => {
        const type = findEventType(id);
        return type ? [typeView(type)] : [];
      }),
      Resource: rule.resource,
      Targets: rule.targets.map((address) => targetView(room.targets.get(address) ?? { address, status: "ACTIVE" })),
      DetailType: rule.detailType,
      CreatedBy: rule.createdBy,
      Status: rule.enabled ? "ENABLED" : "DISABLED",
      CreatedTimestamp: new Date(rule.createdAt),
      LastModifiedTimestamp: new Date(rule.modifiedAt),
      Tags: rule.tags,
    };
  };

type Filter = { readonly Name: string; readonly Value: string };

const passes = (filters: readonly Filter[] | undefined, has: (name: string, value: string) => boolean): boolean =>
  (filters ?? []).every(({ Name, Value }) => has(Name, Value));

export const listNotificationRules =
  (room: Room): Operation<"ListNotificationRules"> =>
  async (_ctx, input) => {
    const wanted = [...room.rules.range()]
      .map(({ value }) => value)
      .filter((rule) =>
        passes(input.Filters, (name, value) => {
          if (name === "EVENT_TYPE_ID") return rule.eventTypeIds.includes(value);
          if (name === "CREATED_BY") return rule.createdBy === value;
          return name === "RESOURCE" ? rule.resource === value : rule.targets.includes(value);
        }),
      );
    const { items, nextToken } = page(wanted, ({ arn }) => arn, input.NextToken, input.MaxResults ?? PAGE_SIZE);
    return {
      NotificationRules: items.map(({ id, arn }) => ({ Id: id, Arn: arn })),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

export const listEventTypes = (): Operation<"ListEventTypes"> => async (_ctx, input) => {
  const wanted = EVENT_TYPES.filter(({ serviceName, resourceType }) =>
    passes(input.Filters, (name, value) => value === (name === "SERVICE_NAME" ? serviceName : resourceType)),
  );
  const { items, nextToken } = page(wanted, ({ id }) => id, input.NextToken, input.MaxResults ?? PAGE_SIZE);
  return { EventTypes: items.map(typeView), ...(nextToken ? { NextToken: nextToken } : {}) };
};
