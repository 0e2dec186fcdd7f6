import type { SamCall } from "../command.ts";
import { SamFailure, UsageFailure } from "../failure.ts";
import { parameterOverrides } from "../options/parameters.ts";
import { tagsOf } from "../options/tags.ts";
import { managedBucket } from "../package/managedBucket.ts";

/** What a `sam deploy` is to do. */
export interface Deployment {
  readonly stackName: string;
  readonly bucket: string | undefined;
  readonly capabilities: readonly string[] | undefined;
  readonly overrides: ReadonlyMap<string, string>;
  readonly tags: readonly object[];
  readonly roleArn: string | undefined;
  readonly notificationArns: readonly string[] | undefined;
  readonly onFailure: string;
  readonly disableRollback: boolean;
}

export const deploymentOf = async (call: SamCall): Promise<Deployment> => {
  const { given, io } = call;
  const stackName = given.text("stack_name");
  if (stackName === undefined)
    throw new UsageFailure(
      "Missing option '--stack-name', 'sam deploy --guided' can be used to provide and save needed parameters for future deploys.",
    );
  if (given.on("confirm_changeset"))
    throw new SamFailure("--confirm-changeset needs a terminal to ask at; use --no-confirm-changeset.");
  const onFailure = given.text("on_failure") ?? "ROLLBACK";
  return {
    stackName,
    overrides: await parameterOverrides(given.value("parameter_overrides"), io.cwd),
    tags: tagsOf(given.value("tags")),
    capabilities: given.has("capabilities") ? given.words("capabilities") : undefined,
    roleArn: given.text("role_arn"),
    notificationArns: given.has("notification_arns") ? given.words("notification_arns") : undefined,
    onFailure,
    disableRollback: given.on("disable_rollback") || onFailure === "DO_NOTHING",
    bucket: await bucketOf(call),
  };
};

const bucketOf = async (call: SamCall): Promise<string | undefined> => {
  const named = call.given.text("s3_bucket");
  if (!call.given.on("resolve_s3")) return named;
  if (named === undefined) return managedBucket(call);
  throw new SamFailure(
    "Cannot use both --resolve-s3 and --s3-bucket parameters in non-guided deployments. Please use only one or use the --guided option for a guided deployment.",
  );
};
