import { Cron } from "croner";

/**
 * Schedule expressions as EventBridge's rules, its Scheduler and CloudWatch share them: `rate(5 minutes)`,
 * `cron(0 10 ? * MON-FRI *)`, and of the Scheduler alone `at(2026-11-20T13:00:00)`.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export type Schedule =
  | { readonly kind: "at"; readonly at: number }
  | { readonly kind: "rate"; readonly everyMs: number }
  | { readonly kind: "cron"; readonly cron: Cron };

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Reads an expression; undefined when it is none that AWS takes. Times of `at` and `cron` are of the zone given. */
export const parseSchedule = (text: string, timezone = "UTC"): Schedule | undefined => {
  const [, kind, inner = ""] = /^(at|rate|cron)\((.*)\)$/.exec(text) ?? [];
  if (kind === "rate") return parseRate(inner);
  if (kind === "cron") return parseCron(inner, timezone);
  return kind === "at" ? parseAt(inner, timezone) : undefined;
};

/**
 * When a schedule is next due after a moment, in milliseconds since the epoch; undefined when it never is again.
 * A rate counts from `start`.
 */
export const nextRun = (schedule: Schedule, after: number, start: number): number | undefined => {
  switch (schedule.kind) {
    case "at":
      return schedule.at > after ? schedule.at : undefined;
    case "rate": {
      if (after < start) return start;
      return start + (Math.floor((after - start) / schedule.everyMs) + 1) * schedule.everyMs;
    }
    case "cron":
      return schedule.cron.nextRun(new Date(after))?.getTime() ?? undefined;
  }
};

/** Whether the machine knows a time zone of that name. */
export const isTimezone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** AWS: rules want one minute, but five minutes; the Scheduler takes either word for either number. */
export const agreesInNumber = (text: string): boolean => !/^rate\((?:1 \w+s|(?!1 )\d+ \w+[^s])\)$/.test(text);

const parseRate = (inner: string): Schedule | undefined => {
  const [, digits = "", unit = ""] = /^([1-9]\d{0,9}) (minute|hour|day)s?$/.exec(inner) ?? [];
  return digits === "" ? undefined : { kind: "rate", everyMs: Number(digits) * (UNITS[unit] ?? 0) };
};

const YEARS = /\b\d{4}\b/g;
const MIN_YEAR = 1970;
const MAX_YEAR = 2199;

const parseCron = (inner: string, timezone: string): Schedule | undefined => {
  const fields = inner.trim().split(/\s+/);
  const [minutes = "", hours = "", days = "", months = "", weekdays = "", years = ""] = fields;
  if (fields.length !== 6) return undefined;
  // AWS: a day is said by its date or by its weekday, and the other of the two is a question mark.
  if ((days === "?") === (weekdays === "?") || [minutes, hours, months, years].includes("?")) return undefined;
  if ((years.match(YEARS) ?? []).some((year) => Number(year) < MIN_YEAR || Number(year) > MAX_YEAR)) return undefined;
  if (!hasWeekdays(weekdays)) return undefined;
  // A weekday by itself on the last week is written FRIL or 6L; L alone is Saturday.
  const lastWeekday = weekdays === "L" ? "7" : weekdays.replace(/^(\d|[A-Za-z]{3})L$/, "$1#L");
  const pattern = `0 ${minutes} ${hours} ${days} ${months} ${lastWeekday} ${years}`;
  try {
    const options = { timezone, paused: true, mode: "7-part", alternativeWeekdays: true, sloppyRanges: true } as const;
    return { kind: "cron", cron: new Cron(pattern, options) };
  } catch {
    return undefined;
  }
};

/** AWS: weekdays are 1 to 7, Sunday first; what follows a # or a / is a count. */
const hasWeekdays = (field: string): boolean =>
  !field.includes("+") && !(field.match(/(?<![#/\d])\d+/g) ?? []).some((day) => !/^[1-7]$/.test(day));

/** The moment of a local time: a cron pattern may be one date. */
const parseAt = (inner: string, timezone: string): Schedule | undefined => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner)) return undefined;
  try {
    const at = new Cron(inner, { timezone, paused: true }).nextRun(new Date(0));
    return at ? { kind: "at", at: at.getTime() } : undefined;
  } catch {
    return undefined;
  }
};
