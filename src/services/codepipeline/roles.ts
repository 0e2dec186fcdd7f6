import type { ActionRun, Execution } from "../../engines/pipeline/model.ts";
import { assumeRole } from "../../kernel/assumeRole.ts";
import type { Context } from "../../kernel/context.ts";
import { known } from "../../kernel/errors.ts";
import { rootOf, tracedSession } from "../../kernel/principal.ts";
import { segmentOf, within } from "../../kernel/traceId.ts";
import { type Room, SERVICE_PRINCIPAL } from "./room.ts";
import { traceOfRun } from "./traces.ts";

const MAX_SESSION_NAME = 64;

/** The context of a pipeline's role; its sessions bear the pipeline's name. Throws STS's refusal. */
export const pipelineRole = (
  room: Pick<Room, "deps">,
  roleArn: string,
  pipeline: string,
  traceId?: string,
): Promise<Context> => {
  const { account, region, partition } = room.deps;
  const service = room.deps.contextAs({ kind: "service", account, service: SERVICE_PRINCIPAL }).traced(traceId);
  const sourceArn = `arn:${partition}:codepipeline:${region}:${account}:${pipeline}`;
  return assumeRole(service, { service: SERVICE_PRINCIPAL, sourceArn }, roleArn, pipeline.slice(0, MAX_SESSION_NAME));
};

/** CodePipeline itself, for what it does without asking anybody's role. */
export const ownContext = (
  { deps }: Pick<Room, "deps">,
  { account, partition, region }: Pick<Context, "account" | "partition" | "region">,
): Context => deps.contextAs(rootOf(account, partition), SERVICE_PRINCIPAL, region);

/** What an action runs as, in its region: the pipeline's role, or a role of its own that the pipeline's role assumes. */
export const actionRole = async (room: Room, execution: Execution, { id, action }: ActionRun): Promise<Context> => {
  const { spec } = execution;
  const traceId = within(traceOfRun(execution), segmentOf(id));
  const pipeline = await pipelineRole(room, spec.roleArn, spec.name, traceId);
  const region = action.region ?? room.deps.region;
  if (action.roleArn === undefined)
    return room.deps.contextAs(tracedSession(pipeline.principal, traceId), SERVICE_PRINCIPAL, region);
  const sessionName = spec.name.slice(0, MAX_SESSION_NAME);
  const { AssumedRoleUser: user } = await pipeline.call("sts", "AssumeRole", {
    RoleArn: action.roleArn,
    RoleSessionName: sessionName,
  });
  return room.deps.contextAs(
    {
      kind: "role",
      account: action.roleArn.split(":")[4] ?? room.deps.account,
      arn: known(user?.Arn, "the assumed role's ARN"),
      userId: known(user?.AssumedRoleId, "the assumed role's id"),
      roleArn: action.roleArn,
      roleName: action.roleArn.split("/").at(-1) ?? "",
      sessionName,
      traceId,
    },
    SERVICE_PRINCIPAL,
    region,
  );
};
