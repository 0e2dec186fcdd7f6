import { AwsError } from "../../../kernel/errors.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { unlessMissing } from "../../../kernel/resourceReading.ts";
import { orGone } from "./gone.ts";

const POLL_MS = 1000;
const NOT_APPLIED = "Provisioned Concurrency configuration failed to be applied.";

/** How many environments of a version or an alias stand ready before anybody calls. */
export interface ProvisionedConcurrency {
  readonly ProvisionedConcurrentExecutions: number;
}

/** Provisions a version or an alias, or ends that. AWS: it is done once the environments are there. */
export const provision = async (
  ctx: ResourceContext,
  target: { readonly FunctionName: string; readonly Qualifier: string },
  wanted: ProvisionedConcurrency | undefined,
): Promise<void> => {
  if (wanted === undefined) {
    await orGone(ctx.call("lambda", "DeleteProvisionedConcurrencyConfig", target));
    return;
  }
  const { ProvisionedConcurrentExecutions } = wanted;
  await ctx.call("lambda", "PutProvisionedConcurrencyConfig", { ...target, ProvisionedConcurrentExecutions });
  for (;;) {
    const { Status, StatusReason } = await ctx.call("lambda", "GetProvisionedConcurrencyConfig", target);
    if (Status === "READY") return;
    if (Status === "FAILED") throw new AwsError("NotStabilized", `${NOT_APPLIED} Reason: ${StatusReason ?? Status}`);
    await ctx.sleep(POLL_MS);
  }
};

/** What a version or an alias has of its own. */
export const provisionedOf = async (
  ctx: ResourceContext,
  target: { readonly FunctionName: string; readonly Qualifier: string },
): Promise<ProvisionedConcurrency | undefined> => {
  const found = await unlessMissing(
    ctx.call("lambda", "GetProvisionedConcurrencyConfig", target),
    "ProvisionedConcurrencyConfigNotFoundException",
  );
  const wanted = found?.RequestedProvisionedConcurrentExecutions;
  return wanted === undefined ? undefined : { ProvisionedConcurrentExecutions: wanted };
};
