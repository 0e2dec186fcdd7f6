import type { KeyObject } from "node:crypto";
import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { Cipher, RoomDeps } from "../../kernel/service.ts";
import type { Tasks } from "../../kernel/tasks.ts";
import { createTopicTracing, type TopicTracing } from "./delivery/tracing.ts";
import { createTopicMeter, type TopicMeter } from "./meter.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of SNS. */
export type Operation<O extends OperationName<AwsModels["sns"]>> = kernel.Operation<"sns", O>;

/** SNS in one account and region. */
export interface Room extends Collections {
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tasks: Tasks;
  readonly endpoint: () => string;
  readonly contextAs: RoomDeps["contextAs"];
  /** The last delivery of each message group to each receiver, for the next one to wait for. */
  readonly groups: Map<string, Promise<void>>;
  /** When the next message may go to each receiver that takes only so many a second. */
  readonly slots: Map<string, number>;
  readonly cipher: Cipher;
  readonly meter: TopicMeter;
  readonly tracing: TopicTracing;
  readonly serviceCall: RoomDeps["serviceCall"];
  /** The key that messages are signed with, once one was. */
  readonly signing: { key: Promise<{ readonly id: string; readonly key: KeyObject }> | undefined };
}

export const openRoom = (deps: RoomDeps): Room => ({
  ...openCollections(deps.records),
  account: deps.account,
  region: deps.region,
  clock: deps.clock,
  ids: deps.ids,
  tasks: deps.tasks,
  endpoint: deps.endpoint,
  contextAs: deps.contextAs,
  cipher: deps.cipher,
  meter: createTopicMeter(deps),
  tracing: createTopicTracing(deps),
  serviceCall: deps.serviceCall,
  groups: new Map(),
  slots: new Map(),
  signing: { key: undefined },
});
