import type { JsonObject } from "../../kernel/json.ts";
import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Tells the cloud, whose pipelines and builds follow the Git host, what happened to a repository. */
export const emit = (
  { deps, ids, clock }: Room,
  { owner, name }: RepositoryRecord,
  detailType: "Git Push" | "Git Pull Request" | "Git Release",
  detail: JsonObject,
): void =>
  deps.events.emit({
    id: ids.uuid(),
    time: clock.now(),
    source: "aloft.git",
    detailType,
    account: deps.account,
    region: deps.region,
    resources: [],
    detail: { owner, repository: name, ...detail },
  });
