import { AwsError, errorCode, errorMessage } from "../../kernel/errors.ts";
import { emptyBatch, invalidEntryId, repeatedEntryId, tooManyEntries } from "./errors.ts";
import { MAX_BATCH_ENTRIES } from "./limits.ts";

interface Failure {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

/** Runs each entry of a batch on its own: what AWS refuses of one leaves the others alone. */
export const runBatch = <E extends { readonly Id: string }, R>(
  entries: readonly E[],
  run: (entry: E) => R,
): { readonly Successful: R[] | undefined; readonly Failed: Failure[] | undefined } => {
  const Successful: R[] = [];
  const Failed: Failure[] = [];
  for (const entry of entries) {
    try {
      Successful.push(run(entry));
    } catch (error) {
      // Our own bugs are no failures of an entry.
      if (!(error instanceof AwsError) && !(error instanceof Error && "$fault" in error)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: errorCode(error), Message: errorMessage(error) });
    }
  }
  // AWS: a list without entries is left out.
  return {
    Successful: Successful.length === 0 ? undefined : Successful,
    Failed: Failed.length === 0 ? undefined : Failed,
  };
};

/** Refuses a batch as a whole. */
export const checkBatch = (entries: readonly { readonly Id: string }[], noun: string): void => {
  if (entries.length === 0) throw emptyBatch(noun);
  if (entries.length > MAX_BATCH_ENTRIES) throw tooManyEntries(entries.length);
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) throw invalidEntryId();
    if (seen.has(Id)) throw repeatedEntryId(Id);
    seen.add(Id);
  }
};
