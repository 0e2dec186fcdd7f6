import { DAY_MS } from "../../kernel/clock.ts";
import type { TableRecord } from "./records.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html */
export const DEFAULT_RECOVERY_DAYS = 35;

/** The first moment a table can be taken back to. */
export const earliestRestorable = (
  { recoverableSince = 0, recoveryPeriodDays = DEFAULT_RECOVERY_DAYS }: TableRecord,
  now: number,
): number => Math.max(recoverableSince, now - recoveryPeriodDays * DAY_MS);
