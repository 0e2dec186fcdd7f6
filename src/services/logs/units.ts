import { StandardUnit } from "@aws-sdk/client-cloudwatch-logs";

const UNITS: Readonly<Record<string, StandardUnit>> = Object.fromEntries(
  Object.values(StandardUnit).map((unit) => [unit, unit]),
);

/** A unit as the SDK names it; what was stored was one. */
export const unitView = (unit: string): StandardUnit => UNITS[unit] ?? "None";
