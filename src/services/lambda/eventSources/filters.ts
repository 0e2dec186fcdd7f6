import { matchesPattern, type Pattern } from "../../../engines/pattern/eventPattern.ts";
import { patternFault } from "../../../engines/pattern/patternFault.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import { invalidValue } from "../errors.ts";
import { MAX_EVENT_FILTERS } from "../limits.ts";

interface FilterInput {
  readonly Filters?: readonly { readonly Pattern?: string | undefined }[] | undefined;
}

/** The patterns of a request's filter criteria; undefined when it asks for none. */
export const filtersOf = (criteria: FilterInput | undefined): readonly string[] | undefined => {
  const patterns = (criteria?.Filters ?? []).flatMap(({ Pattern }) => (Pattern === undefined ? [] : [Pattern]));
  if (patterns.length > MAX_EVENT_FILTERS) {
    throw invalidValue(`Exceeded maximum number of filters. The maximum is ${MAX_EVENT_FILTERS}.`);
  }
  for (const pattern of patterns) {
    if (patternFault(pattern) !== undefined) throw invalidValue("Invalid filter pattern definition.");
  }
  return patterns.length > 0 ? patterns : undefined;
};

/** Tells whether an item is passed on. */
export const filterOf = (patterns: readonly string[] | undefined): ((item: object) => boolean) => {
  if (!patterns) return () => true;
  const read = patterns.map(parsed).filter(isPattern);
  return (item) => read.some((pattern) => matchesPattern(pattern, item));
};

const isPattern = (value: unknown): value is Pattern => isJsonObject(value);

/** JSON, or the text itself where it is none: AWS compares a body that is plain text as such. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, which is nothing wrong with a message.
    return text;
  }
};
