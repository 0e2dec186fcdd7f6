import { aggregate } from "./aggregates.ts";
import { evaluate, type Lookup } from "./evaluate.ts";
import type { Column, Command } from "./query.ts";
import { isTrue, order, told, type Value } from "./values.ts";

/** One line of a result: what it was asked for, in order. */
export type ResultRow = readonly (readonly [field: string, value: string])[];

export interface Answer {
  readonly rows: readonly ResultRow[];
  /** How many events passed the filters. */
  readonly matched: number;
}

/** AWS: without a limit of its own a query answers this many. */
export const DEFAULT_LIMIT = 10_000;

/** What the commands of a query make of events, newest first. */
export const runQuery = (commands: readonly Command[], events: readonly Lookup[], limit = DEFAULT_LIMIT): Answer => {
  let rows = events;
  let matched = events.length;
  let isCounted = false;
  for (const command of commands) {
    rows = applied(command, rows);
    isCounted ||= command.kind === "stats";
    if (!isCounted && command.kind === "filter") matched = rows.length;
  }
  const shown = shownBy(commands);
  const told = rows.slice(0, limitOf(commands, limit)).map((row) => resultRow(row, shown));
  return { rows: told, matched };
};

const applied = (command: Command, rows: readonly Lookup[]): readonly Lookup[] => {
  switch (command.kind) {
    case "fields":
    case "display":
      return rows.map((row) => withColumns(row, command.columns));
    case "filter":
      return rows.filter((row) => isTrue(evaluate(command.condition, row)));
    case "stats":
      return grouped(rows, command.columns, command.by);
    case "sort":
      return sorted(rows, command.keys);
    case "limit":
      return rows.slice(0, command.count);
    case "dedup":
      return distinct(rows, command.keys);
    case "parse":
      return rows.map((row) => parsed(row, command));
  }
};

/** A row with columns besides; a column may be named by those after it. */
const withColumns = (row: Lookup, columns: readonly Column[]): Lookup => {
  const computed = columns.filter(({ name, expression }) => expression.kind !== "field" || expression.name !== name);
  if (computed.length === 0) return row;
  return holding(row, new Map(computed.map(({ name, expression }) => [name, evaluate(expression, row)])));
};

const holding =
  (row: Lookup, values: ReadonlyMap<string, Value>): Lookup =>
  (name) =>
    values.has(name) ? values.get(name) : row(name);

const grouped = (rows: readonly Lookup[], columns: readonly Column[], by: readonly Column[]): readonly Lookup[] => {
  const groups = new Map<string, { readonly keys: ReadonlyMap<string, Value>; readonly rows: Lookup[] }>();
  for (const row of rows) {
    const keys = new Map(by.map(({ name, expression }) => [name, evaluate(expression, row)]));
    const id = JSON.stringify([...keys.values()].map((value) => told(value) ?? null));
    const group = groups.get(id) ?? { keys, rows: [] };
    groups.set(id, group);
    group.rows.push(row);
  }
  // AWS: what is not grouped is one line, of nothing too.
  if (by.length === 0 && groups.size === 0) groups.set("", { keys: new Map(), rows: [] });
  return [...groups.values()].map((group) => {
    const values = columns.map(({ name, expression }): [string, Value] => [name, aggregate(expression, group.rows)]);
    return holding(() => undefined, new Map([...group.keys, ...values]));
  });
};

type SortKeys = Extract<Command, { kind: "sort" }>["keys"];

const sorted = (rows: readonly Lookup[], keys: SortKeys): readonly Lookup[] => {
  const keyed = rows.map((row) => ({ row, values: keys.map(({ of }) => evaluate(of, row)) }));
  keyed.sort((a, b) => {
    for (const [index, { isDescending }] of keys.entries()) {
      const [x, y] = [a.values[index], b.values[index]];
      const found = order(x, y);
      // What is not there stays last either way.
      if (found !== 0) return isDescending && x !== undefined && y !== undefined ? -found : found;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
};

/** The first row of each; AWS: rows without a value are all kept. */
const distinct = (rows: readonly Lookup[], keys: Extract<Command, { kind: "dedup" }>["keys"]): readonly Lookup[] => {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const values = keys.map((key) => told(evaluate(key, row)));
    if (values.includes(undefined)) return true;
    const id = JSON.stringify(values);
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
};

const parsed = (row: Lookup, { of, regex, names }: Extract<Command, { kind: "parse" }>): Lookup => {
  const found = regex.exec(told(evaluate(of, row)) ?? "")?.groups ?? {};
  return holding(row, new Map(names.map((name) => [name, found[name]])));
};

/** The columns of a result: those that `display` names last, or all that were asked for on the way. */
const shownBy = (commands: readonly Command[]): readonly string[] => {
  let shown: string[] = [];
  let isCounted = false;
  for (const command of commands) {
    if (command.kind === "fields") shown = [...shown, ...command.columns.map(({ name }) => name)];
    if (command.kind === "display") shown = command.columns.map(({ name }) => name);
    if (command.kind === "parse" && !isCounted) shown = [...shown, ...command.names];
    if (command.kind !== "stats") continue;
    isCounted = true;
    shown = [...command.by, ...command.columns].map(({ name }) => name);
  }
  // AWS: without a field that is asked for, the time and the message are told.
  const isBare = !commands.some(({ kind }) => kind === "fields" || kind === "display" || kind === "stats");
  const all = isBare ? ["@timestamp", "@message", ...shown] : shown;
  return [...new Set(isCounted ? all : [...all, "@ptr"])];
};

const limitOf = (commands: readonly Command[], limit: number): number =>
  commands.some(({ kind }) => kind === "limit") ? Number.POSITIVE_INFINITY : limit;

const resultRow = (row: Lookup, shown: readonly string[]): ResultRow =>
  shown.flatMap((field): [string, string][] => {
    const value = told(row(field));
    return value === undefined ? [] : [[field, value]];
  });
