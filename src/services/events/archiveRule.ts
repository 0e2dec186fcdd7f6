import { type ArchiveRecord, DEFAULT_BUS, type RuleRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Of EventBridge's own archives, as AWS names it in what is theirs. */
const ARCHIVES = "prod.vhs.events.aws.internal";

/** AWS: an archive is a rule of its bus, too, which takes all that is no replay. Here it is to be seen alone: events come to archives by themselves. */
export const keepArchiveRule = (
  room: Pick<Room, "rules" | "partition" | "region" | "account">,
  archive: ArchiveRecord,
) => {
  const { partition, region, account } = room;
  const { bus, createdAt } = archive;
  const name = ruleName(archive);
  const pattern: object = JSON.parse(archive.eventPattern ?? "{}");
  const rule: RuleRecord = {
    name,
    bus,
    arn: `arn:${partition}:events:${region}:${account}:rule/${bus === DEFAULT_BUS ? name : `${bus}/${name}`}`,
    eventPattern: JSON.stringify({ ...pattern, "replay-name": [{ exists: false }] }),
    enabled: true,
    managedBy: ARCHIVES,
    targets: [
      {
        id: name,
        arn: `arn:${partition}:events:${region}:::`,
        inputTransformer: {
          paths: {},
          template: `{"archive-arn": "${archive.arn}", "event": <aws.events.event.json>, "ingestion-time": <aws.events.event.ingestion-time>}`,
        },
      },
    ],
    tags: [],
    createdAt,
  };
  room.rules.put([bus, name], rule);
};

export const dropArchiveRule = ({ rules }: Pick<Room, "rules">, archive: ArchiveRecord) => {
  rules.delete([archive.bus, ruleName(archive)]);
};

const ruleName = ({ name }: ArchiveRecord): string => `Events-Archive-${name}`;
