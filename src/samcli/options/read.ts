import { dirname, resolve } from "node:path";
import type { Io } from "../../awscli/io.ts";
import { configuredValues } from "../config/samconfig.ts";
import { SamFailure, UsageFailure } from "../failure.ts";
import { COMMON_OPTIONS, TEMPLATE_OPTION } from "./common.ts";
import { type Given, givenOf, type Value } from "./given.ts";
import { parseWords } from "./parse.ts";
import { keyOf, type OptionRow } from "./row.ts";

export interface ReadOptions {
  readonly given: Given;
  readonly positional: readonly string[];
}

/** A command's options: from its words, then from the environment, then from the configuration file beside the template. */
export const readOptions = async (
  command: string,
  words: readonly string[],
  own: readonly OptionRow[],
  io: Io,
): Promise<ReadOptions> => {
  const rows = [...own, ...COMMON_OPTIONS];
  const { values, positional } = parseWords(words, rows);
  const configured = await configuredValues(command, {
    folder: configFolder(values, io),
    file: textOf(values.get("config_file")),
    environment: textOf(values.get("config_env")),
  });
  const known = new Map(rows.flatMap((row) => configNames(row).map((name) => [name, row] as const)));
  const fromFile = Object.entries(configured).flatMap(([name, value]): [string, Value][] => {
    const row = known.get(name);
    return row && value !== null ? [[keyOf(row), value]] : [];
  });
  const all = new Map([...fromFile, ...fromEnvironment(own, io), ...values]);
  for (const row of rows) tell(row, all, io);
  return { given: givenOf(all), positional };
};

/** AWS: a file may call an option by any of its long names. */
const configNames = ({ names }: OptionRow): readonly string[] =>
  names.filter((name) => name.startsWith("--")).map((name) => name.slice(2).replaceAll("-", "_"));

/** AWS: the configuration lies beside the template that was named, else in the working folder. */
const configFolder = (values: ReadonlyMap<string, Value>, { cwd, env }: Io): string => {
  const template = textOf(values.get(keyOf(TEMPLATE_OPTION))) ?? env[TEMPLATE_VARIABLE];
  return template === undefined ? cwd : dirname(resolve(cwd, template));
};

const TEMPLATE_VARIABLE = "SAM_TEMPLATE_FILE";

const fromEnvironment = (own: readonly OptionRow[], { env }: Io): readonly [string, Value][] => {
  const template = env[TEMPLATE_VARIABLE];
  return template && own.includes(TEMPLATE_OPTION) ? [[keyOf(TEMPLATE_OPTION), template]] : [];
};

const tell = (row: OptionRow, values: ReadonlyMap<string, Value>, io: Io): void => {
  const key = keyOf(row);
  const value = values.get(key);
  if (!isMeant(value)) return;
  const [name] = row.names;
  if (row.refused) throw new SamFailure(`${name} cannot be used here: ${row.refused}.`);
  if (row.notApplied) io.err(`${name} is not applied: ${row.notApplied}.\n`);
  if (row.choices && !row.choices.includes(String(value)))
    throw new UsageFailure(
      `Invalid value for '${name}': '${String(value)}' is not one of ${row.choices.map((choice) => `'${choice}'`).join(", ")}.`,
    );
};

/** A flag that is off, or an empty list that a guided deployment left in the file, says nothing. */
const isMeant = (value: Value | undefined): boolean =>
  value !== undefined && value !== false && value !== "" && !(Array.isArray(value) && value.length === 0);

const textOf = (value: Value | undefined): string | undefined => (typeof value === "string" ? value : undefined);
