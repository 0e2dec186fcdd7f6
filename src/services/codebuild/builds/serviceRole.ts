import { createHash } from "node:crypto";
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

/** Assumes a role as CodeBuild does: the role must trust the service. Throws STS's own refusal. */
export const assumeServiceRole = async (
  { deps }: Pick<Room, "deps">,
  roleArn: string,
  sourceArn: string,
  sessionName: string,
  { service = SERVICE_PRINCIPAL, traceId }: { readonly service?: string; readonly traceId?: string } = {},
): Promise<ServiceRole> => {
  const self = deps.contextAs({ kind: "service", account: deps.account, service, sourceArn }).traced(traceId);
  const { AssumedRoleUser } = await self.call("sts", "AssumeRole", {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
  });
  const user = known(AssumedRoleUser, "the assumed role");
  const principal: RolePrincipal = {
    kind: "role",
    account: roleArn.split(":")[4] ?? deps.account,
    arn: known(user.Arn, "the assumed role's ARN"),
    userId: known(user.AssumedRoleId, "the assumed role's id"),
    roleArn,
    roleName: roleArn.split("/").at(-1) ?? "",
    sessionName,
    ...(traceId === undefined ? {} : { traceId }),
  };
  return { principal, ctx: deps.contextAs(principal) };
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
