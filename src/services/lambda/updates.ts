import type { Context } from "../../kernel/context.ts";
import { updateInProgress } from "./errors.ts";
import { findFunction, functionArn } from "./find.ts";
import { UPDATE_MS } from "./limits.ts";
import type { FunctionRecord, VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A changed `$LATEST` as AWS shows it at first: at work, under a revision that is not the one it has once that is done. */
export const updating = ({ clock, ids }: Pick<Room, "clock" | "ids">, latest: VersionRecord): VersionRecord => ({
  ...latest,
  update: { until: clock.now() + UPDATE_MS, revisionId: ids.uuid() },
});

/** The update that is said to be under way. Differs: what it changes is in place already, and so may be run. */
export const updateOf = ({ clock }: Pick<Room, "clock">, { update }: VersionRecord): VersionRecord["update"] =>
  update && clock.now() < update.until ? update : undefined;

/** The revision that is shown. */
export const revisionOf = (room: Pick<Room, "clock">, version: VersionRecord): string =>
  updateOf(room, version)?.revisionId ?? version.revisionId;

/**
 * A function that may be changed or published.
 * AWS: not while its last update is under way. CloudFormation waits for that; here there is nothing that it must wait for.
 * https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html#functions-states-updating
 */
export const changeable = (room: Pick<Room, "functions" | "clock">, ctx: Context, named: string): FunctionRecord => {
  const record = findFunction(room, ctx, named);
  if (updateOf(room, record.latest) && ctx.calledVia !== "cloudformation.amazonaws.com")
    throw updateInProgress(functionArn(ctx, record.name));
  return record;
};
