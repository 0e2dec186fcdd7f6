import { isJsonObject } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import type { ApiKeyRecord, UsagePlanRecord } from "../records.ts";
import { textOf } from "../requestBody.ts";
import type { Operation, Room } from "../room.ts";
import { newKey, putKey } from "./apiKeys.ts";
import { joinPlan, planConflict } from "./usagePlans.ts";

/** AWS: longer than that of a key which is made by itself. */
const MIN_VALUE_LENGTH = 30;
const MAX_VALUE_LENGTH = 128;

/**
 * Makes keys of a file, or changes those that have the same value; what of it cannot be taken is warned of, or refuses the
 * file. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html
 */
export const importApiKeys =
  (room: Room): Operation<"ImportApiKeys"> =>
  async (_ctx, { body, format, failOnWarnings = false }) => {
    if (format !== "csv") throw badRequest(`Invalid format ${format}: only csv is supported`);
    const rows = (await rowsOf(await textOf(body))).map((row, at) => rowRead(room, row, at + 1));
    const warnings = rows.flatMap((row) => row.warnings);
    if (failOnWarnings && warnings.length > 0) {
      throw badRequest(["Warnings found during import:", ...warnings].join("\n\t"));
    }
    const ids: string[] = [];
    room.records.atomically(() => {
      for (const { key, plans } of rows) {
        if (!key) continue;
        putKey(room, key);
        ids.push(key.id);
        for (const plan of plans) {
          const conflict = planConflict(room, plan, key.id);
          if (conflict === undefined) joinPlan(room, plan, key.id);
          else if (!room.planKeys.has([plan.id, key.id])) warnings.push(conflict);
        }
      }
    });
    return { ids, ...(warnings.length > 0 ? { warnings } : {}) };
  };

/** A line of the file, by its columns' names in lower case. */
type Row = ReadonlyMap<string, string>;

const rowsOf = async (text: string): Promise<readonly Row[]> => {
  const { parse } = await import("csv-parse/sync");
  let rows: unknown[];
  try {
    rows = parse(text, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      // AWS: lists of plans stand in quotes of either kind.
      quote: text.includes('"') ? '"' : "'",
      bom: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw badRequest(`Unable to parse the API keys: ${error instanceof Error ? error.message : error}`);
  }
  const found = rows.filter(isJsonObject).map((row) => new Map(Object.entries(row).map(([k, v]) => [k, String(v)])));
  const [first] = found;
  if (!first) throw badRequest("API keys to import are missing");
  if (!first.has("name") || !first.has("key")) throw badRequest("API keys must have the columns Name and Key");
  return found;
};

interface ReadRow {
  readonly key?: ApiKeyRecord;
  readonly plans: readonly UsagePlanRecord[];
  readonly warnings: readonly string[];
}

const rowRead = (room: Room, row: Row, line: number): ReadRow => {
  const value = row.get("key") ?? "";
  if (value.length < MIN_VALUE_LENGTH || value.length > MAX_VALUE_LENGTH) {
    const bounds = `${MIN_VALUE_LENGTH} and ${MAX_VALUE_LENGTH}`;
    return { plans: [], warnings: [`API key ${line} is left out: its value must be between ${bounds} characters`] };
  }
  const warnings: string[] = [];
  const plans = (row.get("usageplanids") ?? "").split(",").flatMap((text) => {
    const id = text.trim();
    const plan = id === "" ? undefined : room.usagePlans.get(id);
    if (id !== "" && !plan) warnings.push(`Usage plan ${id} of API key ${line} does not exist`);
    return plan ? [plan] : [];
  });
  const described = {
    name: row.get("name") ?? "",
    description: row.get("description") ?? "",
    enabled: (row.get("enabled") || "true").toLowerCase() === "true",
  };
  const known = room.apiKeys.get(room.keyIds.get(value) ?? "");
  const key = known
    ? { ...known, ...described, updatedAt: room.clock.now() }
    : newKey(room, { ...described, value, stageKeys: [] });
  return { key, plans, warnings };
};
