import type { JsonObject } from "../../../kernel/json.ts";
import { arnOf } from "../place.ts";
import type { RepositoryRecord, TriggerRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** What a message is about. */
export interface Told {
  readonly repository: RepositoryRecord;
  readonly trigger: TriggerRecord;
  readonly eventName: "ReferenceChanges" | "TriggerEventTest";
  readonly references: readonly JsonObject[];
  /** Who did it, by the ARN. */
  readonly actor: string;
}

/** https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify-lambda.html */
export const messageOf = (room: Room, { repository, trigger, eventName, references, actor }: Told): JsonObject => ({
  Records: [
    {
      awsRegion: room.deps.region,
      codecommit: {
        references: [...references],
        ...(trigger.customData === undefined ? {} : { customData: trigger.customData }),
      },
      eventId: room.ids.uuid(),
      eventName,
      eventPartNumber: 1,
      eventSource: "aws:codecommit",
      eventSourceARN: arnOf(room, repository.name),
      eventTime: new Date(room.clock.now()).toISOString().replace("Z", "+0000"),
      eventTotalParts: 1,
      eventTriggerConfigId: repository.configurationId ?? "",
      eventTriggerName: trigger.name,
      eventVersion: "1.0",
      userIdentityARN: actor,
    },
  ],
});
