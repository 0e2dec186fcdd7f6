import { dirname, resolve } from "node:path";
import { isJsonObject } from "../../kernel/json.ts";
import { readConfigFile } from "../config/configFile.ts";
import { UsageFailure } from "../failure.ts";
import { pairsIn, unquoted } from "./pairs.ts";

/**
 * Values for a template's parameters: `Key=Value …`, `ParameterKey=K,ParameterValue=V …`, `file://…`, or the lists and maps of
 * configuration files.
 */
export const parameterOverrides = async (value: unknown, folder: string): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  await gather(value, folder, [], found);
  return found;
};

const gather = async (
  value: unknown,
  folder: string,
  above: readonly string[],
  into: Map<string, string>,
): Promise<void> => {
  if (value === undefined || value === null || value === "") return;
  if (Array.isArray(value)) for (const item of value) await gather(item, folder, above, into);
  else if (typeof value === "string" && value.startsWith("file://")) await gatherFile(value, folder, above, into);
  else if (typeof value === "string") for (const [key, text] of readPairs(value)) into.set(key, text);
  else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === "$include") await gather(item, folder, above, into);
      else into.set(key, plainText(item));
    }
  } else throw invalid(String(value));
};

const gatherFile = async (place: string, folder: string, above: readonly string[], into: Map<string, string>) => {
  const path = resolve(folder, place.slice("file://".length));
  if (above.includes(path)) throw invalidValue(`Infinite recursion detected in file references: ${path}`);
  const content = await readConfigFile(path);
  if (content === undefined) throw invalidValue(`${place} was not found or is a directory`);
  await gather(content, dirname(path), [...above, path], into);
};

const readPairs = (text: string): readonly (readonly [string, string])[] => {
  const named = [...text.matchAll(NAMED)].map(([, key = "", value = ""]) => [unquoted(key), unquoted(value)] as const);
  const pairs = named.length > 0 ? named : pairsIn(text, " ");
  if (pairs.length === 0) throw invalid(text);
  return pairs;
};

const NAMED = /ParameterKey=([\w"']+),ParameterValue=("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\\.|[^\s\\])*)/gs;

/** AWS: a list becomes text with commas, and nothing an empty text. */
const plainText = (value: unknown): string => {
  if (value === null) return "";
  return Array.isArray(value) ? value.map((item) => String(item).trim()).join(",") : String(value);
};

const invalid = (text: string) =>
  invalidValue(
    `${text} is not a valid format. It must look something like 'ParameterKey=KeyPairName,ParameterValue=MyKey ParameterKey=InstanceType,ParameterValue=t1.micro', 'KeyPairName=MyKey InstanceType=t1.micro', or 'file://MyParams.yaml'`,
  );

const invalidValue = (message: string) => new UsageFailure(`Invalid value for '--parameter-overrides': ${message}`);
