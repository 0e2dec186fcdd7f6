import { createHash } from "node:crypto";
import type { AssumedRoleUser } from "@aws-sdk/client-sts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, known } from "../../../kernel/errors.ts";
import type { RolePrincipal } from "../../../kernel/principal.ts";
import { invalidInput } from "../errors.ts";
import type { Room } from "../room.ts";

/** What CodeBuild does in a build's name, it does as the project's service role. */
export interface ServiceRole {
  readonly principal: RolePrincipal;
  readonly ctx: Context;
}

export const SERVICE_PRINCIPAL = "codebuild.amazonaws.com";

interface Assuming {
  readonly service?: string;
  /** A role that is assumed first; the other one trusts it, not the service. */
  readonly through?: string;
  readonly traceId?: string;
}

/** Assumes a role as CodeBuild does: the role must trust the service. Throws STS's own refusal. */
export const assumeServiceRole = async (
  { deps }: Pick<Room, "deps">,
  roleArn: string,
  sourceArn: string,
  sessionName: string,
  { service = SERVICE_PRINCIPAL, through, traceId }: Assuming = {},
): Promise<ServiceRole> => {
  const self = deps.contextAs({ kind: "service", account: deps.account, service, sourceArn }).traced(traceId);
  const assume = async (ctx: Context, role: string): Promise<ServiceRole> => {
    const { AssumedRoleUser } = await ctx.call("sts", "AssumeRole", { RoleArn: role, RoleSessionName: sessionName });
    const principal = {
      ...sessionOf(role, sessionName, AssumedRoleUser),
      ...(traceId === undefined ? {} : { traceId }),
    };
    return { principal, ctx: deps.contextAs(principal) };
  };
  return assume(through === undefined ? self : (await assume(self, through)).ctx, roleArn);
};

const sessionOf = (roleArn: string, sessionName: string, assumed: AssumedRoleUser | undefined): RolePrincipal => {
  const user = known(assumed, "the assumed role");
  return {
    kind: "role",
    account: known(roleArn.split(":")[4], "the role's account"),
    arn: known(user.Arn, "the assumed role's ARN"),
    userId: known(user.AssumedRoleId, "the assumed role's id"),
    roleArn,
    roleName: roleArn.split("/").at(-1) ?? "",
    sessionName,
  };
};

/** AWS tries a project's role when the project names it. */
export const checkServiceRole = async (room: Pick<Room, "deps">, roleArn: string, arn: string): Promise<void> => {
  try {
    await assumeServiceRole(room, roleArn, arn, sessionNameOf(arn));
  } catch (error) {
    if (!REFUSALS.has(errorCode(error))) throw error;
    throw invalidInput(`CodeBuild is not authorized to perform: sts:AssumeRole on ${roleArn}`);
  }
};

/** `AWSCodeBuild-UUID`, as in the messages of AWS; for a project a digest of its ARN. */
export const sessionNameOf = (arn: string): string => {
  const uuid = /:(?:build(?:-batch)?|sandbox)\/[^:]+:(.+)$/.exec(arn)?.[1];
  return `AWSCodeBuild-${uuid ?? createHash("sha256").update(arn).digest("hex").slice(0, 32)}`;
};

const REFUSALS = new Set(["AccessDenied", "AccessDeniedException", "NoSuchEntity", "NoSuchEntityException"]);
