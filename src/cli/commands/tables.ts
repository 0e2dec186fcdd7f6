import type { Command } from "commander";
import { openTables, type Page, type TableSummary } from "../../launch/tables.ts";
import { targetFrom, withTargetOptions } from "../cloudHere.ts";
import { CliError } from "../failure.ts";
import { parseLimit } from "../limit.ts";
import { createOutput, type Output } from "../render/output.ts";

const DEFAULT_LIMIT = "25";

/** `aloft tables`: what the tables are, and what is in them. */
export const registerTables = (program: Command): void => {
  const tables = withTargetOptions(program.command("tables"))
    .description("Show the tables, or what is in one")
    .argument("[table]", "its name, or a part of it: the first of its items")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nA table may be named by a part of its name that only one has.\nConditions: NAME=VALUE, and for the sort key <, <=, >, >= and ^= (begins with).\n\nExamples:\n  aloft tables\n  aloft tables Providers\n  aloft tables scan Providers --limit 5\n  aloft tables query Orders customer=7 'placed>=2026-01'\n  aloft tables get Orders customer=7 placed=2026-01-31",
    )
    .action(async (table: string | undefined, options) => {
      const opened = openTables(await targetFrom(options));
      if (table !== undefined) return showPage(options, await opened.scan(table, parseLimit(DEFAULT_LIMIT)));
      const output = createOutput(options.json === true);
      const found = await opened.list();
      if (found.length === 0) output.line("There is no table.");
      for (const table of found) output.line(lineOf(table));
      output.result(found);
    });
  const add = (name: string, description: string) =>
    tables
      .command(name)
      .description(description)
      .argument("<table>", "its name, or a part of it")
      .configureHelp({ showGlobalOptions: true });
  add("scan", "Show items as they come")
    .option("--limit <n>", "how many", DEFAULT_LIMIT)
    .action(async (table: string, _options, command: Command) => {
      const options = command.optsWithGlobals();
      showPage(options, await openTables(await targetFrom(options)).scan(table, parseLimit(options["limit"])));
    });
  add("query", "Show the items of a partition, in the order of the sort key")
    .argument("<conditions...>", "on the partition key, and on the sort key if you like")
    .option("--limit <n>", "how many", DEFAULT_LIMIT)
    .option("--index <name>", "of this index")
    .action(async (table: string, conditions: readonly string[], _options, command: Command) => {
      const options = command.optsWithGlobals();
      const opened = openTables(await targetFrom(options));
      showPage(options, await opened.query(table, conditions, parseLimit(options["limit"]), options["index"]));
    });
  add("get", "Show one item")
    .argument("<key...>", "the whole key, as NAME=VALUE")
    .action(async (table: string, key: readonly string[], _options, command: Command) => {
      const options = command.optsWithGlobals();
      const found = await openTables(await targetFrom(options)).get(table, key);
      if (found.item === undefined)
        throw new CliError(`${found.table} has no item of that key.`, `aloft tables scan ${found.table}`);
      const output = createOutput(options["json"] === true);
      output.line(JSON.stringify(plain(found.item), null, 2));
      output.result({ table: found.table, item: plain(found.item) });
    });
};

const lineOf = ({ name, items, key, indexes, status }: TableSummary): string =>
  `${name}  ${items} items  key ${key}${indexes.length > 0 ? `  indexes ${indexes.join(", ")}` : ""}${status === "ACTIVE" ? "" : `  ${status}`}`;

const showPage = (options: Readonly<Record<string, unknown>>, { table, items, more }: Page): void => {
  const output: Output = createOutput(options["json"] === true);
  for (const item of items) output.line(JSON.stringify(plain(item)));
  if (items.length === 0) output.line(`${table} has no such items.`);
  if (more) output.line("There may be more: --limit");
  output.result({ table, items: items.map(plain), more });
};

/** Sets as lists, and bytes as base64: what JSON can say. */
const plain = (value: unknown): unknown => {
  if (value instanceof Set) return [...value].map(plain);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
};
