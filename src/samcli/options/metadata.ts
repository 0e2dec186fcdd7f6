import { isJsonObject } from "../../kernel/json.ts";
import { UsageFailure } from "../failure.ts";
import { pairsIn } from "./pairs.ts";

/** `Key=Value,…` or a flat JSON object: what is kept with each object that is sent. */
export const artifactMetadata = (text: string | undefined): Readonly<Record<string, string>> | undefined => {
  if (text === undefined) return undefined;
  const values = entriesOf(text);
  if (values.length > 0 && values.every(([, value]) => typeof value !== "object"))
    return Object.fromEntries(values.map(([key, value]) => [key, String(value)]));
  throw new UsageFailure(
    `Invalid value for '--metadata': ${text} is not in valid format. It must look something like 'KeyName1=string,KeyName2=string or {"string":"string"}'`,
  );
};

const entriesOf = (text: string): readonly (readonly [string, unknown])[] => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? Object.entries(value) : [];
  } catch {
    return pairsIn(text, ","); // No JSON.
  }
};
