import { UPDATE_MS } from "./limits.ts";
import type { VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A changed `$LATEST` as AWS shows it at first: at work, under a revision that is not the one it has once that is done. */
export const updating = ({ clock, ids }: Pick<Room, "clock" | "ids">, latest: VersionRecord): VersionRecord => ({
  ...latest,
  update: { until: clock.now() + UPDATE_MS, revisionId: ids.uuid() },
});

/** The update that is said to be under way. Differs: what it changes is in place already, and so may be changed and run. */
export const updateOf = ({ clock }: Pick<Room, "clock">, { update }: VersionRecord): VersionRecord["update"] =>
  update && clock.now() < update.until ? update : undefined;

/** The revision that is shown. */
export const revisionOf = (room: Pick<Room, "clock">, version: VersionRecord): string =>
  updateOf(room, version)?.revisionId ?? version.revisionId;
