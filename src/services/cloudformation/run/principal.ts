import type { Context } from "../../../kernel/context.ts";
import { type Principal, tracedSession, traceOfSession } from "../../../kernel/principal.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import { validationError } from "../errors.ts";

/** The name by which others see that CloudFormation makes a call for somebody. */
export const SERVICE = "cloudformation.amazonaws.com";

/** Who a stack's resources are made as: its role, or else whoever asked for the operation. */
export const stackPrincipal = async (
  deps: RoomDeps,
  roleArn: string | undefined,
  caller: Principal,
): Promise<Principal> => {
  if (roleArn === undefined) return caller;
  const traceId = traceOfSession(caller);
  const service = deps.contextAs({ kind: "service", account: deps.account, service: SERVICE }).traced(traceId);
  const { AssumedRoleUser } = await service
    .call("sts", "AssumeRole", { RoleArn: roleArn, RoleSessionName: "AWSCloudFormation" })
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === "NotImplemented") throw error;
      throw validationError(`Role ${roleArn} is invalid or cannot be assumed`);
    });
  return tracedSession(sessionOf(deps.account, roleArn, AssumedRoleUser), traceId);
};

/** Whoever somebody becomes by taking on a role. */
export const assumed = async (ctx: Context, roleArn: string, RoleSessionName: string): Promise<Principal> => {
  const { AssumedRoleUser } = await ctx.call("sts", "AssumeRole", { RoleArn: roleArn, RoleSessionName });
  return sessionOf(roleArn.split(":")[4] ?? ctx.account, roleArn, AssumedRoleUser);
};

const sessionOf = (
  account: string,
  roleArn: string,
  user: { readonly Arn: string | undefined; readonly AssumedRoleId: string | undefined } | undefined,
): Principal => ({
  kind: "role",
  account,
  arn: user?.Arn ?? "",
  userId: user?.AssumedRoleId ?? "",
  roleArn,
  roleName: roleArn.split("/").at(-1) ?? "",
  sessionName: user?.Arn?.split("/").at(-1) ?? "",
});

/** A context in which a stack's work is done as some principal. */
export const stackContext = (deps: RoomDeps, principal: Principal): Context => deps.contextAs(principal, SERVICE);
