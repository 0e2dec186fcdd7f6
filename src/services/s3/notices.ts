import type { Context } from "../../kernel/context.ts";
import { AwsError, NotImplemented } from "../../kernel/errors.ts";
import type { NotificationDocument } from "./configurations.ts";
import { asS3 } from "./itself.ts";
import { MAX_NOTICE_ATTEMPTS, NOTICE_RETRY_MS } from "./limits.ts";
import { deliver, destinationsOf } from "./notificationDelivery.ts";
import { eventRecord, type Happening } from "./notificationEvents.ts";
import { isWanted } from "./notificationRules.ts";
import type { NoticeRecord } from "./records.ts";
import type { Room } from "./room.ts";

type NotifyingRoom = Pick<Room, "notices" | "tasks" | "ids" | "clock" | "committed" | "contextAs">;

/** Notes a notice for each destination that wants to hear of it, in the same commit as what happened, and sends them. */
export const sendNotices = (room: NotifyingRoom, happening: Happening, document: NotificationDocument): void => {
  const { name, account, region } = happening.bucket;
  for (const { kind, arn, rule } of destinationsOf(document)) {
    if (!isWanted(rule, happening.name, happening.version.key)) continue;
    const message = JSON.stringify({ Records: [eventRecord(happening, rule.Id ?? "")] });
    const notice = { id: room.ids.uuid(), bucket: { name, account, region }, kind, arn, message, attempts: 0 };
    room.notices.put(notice.id, notice);
    start(room, notice, happening.ctx);
  }
};

/** Goes on with what an earlier process left. */
export const resumeNotices = (room: NotifyingRoom): void => {
  for (const { value } of room.notices.range()) start(room, value, asS3(room, value.bucket));
};

const start = (room: NotifyingRoom, notice: NoticeRecord, ctx: Context): void =>
  room.tasks.spawn(`s3 events of ${notice.bucket.name}`, async (signal) => {
    await room.committed();
    try {
      await send(room, notice, ctx, signal);
    } catch (error) {
      // It goes on when the cloud starts again.
      if (signal.aborted) return;
      room.notices.delete(notice.id);
      throw error;
    }
    room.notices.delete(notice.id);
  });

/** AWS: an event that is refused at last is lost, and nobody is told. What is no refusal is our bug. */
const send = async (room: NotifyingRoom, notice: NoticeRecord, ctx: Context, signal: AbortSignal): Promise<void> => {
  for (let failed = notice.attempts; ; failed++) {
    try {
      await deliver(ctx, notice.bucket, notice, notice.message);
      return;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (isFinal(error) || failed + 1 >= MAX_NOTICE_ATTEMPTS) return;
      room.notices.put(notice.id, { ...notice, attempts: failed + 1 });
      await room.clock.sleep(NOTICE_RETRY_MS * 2 ** failed, signal);
    }
  }
};

const isRefusal = (error: unknown): error is Error =>
  error instanceof AwsError || (error instanceof Error && "$fault" in error);

/** A permission that is missing or a destination that is gone stays so. */
const isFinal = (error: Error): boolean =>
  error instanceof NotImplemented ||
  /AccessDenied|AuthorizationError|NotFound|NonExistent/.test(error instanceof AwsError ? error.code : error.name);
