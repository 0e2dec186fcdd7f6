import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { parse } from "yaml";
import { errorMessage } from "../../kernel/errors.ts";
import { SamFailure } from "../failure.ts";

/** What a TOML, YAML or JSON file holds; undefined when there is none. */
export const readConfigFile = async (path: string): Promise<unknown> => {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    if (extname(path) === ".json") return JSON.parse(text);
    if (/^\.ya?ml$/.test(extname(path))) return parse(text);
    return (await import("smol-toml")).parse(text);
  } catch (error) {
    throw new SamFailure(`Error reading configuration: ${errorMessage(error)}`);
  }
};
