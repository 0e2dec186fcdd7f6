import { UsageError } from "./settings.ts";

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `10m` or `1h30m`, in milliseconds. Throws `UsageError`. */
export const parseDuration = (text: string): number => {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text)
    throw new UsageError(`A duration is such as 90s, 10m, 1h30m or 2d, not ${text}.`);
  return parts.reduce((all, [, count = "", unit = ""]) => all + Number(count) * (UNITS_MS[unit] ?? 0), 0);
};
