import { principalArn } from "../../../kernel/principal.ts";
import type { Operation } from "../room.ts";

export const getCallerIdentity = (): Operation<"GetCallerIdentity"> => async (ctx) => ({
  UserId: "userId" in ctx.principal ? ctx.principal.userId : principalArn(ctx.principal),
  Account: ctx.account,
  Arn: principalArn(ctx.principal),
});
