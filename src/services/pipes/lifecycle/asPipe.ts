import { assumeRole } from "../../../kernel/assumeRole.ts";
import type { Context } from "../../../kernel/context.ts";
import { SESSION_MS } from "../limits.ts";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";

const SERVICE = "pipes.amazonaws.com";

/** A context under a pipe's role, as which it reads, enriches and delivers. */
export const asPipe = (room: Room, { arn, name, roleArn }: PipeRecord): Promise<Context> => {
  const self = { kind: "service", account: room.account, service: SERVICE, sourceArn: arn } as const;
  return assumeRole(room.contextAs(self), { service: SERVICE, sourceArn: arn }, roleArn, name);
};

/** The same, assumed anew only from time to time. */
export const pipeSession = (room: Room, pipe: PipeRecord): (() => Promise<Context>) => {
  let held: { readonly ctx: Context; readonly until: number } | undefined;
  return async () => {
    const now = room.clock.now();
    if (!held || held.until <= now) held = { ctx: await asPipe(room, pipe), until: now + SESSION_MS };
    return held.ctx;
  };
};
