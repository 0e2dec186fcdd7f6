import type { SamplingRuleUpdate } from "@aws-sdk/client-xray";
import { invalidRequest } from "../errors.ts";
import type { SamplingRuleRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { DEFAULT_RULE, findRule } from "../sampling/rules.ts";
import { samplingRuleView } from "../views.ts";

export const updateSamplingRule =
  (room: Room): Operation<"UpdateSamplingRule"> =>
  async (_ctx, { SamplingRuleUpdate: update }) => {
    const rule = findRule(room, update);
    if (rule.name === DEFAULT_RULE) refuseBeyondDefault(update);
    refuseOutOfRange(update);
    const record = { ...rule, ...changesOf(update), modifiedAt: room.clock.now() };
    room.rules.put(rule.name, record);
    return { SamplingRuleRecord: samplingRuleView(room, record) };
  };

const CHANGEABLE = ["RuleName", "RuleARN", "FixedRate", "ReservoirSize"];

/** AWS: of the default rule only the rate and the reservoir are anybody's. */
const refuseBeyondDefault = (update: SamplingRuleUpdate): void => {
  const given = Object.entries(update).filter(([, value]) => value !== undefined);
  if (given.some(([name]) => !CHANGEABLE.includes(name)))
    throw invalidRequest("Only the fixed rate and the reservoir size of the default sampling rule can be changed.");
};

/** What the model bounds of new rules and not of changed ones. */
const refuseOutOfRange = ({ Priority = 1, FixedRate = 0, ReservoirSize = 0 }: SamplingRuleUpdate): void => {
  if (Priority < 1 || Priority > 9999) throw invalidRequest("The priority must be between 1 and 9999.");
  if (FixedRate < 0 || FixedRate > 1) throw invalidRequest("The fixed rate must be between 0 and 1.");
  if (ReservoirSize < 0) throw invalidRequest("The reservoir size must not be negative.");
};

const changesOf = (update: SamplingRuleUpdate): Partial<SamplingRuleRecord> => {
  const changes = {
    resourceArn: update.ResourceARN,
    priority: update.Priority,
    fixedRate: update.FixedRate,
    reservoirSize: update.ReservoirSize,
    serviceName: update.ServiceName,
    serviceType: update.ServiceType,
    host: update.Host,
    httpMethod: update.HTTPMethod,
    urlPath: update.URLPath,
    attributes: update.Attributes,
    boost: update.SamplingRateBoost,
  };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
};
