import { dryRunSucceeded } from "./errors.ts";

/** Ends a call that was only to be tried, once nothing stands against it. */
export const stopDryRun = ({ DryRun }: { readonly DryRun?: boolean | undefined }): void => {
  if (DryRun) throw dryRunSucceeded();
};
