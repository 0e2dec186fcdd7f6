import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { readAppSpec } from "../appSpec.ts";
import { findConfig } from "../configs.ts";
import { drive } from "../deploy/drive.ts";
import { newDeployment } from "../deploy/newDeployment.ts";
import { activeDeployment, invalidRevision, revisionRequired } from "../errors.ts";
import { deploymentsOf, findGroup } from "../find.ts";
import { isActive } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Revision = NonNullable<InputOf<AwsModels["codedeploy"], "CreateDeployment">["revision"]>;

export const createDeployment =
  (room: Room): Operation<"CreateDeployment"> =>
  async (ctx, input) => {
    const group = findGroup(room, input.applicationName, input.deploymentGroupName);
    const config = findConfig(room, input.deploymentConfigName ?? group.configName);
    if (!input.revision) throw revisionRequired();
    const appSpec = readAppSpec(await contentOf(ctx, input.revision));
    const active = deploymentsOf(room, group.application, group.name).find(isActive);
    if (active) throw activeDeployment(group.name, active.id);
    const deployment = {
      ...newDeployment(room, {
        application: group.application,
        group: group.name,
        configName: config.name,
        routing: config.routing,
        creator: ctx.calledVia === "cloudformation.amazonaws.com" ? ("CloudFormation" as const) : ("user" as const),
        revision: input.revision,
        appSpec,
        alarms: input.overrideAlarmConfiguration ?? group.alarms,
        autoRollback: input.autoRollbackConfiguration ?? group.autoRollback,
      }),
      ...(input.description === undefined ? {} : { description: input.description }),
    };
    room.deployments.put(deployment.id, deployment);
    drive(room, deployment.id);
    return { deploymentId: deployment.id };
  };

/** The AppSpec's text, from where the revision says it is. */
const contentOf = async (ctx: Context, revision: Revision): Promise<string> => {
  const content = revision.appSpecContent?.content ?? revision.string?.content;
  if (content !== undefined) return content;
  const { bucket, key, version } = revision.s3Location ?? {};
  if (revision.revisionType !== "S3")
    throw new NotImplemented(`codedeploy revisions of the type ${revision.revisionType}`);
  if (!bucket || !key) throw invalidRevision("its location in Amazon S3 is not complete");
  const { Body } = await ctx.call("s3", "GetObject", { Bucket: bucket, Key: key, VersionId: version });
  return textOf(Body);
};

const textOf = async (body: AsyncIterable<Uint8Array> | Uint8Array | string | undefined): Promise<string> => {
  if (body === undefined || typeof body === "string") return body ?? "";
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};
