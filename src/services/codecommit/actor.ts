import { type Principal, rootOf } from "../../kernel/principal.ts";

/** The ARN by which CodeCommit names who did something. */
export const actorOf = (principal: Principal, partition: string): string =>
  "arn" in principal ? principal.arn : rootOf(principal.account, partition).arn;
