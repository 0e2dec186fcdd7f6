import { NotImplemented } from "../../../kernel/errors.ts";
import { STATISTICS_PAGE } from "../limits.ts";
import { pageAt } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { rulesOf } from "../sampling/rules.ts";
import { keepStatistics, STATISTICS_MS, targetOf } from "../sampling/targets.ts";

export const getSamplingTargets =
  (room: Room): Operation<"GetSamplingTargets"> =>
  async (_ctx, { SamplingStatisticsDocuments: documents, SamplingBoostStatisticsDocuments: boosts = [] }) => {
    if (boosts.length > 0) throw new NotImplemented("xray:GetSamplingTargets.SamplingBoostStatisticsDocuments");
    const rules = new Map(rulesOf(room).map((rule) => [rule.name, rule]));
    const now = room.clock.now();
    const targets = [];
    const unprocessed = [];
    for (const document of documents) {
      const rule = rules.get(document.RuleName);
      if (!rule) {
        unprocessed.push(noRule(document.RuleName));
        continue;
      }
      keepStatistics(room, rule.name, document);
      targets.push(targetOf(rule, room.askers.note(rule.name, document.ClientID, now), now));
    }
    return {
      SamplingTargetDocuments: targets,
      LastRuleModification: new Date(Math.max(...[...rules.values()].map(({ modifiedAt }) => modifiedAt))),
      UnprocessedStatistics: unprocessed,
    };
  };

/** AWS: a rule may have been deleted since it was asked for. Its code is not among what is documented. */
const noRule = (name: string) => ({
  RuleName: name,
  ErrorCode: "InvalidRuleName",
  Message: `The sampling rule ${name} does not exist.`,
});

export const getSamplingStatisticSummaries =
  (room: Room): Operation<"GetSamplingStatisticSummaries"> =>
  async (_ctx, { NextToken }) => {
    const since = room.clock.now() - STATISTICS_MS;
    const all = [...room.statistics.range()].flatMap(({ key, value }) => {
      const [rule, minute] = typeof key === "object" && !(key instanceof Uint8Array) ? key : [];
      return Number(minute) < since ? [] : [{ rule: String(rule), minute: Number(minute), ...value }];
    });
    const { items, nextToken } = pageAt(all, NextToken, STATISTICS_PAGE);
    return {
      SamplingStatisticSummaries: items.map(({ rule, minute, requests, borrowed, sampled }) => ({
        RuleName: rule,
        Timestamp: new Date(minute),
        RequestCount: requests,
        BorrowCount: borrowed,
        SampledCount: sampled,
      })),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };
