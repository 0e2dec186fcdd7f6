import type { Collection, KeyRange } from "../../../store/records.ts";
import { readUnits, type Usage } from "../capacity.ts";
import { invalidParameter, validationError } from "../errors.ts";
import type { Condition, Path } from "../expressions/ast.ts";
import { satisfies } from "../expressions/evaluateCondition.ts";
import { type Projection, project } from "../expressions/project.ts";
import type { SortRange } from "../keys/keyRange.ts";
import { MAX_PAGE_BYTES } from "../limits.ts";
import type { IndexRecord, TableRecord, Tables } from "../records.ts";
import type { Item } from "../values/attributeValue.ts";
import { entryKeyItem, keyAttributes, keyFromParameter, keyItem, type StoredKey } from "./keys.ts";
import { readStored } from "./store.ts";
import { type StoredItem, toStore } from "./storedItem.ts";

/** What a page of Query or Scan reads. */
export interface PageRequest {
  readonly table: TableRecord;
  readonly index: IndexRecord | undefined;
  readonly range: KeyRange;
  readonly filter: Condition | undefined;
  readonly projection: Projection | undefined;
  /** An index that does not hold everything is completed from the table. */
  readonly fetchesWhole: boolean;
  readonly countsOnly: boolean;
  readonly limit: number | undefined;
  /** Which entries belong to a segment of a parallel scan. */
  readonly belongs?: (key: Uint8Array) => boolean;
}

/** A page that was read. */
export interface Page {
  readonly items: readonly StoredItem[];
  readonly count: number;
  readonly scanned: number;
  readonly bytes: number;
  /** Bytes read from the table to complete what an index does not hold, one figure an item. */
  readonly fetched: readonly number[];
  readonly lastKey: Item | undefined;
}

/** Reads entries in order until the limit or a megabyte is reached. */
export const readPage = (tables: Tables, request: PageRequest): Page => {
  const { table, index, limit } = request;
  const collection = index ? tables.indexItems(table, index) : tables.items(table);
  const items: StoredItem[] = [];
  const fetched: number[] = [];
  let count = 0;
  let scanned = 0;
  let bytes = 0;
  for (const entry of entriesFor(collection, request)) {
    scanned += 1;
    bytes += entry.bytes;
    const stored = request.fetchesWhole ? wholeItem(tables, table, entry) : entry;
    if (stored !== entry) fetched.push(stored.bytes);
    if (!request.filter || satisfies(stored.item, request.filter)) {
      count += 1;
      if (!request.countsOnly)
        items.push(request.projection ? toStore(project(stored.item, request.projection)) : stored);
    }
    if (scanned === limit || bytes >= MAX_PAGE_BYTES)
      return { items, count, scanned, bytes, fetched, lastKey: entryKeyItem(table, index, entry.item) };
  }
  return { items, count, scanned, bytes, fetched, lastKey: undefined };
};

/** The entries a page may hold: of a segment's, or as many as the limit says. */
const entriesFor = (
  collection: Collection<StoredItem>,
  { range, belongs, limit }: PageRequest,
): Iterable<StoredItem> => {
  if (belongs) return segmentOf(collection, range, belongs);
  return collection.values(limit === undefined ? range : { ...range, limit });
};

function* segmentOf(
  collection: Collection<StoredItem>,
  range: KeyRange,
  belongs: (key: Uint8Array) => boolean,
): Generator<StoredItem, undefined, undefined> {
  for (const { key, value } of collection.range(range)) if (belongs(partitionBytes(key))) yield value;
}

const partitionBytes = (key: unknown): Uint8Array => {
  const first = Array.isArray(key) ? key[0] : key;
  return first instanceof Uint8Array ? first : Buffer.from(String(first));
};

const wholeItem = (tables: Tables, table: TableRecord, entry: StoredItem): StoredItem =>
  readStored(tables, table, keyFromParameter(table, keyItem(table.key, entry.item))) ?? entry;

/** The entries whose keys begin with `fixed`, within bounds on what comes next, from the one after `start`. */
export const partitionRange = (
  fixed: StoredKey,
  sort: SortRange | undefined,
  { start, reverse }: { readonly start: StoredKey | undefined; readonly reverse: boolean },
): KeyRange => {
  // An index's keys go on after its sort key, so bounds on that are bounds on what begins with it.
  const low = sort?.gte ?? (sort?.gt && successor(sort.gt));
  const high = sort?.lt ?? (sort?.lte && successor(sort.lte));
  return {
    prefix: fixed,
    ...(start && !reverse ? { gt: start } : low ? { gte: [...fixed, low] } : {}),
    ...(start && reverse ? { lt: start } : high ? { lt: [...fixed, high] } : {}),
    reverse,
  };
};

/** The first bytes after these. */
const successor = (bytes: Uint8Array): Uint8Array => Buffer.concat([bytes, ZERO]);

const ZERO = Buffer.of(0);

/** The index a request names. */
export const findIndex = (table: TableRecord, name: string | undefined): IndexRecord | undefined => {
  if (name === undefined) return undefined;
  const index = table.indexes.find((each) => each.name === name);
  if (!index) throw validationError(`The table does not have the specified index: ${name}`);
  if (index.isFilling) throw validationError(`Cannot read from backfilling global secondary index: ${name}`);
  return index;
};

/** What a page cost: the table's own part, and the index's where one was read. */
export const pageUsage = (page: Page, index: IndexRecord | undefined, consistent: boolean): Usage => {
  const units = readUnits(page.bytes, consistent);
  if (!index) return { table: units };
  const completing = page.fetched.reduce((sum, bytes) => sum + readUnits(bytes, consistent), 0);
  return { table: completing, indexes: new Map([[index.name, units]]) };
};

type Projects = "ProjectionExpression" | "AttributesToGet" | undefined;

/** Throws when Select asks for what a projection or the lack of an index rules out. */
export const checkSelect = (select: string | undefined, index: IndexRecord | undefined, projects: Projects): void => {
  if (projects && select !== undefined && select !== "SPECIFIC_ATTRIBUTES") {
    const asked = select === "COUNT" ? "only the Count" : select;
    throw validationError(`Cannot specify the ${projects} when choosing to get ${asked}`);
  }
  if (select === "ALL_PROJECTED_ATTRIBUTES" && !index) {
    throw validationError("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
  }
  if (select === "SPECIFIC_ATTRIBUTES" && projects === undefined) {
    throw validationError(
      "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    );
  }
};

/** Throws when attributes are asked of a global index that does not hold them. AWS: a local one gets them from the table. */
export const checkProjected = (
  table: TableRecord,
  index: IndexRecord | undefined,
  paths: readonly Path[],
  attributes: readonly string[] = [],
): void => {
  if (!index || index.local || index.projection.type === "ALL") return;
  const held = new Set([table.key, index.key].flatMap((key) => keyAttributes(key).map(({ name }) => name)));
  for (const name of index.projection.type === "INCLUDE" ? index.projection.attributes : []) held.add(name);
  const lacking = [...paths.map(([name]) => name), ...attributes].filter((name) => !held.has(name));
  if (lacking.length > 0)
    throw invalidParameter(`Global secondary index ${index.name} does not project [${lacking.join(", ")}]`);
};

/** How Select, a projection and an index go together. */
export const readSelect = (
  select: string | undefined,
  index: IndexRecord | undefined,
  projects: Projects,
): Pick<PageRequest, "countsOnly" | "fetchesWhole"> => {
  const partial = index !== undefined && index.projection.type !== "ALL";
  if (select === "ALL_ATTRIBUTES" && partial && !index.local) {
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  const fetchesWhole = partial && index.local && (select === "ALL_ATTRIBUTES" || projects !== undefined);
  return { countsOnly: select === "COUNT", fetchesWhole };
};
