import { textOf } from "../../../kernel/body.ts";
import type { Context } from "../../../kernel/context.ts";
import { readAppSpec } from "../appSpec.ts";
import type { AppSpec, DeploymentRecord, Revision } from "../records.ts";
import type { Room } from "../room.ts";
import { save } from "./ledger.ts";

/** A deployment's AppSpec; read once, under the service role, from where its revision says it is. */
export const appSpecOf = async (room: Room, ctx: Context, deployment: DeploymentRecord): Promise<AppSpec> => {
  if (deployment.appSpec) return deployment.appSpec;
  const appSpec = readAppSpec(await contentOf(ctx, deployment.revision));
  save(room, { ...deployment, appSpec });
  return appSpec;
};

const contentOf = async (ctx: Context, { appSpecContent, string, s3Location }: Revision): Promise<string> => {
  const content = appSpecContent?.content ?? string?.content;
  if (content !== undefined) return content;
  const { bucket: Bucket, key: Key, version: VersionId } = s3Location ?? {};
  const { Body } = await ctx.call("s3", "GetObject", { Bucket, Key, VersionId });
  return textOf(Body);
};
