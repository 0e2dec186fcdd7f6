/** Milliseconds of a basic ISO 8601 time such as `20260101T000000Z`; undefined for anything else. */
export const parseBasicTime = (text: string): number | undefined => {
  const [, year, month, day, hour, minute, second] = BASIC.exec(text) ?? [];
  if (year === undefined) return undefined;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
};

/** A time as signatures write it. */
export const basicTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

/** AWS: a signature is good for fifteen minutes around its time. */
export const MAX_SKEW_MS = 15 * 60 * 1000;

const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
