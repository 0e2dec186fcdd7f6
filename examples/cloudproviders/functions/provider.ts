/** One row of the table: a few facts about a cloud provider. `provider` is the key. */
export interface Provider {
  readonly provider: string;
  readonly launched: number;
  readonly firstService: string;
  readonly url: string;
}

const MAX_TEXT_LENGTH = 100;
const MAX_URL_LENGTH = 2048;
/** Cloud computing has no earlier date worth a row: the word itself was coined in the nineties. */
const EARLIEST_YEAR = 1990;

export type ParsedProvider = { readonly row: Provider } | { readonly problems: readonly string[] };

/** Reads a row from a request's JSON; every problem is named at once, so that a caller corrects them in one go. */
export function parseProvider(body: string | undefined, thisYear: number): ParsedProvider {
  const value = parseJson(body);
  if (!isRecord(value)) return { problems: ["The body must be a JSON object."] };
  const { provider, launched, firstService, url, ...unknown } = value;
  const problems = [
    textProblem("provider", provider),
    yearProblem(launched, thisYear),
    textProblem("firstService", firstService),
    urlProblem(url),
    ...Object.keys(unknown).map((name) => `${name} is not a field of a provider.`),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) return { problems };
  return {
    row: {
      provider: String(provider).trim(),
      launched: Number(launched),
      firstService: String(firstService).trim(),
      url: String(url),
    },
  };
}

function parseJson(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textProblem(name: string, value: unknown): string | undefined {
  if (typeof value === "string" && value.trim() !== "" && value.length <= MAX_TEXT_LENGTH) return undefined;
  return `${name} must be a text of 1 to ${MAX_TEXT_LENGTH} characters.`;
}

function yearProblem(value: unknown, thisYear: number): string | undefined {
  if (typeof value === "number" && Number.isInteger(value) && value >= EARLIEST_YEAR && value <= thisYear)
    return undefined;
  return `launched must be a year from ${EARLIEST_YEAR} to ${thisYear}.`;
}

/** Only web addresses: the site makes a link of it, and a `javascript:` link would run in the reader's browser. */
function urlProblem(value: unknown): string | undefined {
  const valid =
    typeof value === "string" && value.length <= MAX_URL_LENGTH && /^https?:\/\//.test(value) && URL.canParse(value);
  return valid ? undefined : `url must be an http or https address of at most ${MAX_URL_LENGTH} characters.`;
}
