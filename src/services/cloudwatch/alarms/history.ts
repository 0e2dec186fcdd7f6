import { HISTORY_KEPT_MS } from "../limits.ts";
import type { AlarmRecord, HistoryRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Notes what happened to an alarm; what is older than AWS keeps goes. */
export const noteHistory = (
  room: Room,
  { name, kind }: Pick<AlarmRecord, "name" | "kind">,
  entry: Pick<HistoryRecord, "time" | "type" | "summary" | "data">,
): void => {
  const number = room.watch.historyNumber++;
  room.history.put([entry.time, number, room.ids.lower(8)], { alarm: name, kind, ...entry });
  room.history.clear({ lt: [room.clock.now() - HISTORY_KEPT_MS] });
};

/** `2026-01-01T00:00:00.000+0000` */
export const timeText = (at: number): string => new Date(at).toISOString().replace("Z", "+0000");

/** The data of a state's reason, as a document. */
export const parsedReason = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch {
    // SetAlarmState takes any text of a caller's that its check let through.
    return data;
  }
};
