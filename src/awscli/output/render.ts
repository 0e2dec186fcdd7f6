import jmespath from "jmespath";
import { errorMessage } from "../../kernel/errors.ts";
import type { Globals } from "../globals.ts";
import { CliError, EXIT } from "../io.ts";
import { isPlainMap, type Plain, plainOf } from "./plain.ts";
import { tableOf } from "./table.ts";
import { textOf } from "./text.ts";

/** A command's answer as `--query` and `--output` ask for it; nothing at all when there is nothing to say. */
export const render = async (title: string, answer: unknown, { query, output }: Globals): Promise<string> => {
  const whole = plainOf(answer);
  if (query === undefined && isPlainMap(whole) && Object.keys(whole).length === 0) return "";
  const value = query === undefined ? whole : search(whole, query);
  switch (output) {
    case "text":
      return textOf(value);
    case "table":
      return tableOf(title, value);
    case "yaml":
      return (await import("./yaml.ts")).yamlOf(value);
    default:
      return `${JSON.stringify(value, null, 4)}\n`;
  }
};

const search = (value: Plain, query: string): Plain => {
  try {
    return plainOf(jmespath.search(value, query));
  } catch (error) {
    throw new CliError(`\nBad value for --query ${query}: ${errorMessage(error)}`, EXIT.usage);
  }
};
