import { patternFault } from "../../../engines/pattern/patternFault.ts";
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
