import type { SamplingStatisticsDocument, SamplingTargetDocument } from "@aws-sdk/client-xray";
import { MINUTE_MS } from "../../../kernel/metrics.ts";
import type { SamplingRuleRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** AWS: a quota is good for five minutes; who samples is to ask again after ten seconds. */
const QUOTA_MS = 5 * MINUTE_MS;
const INTERVAL_SECONDS = 10;

/** Statistics are shown for as long. */
export const STATISTICS_MS = 30 * MINUTE_MS;

/** The share of a rule's reservoir for who asks: those who ask at once share it evenly. */
export const targetOf = (rule: SamplingRuleRecord, askers: number, now: number): SamplingTargetDocument => ({
  RuleName: rule.name,
  FixedRate: rule.fixedRate,
  ReservoirQuota: Math.floor(rule.reservoirSize / Math.max(1, askers)),
  ReservoirQuotaTTL: new Date(now + QUOTA_MS),
  Interval: INTERVAL_SECONDS,
});

type Told = Pick<SamplingStatisticsDocument, "RequestCount" | "SampledCount" | "BorrowCount">;

/** Adds what a service tells of its sampling to this minute's, and drops what is too old to be shown. */
export const keepStatistics = ({ statistics, clock }: Room, rule: string, told: Told): void => {
  const now = clock.now();
  const key = [rule, Math.floor(now / MINUTE_MS) * MINUTE_MS];
  const before = statistics.get(key);
  statistics.put(key, {
    requests: (before?.requests ?? 0) + (told.RequestCount ?? 0),
    borrowed: (before?.borrowed ?? 0) + (told.BorrowCount ?? 0),
    sampled: (before?.sampled ?? 0) + (told.SampledCount ?? 0),
  });
  statistics.clear({ gte: [rule, 0], lt: [rule, now - STATISTICS_MS] });
};
