import type { SamCall } from "../command.ts";
import { openTable } from "../deploy/table.ts";
import { SamFailure } from "../failure.ts";
import { type OptionRow, one } from "../options/row.ts";

export const LIST_OPTIONS: readonly OptionRow[] = [
  one("--stack-name"),
  { ...one("--output"), choices: ["json", "table"] },
];

type Row = Readonly<Record<string, string>>;

/** Prints what was found, as a table or as JSON. */
export const showList = ({ given, io }: Pick<SamCall, "given" | "io">, title: string, rows: readonly Row[]): void => {
  if (given.text("output") === "json") {
    io.out(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const columns = Object.keys(rows[0] ?? {});
  const table = openTable(title, columns, io.out);
  for (const row of rows) table.row(columns.map((column) => row[column] ?? ""));
  table.end();
};

export const noStack = (stackName: string, region: string | undefined): SamFailure =>
  new SamFailure(`The input stack ${stackName} does not exist on Cloudformation in the region ${region}`);
