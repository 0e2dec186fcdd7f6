import type { AlarmState, Comparison, MetricAlarmRecord } from "../records.ts";

/** One period of an alarm's evaluation: its begin, and its value when it has one. */
export interface Period {
  readonly at: number;
  readonly value: number | undefined;
}

/** What an evaluation comes to. */
export interface Verdict {
  readonly state: AlarmState;
  readonly reason: string;
  /** What was looked at, the newest first. */
  readonly evaluated: readonly Period[];
}

type Terms = Pick<
  MetricAlarmRecord,
  "comparison" | "threshold" | "evaluationPeriods" | "datapointsToAlarm" | "treatMissingData"
>;

const TESTS: Readonly<Record<Comparison, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

const WORDS: Readonly<Record<Comparison, string>> = {
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  GreaterThanThreshold: "greater than",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

/**
 * Judges an alarm by its periods, in order of time; more of them than it evaluates, to look past what is missing.
 * Undefined where it keeps the state it has.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export const judge = (terms: Terms, periods: readonly Period[]): Verdict | undefined => {
  const { evaluationPeriods: wanted, datapointsToAlarm: needed = wanted, treatMissingData = "missing" } = terms;
  const breaches = ({ value }: Period) => value !== undefined && TESTS[terms.comparison](value, terms.threshold);
  const real = periods.filter(({ value }) => value !== undefined).slice(-wanted);
  const breaching = real.filter(breaches);
  const lacking = wanted - real.length;
  const newest = real.slice().reverse();
  // AWS: where nothing came, the periods that were looked at are told all the same.
  const evaluated = real.length === 0 ? periods.slice(-wanted).reverse() : newest;
  const alarm = (): Verdict => ({
    state: "ALARM",
    reason: crossed(terms, newest, breaching.length, lacking),
    evaluated,
  });
  const ok = (): Verdict => ({
    state: "OK",
    reason: notCrossed(terms, newest, real.length - breaching.length, lacking),
    evaluated,
  });
  if (breaching.length >= needed) return alarm();
  if (lacking === 0) return ok();
  switch (treatMissingData) {
    case "breaching":
      return breaching.length + lacking >= needed ? alarm() : ok();
    case "notBreaching":
      return ok();
    case "ignore":
      // What is there may decide it whatever the rest would be.
      return real.length - breaching.length > wanted - needed ? ok() : undefined;
    default:
      if (real.length === 0) return { state: "INSUFFICIENT_DATA", reason: unknown(wanted), evaluated: [] };
      return isPremature(periods, needed, breaches) ? alarm() : ok();
  }
};

/** AWS: an old breach that nothing newer speaks against is enough, though there are too few datapoints. */
const isPremature = (periods: readonly Period[], needed: number, breaches: (period: Period) => boolean): boolean => {
  const oldest = periods.findIndex(({ value }) => value !== undefined);
  if (oldest < 0 || periods.length - oldest < needed) return false;
  return periods.slice(oldest).every((period) => period.value === undefined || breaches(period));
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const unknown = (count: number): string =>
  `Insufficient Data: ${plural(count, "datapoint")} ${count === 1 ? "was" : "were"} unknown.`;

const crossed = (terms: Terms, newest: readonly Period[], count: number, lacking: number): string => {
  if (newest.length === 0) return nothing(terms, "Breaching");
  const minimum = terms.datapointsToAlarm ?? terms.evaluationPeriods;
  return `${listed(newest, count)} ${count === 1 ? "was" : "were"} ${than(terms)}${treated(terms, lacking, "Breaching")} (minimum ${plural(minimum, "datapoint")} for OK -> ALARM transition).`;
};

const notCrossed = (terms: Terms, newest: readonly Period[], count: number, lacking: number): string => {
  if (newest.length === 0) return nothing(terms, "NonBreaching");
  const { evaluationPeriods: wanted, datapointsToAlarm: needed = wanted } = terms;
  return `${listed(newest, count)} ${count === 1 ? "was" : "were"} not ${than(terms)}${treated(terms, lacking, "NonBreaching")} (minimum ${plural(wanted - needed + 1, "datapoint")} for ALARM -> OK transition).`;
};

const listed = (newest: readonly Period[], count: number): string =>
  `Threshold Crossed: ${count} out of the last ${plural(newest.length, "datapoint")} [${newest.map(datapointText).join(", ")}]`;

const than = ({ comparison, threshold }: Terms): string => `${WORDS[comparison]} the threshold (${decimal(threshold)})`;

const treated = ({ treatMissingData }: Terms, lacking: number, as: string): string =>
  lacking === 0 || treatMissingData === undefined || !/breaching/i.test(treatMissingData)
    ? ""
    : ` and ${plural(lacking, "missing datapoint")} ${lacking === 1 ? "was" : "were"} treated as [${as}]`;

const nothing = ({ evaluationPeriods: wanted }: Terms, as: string): string =>
  `Threshold Crossed: no datapoints were received for ${plural(wanted, "period")} and ${plural(wanted, "missing datapoint")} ${wanted === 1 ? "was" : "were"} treated as [${as}].`;

const datapointText = ({ at, value = 0 }: Period): string => `${decimal(value)} (${shortTime(at)})`;

/** `25/03/20 16:58:00` */
const shortTime = (at: number): string => {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
};

/** Numbers as AWS writes them: never without a point. */
export const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
