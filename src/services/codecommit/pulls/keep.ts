import type { JsonObject } from "../../../kernel/json.ts";
import { emit } from "../events/emit.ts";
import type { Room } from "../room.ts";
import { repositoryOf } from "./find.ts";
import type { PullEventType, PullRecord } from "./records.ts";

/** What happened to a pull request: what its history keeps of it, and what EventBridge is told. */
export interface Happening {
  readonly type?: PullEventType;
  /** Whether the event tells where the sides parted. */
  readonly tellsBase?: boolean;
  readonly detail?: object;
  readonly event: string;
  readonly words: string;
  readonly actor: string;
  readonly more?: JsonObject;
}

/** Keeps a pull request as it is now, with what happened to it, and tells the cloud. */
export const keepPull = (room: Room, changed: PullRecord, happening: Happening): PullRecord => {
  const pull = { ...changed, activeAt: room.clock.now() };
  room.tables.pulls.put(pull.number, pull);
  const { type, detail = {}, actor, tellsBase } = happening;
  if (type !== undefined) {
    const place = room.tables.pullEvents.count({ prefix: [pull.number] });
    room.tables.pullEvents.put([pull.number, place], {
      ...{ type, at: pull.activeAt, actor, detail },
      ...(tellsBase ? { sides: { source: pull.sourceCommit, destination: pull.destinationCommit } } : {}),
    });
  }
  tell(room, pull, happening);
  return pull;
};

/** https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html#pullRequestCreated */
const tell = (room: Room, pull: PullRecord, { event, words, actor, more = {} }: Happening): void => {
  const { name } = repositoryOf(room, pull);
  const { number, title, merged } = pull;
  const who = actor.split(/[/:]/).at(-1);
  emit(room, "CodeCommit Pull Request State Change", name, {
    author: pull.author,
    callerUserArn: actor,
    creationDate: dateText(pull.createdAt),
    ...(pull.description === undefined ? {} : { description: pull.description }),
    destinationCommit: pull.destinationCommit,
    destinationReference: pull.destination,
    event,
    isMerged: merged ? "True" : "False",
    lastModifiedDate: dateText(pull.activeAt),
    ...(merged ? { mergeOption: merged.option } : {}),
    notificationBody: `A pull request event occurred in the following AWS CodeCommit repository: ${name}. User: ${who}. Event: ${words}. Pull request name: ${number}. Additional information: The title of the pull request is: ${title}. For more information, go to the AWS CodeCommit console https://${room.deps.region}.console.aws.amazon.com/codecommit/home?region=${room.deps.region}#/repository/${name}/pull-request/${number}`,
    pullRequestId: String(number),
    pullRequestStatus: pull.status === "OPEN" ? "Open" : "Closed",
    repositoryNames: [name],
    revisionId: pull.revisionId,
    sourceCommit: pull.sourceCommit,
    sourceReference: pull.source,
    title,
    ...more,
  });
};

/** `Tue Feb 12 20:19:21 UTC 2019` */
export const dateText = (ms: number): string => {
  const [day = "", date = "", month = "", year = "", time = ""] = new Date(ms)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${day} ${month} ${date} ${time} UTC ${year}`;
};
