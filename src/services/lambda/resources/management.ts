import type { RecursiveLoop, UpdateRuntimeOn } from "@aws-sdk/client-lambda";
import type { ResourceContext } from "../../../kernel/resource.ts";

export type { RecursiveLoop } from "@aws-sdk/client-lambda";

/** When a function takes a new version of its runtime. */
export interface RuntimePolicy {
  readonly UpdateRuntimeOn: UpdateRuntimeOn;
  readonly RuntimeVersionArn?: string;
}

interface Managed {
  readonly RecursiveLoop?: RecursiveLoop;
  readonly RuntimeManagementConfig?: RuntimePolicy;
}

/** Sets what of a function has calls of its own, where it differs; what has left the template goes back to its default. */
export const setManagement = async (
  ctx: ResourceContext,
  FunctionName: string,
  before: Managed,
  after: Managed,
): Promise<void> => {
  const { RecursiveLoop = "Terminate", RuntimeManagementConfig = { UpdateRuntimeOn: "Auto" as const } } = after;
  if (RecursiveLoop !== (before.RecursiveLoop ?? "Terminate")) {
    await ctx.call("lambda", "PutFunctionRecursionConfig", { FunctionName, RecursiveLoop });
  }
  if (JSON.stringify(before.RuntimeManagementConfig) !== JSON.stringify(after.RuntimeManagementConfig)) {
    await ctx.call("lambda", "PutRuntimeManagementConfig", { FunctionName, ...RuntimeManagementConfig });
  }
};
