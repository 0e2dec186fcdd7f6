import { invalidRequest, tooManyRules, tooManyTags } from "../errors.ts";
import { MAX_SAMPLING_RULES, MAX_TAGS } from "../limits.ts";
import { page } from "../paging.ts";
import type { SamplingRuleRecord } from "../records.ts";
import { type Operation, type Room, xrayArn } from "../room.ts";
import { DEFAULT_RULE, findRule, rulesOf } from "../sampling/rules.ts";
import { samplingRuleView } from "../views.ts";

const PAGE = 100;

export const createSamplingRule =
  (room: Room): Operation<"CreateSamplingRule"> =>
  async (_ctx, { SamplingRule: rule, Tags = [] }) => {
    const { RuleName: name } = rule;
    if (name === undefined) throw invalidRequest("The sampling rule must have a name.");
    if (rule.RuleARN !== undefined) throw invalidRequest("The ARN of a new sampling rule cannot be given.");
    if (rule.Version !== 1) throw invalidRequest("The version of a sampling rule must be 1.");
    if (name === DEFAULT_RULE || room.rules.has(name))
      throw invalidRequest(`The sampling rule ${name} already exists.`);
    if (rulesOf(room).length > MAX_SAMPLING_RULES) throw tooManyRules();
    if (Tags.length > MAX_TAGS) throw tooManyTags(xrayArn(room, `sampling-rule/${name}`));
    const now = room.clock.now();
    const record: SamplingRuleRecord = {
      name,
      resourceArn: rule.ResourceARN,
      priority: rule.Priority,
      fixedRate: rule.FixedRate,
      reservoirSize: rule.ReservoirSize,
      serviceName: rule.ServiceName,
      serviceType: rule.ServiceType,
      host: rule.Host,
      httpMethod: rule.HTTPMethod,
      urlPath: rule.URLPath,
      attributes: rule.Attributes ?? {},
      ...(rule.SamplingRateBoost ? { boost: rule.SamplingRateBoost } : {}),
      createdAt: now,
      modifiedAt: now,
      tags: Tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
    };
    room.rules.put(name, record);
    return { SamplingRuleRecord: samplingRuleView(room, record) };
  };

export const deleteSamplingRule =
  (room: Room): Operation<"DeleteSamplingRule"> =>
  async (_ctx, input) => {
    const rule = findRule(room, input);
    if (rule.name === DEFAULT_RULE) throw invalidRequest("The default sampling rule cannot be deleted.");
    room.rules.delete(rule.name);
    room.statistics.clear({ prefix: [rule.name] });
    return { SamplingRuleRecord: samplingRuleView(room, rule) };
  };

export const getSamplingRules =
  (room: Room): Operation<"GetSamplingRules"> =>
  async (_ctx, { NextToken }) => {
    const { items, nextToken } = page(rulesOf(room), ({ name }) => name, NextToken, PAGE);
    return {
      SamplingRuleRecords: items.map((rule) => samplingRuleView(room, rule)),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };
