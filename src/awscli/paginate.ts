import { isRecord, type Sdk } from "./clients.ts";
import type { Globals } from "./globals.ts";
import { CliError, EXIT } from "./io.ts";

/** All pages of an answer as one, as the AWS CLI gives it; a single call where there are no pages, or none are wanted. */
export const sendPaged = async (
  sdk: Sdk,
  operation: string,
  input: Record<string, unknown>,
  globals: Globals,
): Promise<Record<string, unknown>> => {
  const paginate = sdk.member(`paginate${operation}`);
  if (!globals.paginate || !isPaginator(paginate)) return sdk.send(operation, input);
  const start = globals.startingToken === undefined ? undefined : openToken(globals.startingToken);
  const config = {
    client: sdk.client,
    ...(start?.page === undefined ? {} : { startingToken: start.page }),
    ...(globals.pageSize === undefined ? {} : { pageSize: globals.pageSize }),
  };
  const merged = createMerge(start?.skip ?? 0, globals.maxItems);
  let page = start?.page;
  for await (const answer of paginate(config, input)) {
    if (!isRecord(answer)) continue;
    const cut = merged.add(answer);
    if (cut !== undefined) return { ...merged.answer(), NextToken: sealToken({ page, skip: cut }) };
    page = tokenOf(answer);
    // `--max-items` may end exactly where a page does.
    if (page !== undefined && merged.isFull()) return { ...merged.answer(), NextToken: sealToken({ page, skip: 0 }) };
  }
  return merged.answer();
};

type Paginator = (config: object, input: object) => AsyncIterable<unknown>;
const isPaginator = (value: unknown): value is Paginator => typeof value === "function";

/** Names by which services say that there is more. */
const TOKENS = new Set([
  "NextToken",
  "nextToken",
  "NextMarker",
  "Marker",
  "marker",
  "NextContinuationToken",
  "ContinuationToken",
  "IsTruncated",
  "LastEvaluatedKey",
  "LastEvaluatedTableName",
  "LastEvaluatedStreamArn",
  "LastEvaluatedShardId",
  "NextKeyMarker",
  "NextVersionIdMarker",
  "nextForwardToken",
  "nextBackwardToken",
  "position",
  "PaginationToken",
  "nextMarker",
  "Truncated",
]);

/** Counts that pages add up to. */
const SUMS = new Set(["Count", "ScannedCount", "KeyCount"]);

const createMerge = (skip: number, maxItems: number | undefined) => {
  const answer: Record<string, unknown> = {};
  let toSkip = skip;
  let room = maxItems ?? Number.POSITIVE_INFINITY;
  return {
    answer: () => answer,
    isFull: () => room === 0,
    /** Gives how many of the page's items were taken when there was no room for all. */
    add: (page: Readonly<Record<string, unknown>>): number | undefined => {
      const lists = Object.entries(page).filter(([, value]) => Array.isArray(value));
      let cut: number | undefined;
      for (const [name, value] of lists) {
        if (!Array.isArray(value)) continue;
        const rest = value.slice(toSkip);
        const taken = rest.slice(0, room);
        if (taken.length < rest.length) cut = toSkip + taken.length;
        const before = answer[name];
        answer[name] = [...(Array.isArray(before) ? before : []), ...taken];
      }
      const longest = Math.max(0, ...lists.map(([, value]) => (Array.isArray(value) ? value.length - toSkip : 0)));
      room = Math.max(0, room - longest);
      toSkip = 0;
      for (const [name, value] of Object.entries(page)) {
        if (Array.isArray(value) || TOKENS.has(name) || name === "$metadata") continue;
        const before = answer[name];
        if (SUMS.has(name)) answer[name] = (typeof before === "number" ? before : 0) + Number(value);
        else answer[name] ??= value;
      }
      return cut;
    },
  };
};

const tokenOf = (page: Readonly<Record<string, unknown>>): unknown =>
  [...TOKENS].map((name) => page[name]).find((value) => value !== undefined && typeof value !== "boolean");

interface PageToken {
  /** The service's own token; absent for the first page. */
  readonly page: unknown;
  /** Items of that page that were given already. */
  readonly skip: number;
}

const sealToken = (token: PageToken): string => Buffer.from(JSON.stringify(token)).toString("base64url");

const openToken = (text: string): PageToken => {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (isRecord(token) && typeof token["skip"] === "number") return { page: token["page"], skip: token["skip"] };
  } catch {
    // Not a token of ours: refused below.
  }
  throw new CliError(`\nBad starting token: ${text}`, EXIT.general);
};
