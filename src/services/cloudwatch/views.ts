import type { StandardUnit } from "@aws-sdk/client-cloudwatch";
import type { Dimension } from "./records.ts";

interface DimensionInput {
  readonly Name?: string | undefined;
  readonly Value?: string | undefined;
}

export const dimensionsOf = (dimensions: readonly DimensionInput[] = []): readonly Dimension[] =>
  dimensions.map(({ Name = "", Value = "" }) => ({ name: Name, value: Value }));

export const dimensionsView = (dimensions: readonly Dimension[]) =>
  dimensions.map(({ name, value }) => ({ Name: name, Value: value }));

const UNITS: Readonly<Record<string, StandardUnit>> = Object.fromEntries(
  (
    [
      ...["Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"],
      ...["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second"],
      ...["Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second"],
      ...["Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None"],
    ] as const
  ).map((unit) => [unit, unit]),
);

/** A unit as the SDK names it; what was stored was one. */
export const unitView = (unit: string): StandardUnit => UNITS[unit] ?? "None";

export const tagsView = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const tagsFrom = (
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Readonly<Record<string, string>> => Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
