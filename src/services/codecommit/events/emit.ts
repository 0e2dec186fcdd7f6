import type { JsonObject } from "../../../kernel/json.ts";
import { arnOf } from "../place.ts";
import type { Room } from "../room.ts";

/** https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html */
export type DetailType =
  | "CodeCommit Repository State Change"
  | "CodeCommit Comment on Commit"
  | "CodeCommit Comment on Pull Request"
  | "CodeCommit Comment Reaction Change"
  | "CodeCommit Pull Request State Change"
  | "CodeCommit Approval Rule Template Change";

/** Tells the cloud, rules of EventBridge and pipelines among it, what happened to a repository, or to none. */
export const emit = (
  room: Room,
  detailType: DetailType,
  repositoryName: string | undefined,
  detail: JsonObject,
): void => {
  const { deps, ids, clock } = room;
  deps.events.emit({
    id: ids.uuid(),
    time: clock.now(),
    source: "aws.codecommit",
    detailType,
    account: deps.account,
    region: deps.region,
    resources: repositoryName === undefined ? [] : [arnOf(room, repositoryName)],
    detail,
  });
};
