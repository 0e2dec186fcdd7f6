import { StateFailure } from "../../../engines/states/failure.ts";
import { listOf, numberOf, textOf } from "../../../engines/states/values.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";

/** What cannot be read as the items of a Map. */
export const unreadable = (cause: string): StateFailure => new StateFailure("States.ItemReaderFailed", cause);

/** The items of an object, as its `InputType` says. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export const parseItems = async (text: string, config: JsonObject): Promise<readonly JsonValue[]> => {
  const type = textOf(config, "InputType");
  if (type === "CSV") return csvItems(text, config);
  if (type === "JSONL") return lines(text).map(parsed);
  return jsonItems(text, config);
};

const lines = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== "");

const parsed = (text: string): JsonValue => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
};

const jsonItems = (text: string, config: JsonObject): readonly JsonValue[] => {
  const found = pointedAt(parsed(text), textOf(config, "ItemsPointer") ?? "");
  if (Array.isArray(found)) return found;
  throw unreadable("Attempting to map over non-iterable node.");
};

/** What a JSON Pointer names. */
const pointedAt = (root: JsonValue, pointer: string): JsonValue | undefined => {
  let at: JsonValue | undefined = root;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(at)) at = at[Number(name)];
    else at = isJsonObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }
  return at;
};

const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ",",
  PIPE: "|",
  SEMICOLON: ";",
  SPACE: " ",
  TAB: "\t",
};

const csvItems = async (text: string, config: JsonObject): Promise<readonly JsonValue[]> => {
  const { parse } = await import("csv-parse/sync");
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      delimiter: DELIMITERS[textOf(config, "CSVDelimiter") ?? "COMMA"] ?? ",",
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
  const isGiven = textOf(config, "CSVHeaderLocation") === "GIVEN";
  const headers = isGiven ? listOf(config["CSVHeaders"]).map(String) : (rows[0] ?? []);
  if (new Set(headers).size < headers.length) throw unreadable("CSV headers cannot contain duplicates.");
  // AWS: values beyond the headers are dropped, those that a row lacks are empty.
  return rows
    .slice(isGiven ? 0 : 1)
    .map((row) => Object.fromEntries(headers.map((name, index) => [name, row[index] ?? ""])));
};

/** As many of the items as `MaxItems` lets through; 0 stands for all. */
export const limited = (items: readonly JsonValue[], config: JsonObject): readonly JsonValue[] => {
  const most = numberOf(config, "MaxItems") ?? 0;
  if (most < 0) throw unreadable("field MaxItems must be positive");
  return most === 0 ? items : items.slice(0, most);
};
