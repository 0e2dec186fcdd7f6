import { isPlainList, isPlainMap, type Plain } from "./plain.ts";

/**
 * A table for people to read: rows for lists of maps, two columns for a map.
 * Differs: the AWS CLI nests sections in one frame; here each has its own.
 */
export const tableOf = (title: string, value: Plain): string => sections(title, value).map(frame).join("");

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  readonly hasHead: boolean;
}

const sections = (title: string, value: Plain): readonly Section[] => {
  if (isPlainMap(value)) return mapSections(title, value);
  if (!isPlainList(value)) return [{ title, rows: [[cell(value)]], hasHead: false }];
  const maps = value.filter(isPlainMap);
  if (maps.length === 0)
    return [{ title, rows: value.map((item) => (isPlainList(item) ? item.map(cell) : [cell(item)])), hasHead: false }];
  const keys = [...new Set(maps.flatMap((map) => Object.keys(map).filter((key) => isScalar(map[key]))))].sort();
  const nested = maps.flatMap((map) => mapSections(title, map).slice(keys.length > 0 ? 1 : 0));
  const rows = [keys, ...maps.map((map) => keys.map((key) => cell(map[key] ?? "")))];
  return [...(keys.length > 0 ? [{ title, rows, hasHead: true }] : []), ...nested];
};

const mapSections = (title: string, map: { readonly [key: string]: Plain }): readonly Section[] => {
  const keys = Object.keys(map).sort();
  const rows = keys.filter((key) => isScalar(map[key])).map((key) => [key, cell(map[key] ?? null)]);
  const nested = keys.filter((key) => !isScalar(map[key])).flatMap((key) => sections(key, map[key] ?? null));
  return [...(rows.length > 0 ? [{ title, rows, hasHead: false }] : []), ...nested];
};

const isScalar = (value: Plain | undefined): boolean =>
  value === undefined || value === null || typeof value !== "object";

const cell = (value: Plain): string => {
  if (value === null) return "None";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

const frame = ({ title, rows, hasHead }: Section): string => {
  const columns = Math.max(...rows.map((row) => row.length), 1);
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length), 0),
  );
  const inner = Math.max(
    widths.reduce((sum, width) => sum + width + 3, -1),
    title.length + 2,
  );
  widths[columns - 1] = (widths[columns - 1] ?? 0) + inner - widths.reduce((sum, width) => sum + width + 3, -1);
  const rule = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const line = (row: readonly string[]) =>
    `|${widths.map((width, column) => ` ${(row[column] ?? "").padEnd(width)} `).join("|")}|`;
  const left = Math.floor((inner - title.length) / 2);
  const head = `|${" ".repeat(left)}${title}${" ".repeat(inner - title.length - left)}|`;
  const [first, ...others] = rows;
  const body = hasHead && first ? [line(first), rule, ...others.map(line)] : rows.map(line);
  return `${["-".repeat(inner + 2), head, rule, ...body, rule].join("\n")}\n`;
};
