/** Every look is a request, so these many are minutes. */
const MAX_LOOKS = 20_000;

/** Looks until there is something to see. */
export const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const seen = await look();
    if (seen !== undefined) return seen;
  }
  throw new Error("it did not come to be");
};
