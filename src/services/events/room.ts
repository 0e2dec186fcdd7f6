import { createTokens, type Tokens } from "../../engines/connections/tokens.ts";
import { createTurns, type Turns } from "../../engines/connections/turns.ts";
import { callHttp } from "../../engines/gateway/httpCall.ts";
import { type Agenda, createAgenda } from "../../engines/schedule/agenda.ts";
import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Events } from "../../kernel/events.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Tasks } from "../../kernel/tasks.ts";
import { createRuleMeter, type RuleMeter } from "./meter.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of EventBridge. */
export type Operation<O extends OperationName<AwsModels["events"]>> = kernel.Operation<"events", O>;

/** EventBridge in one account and region. */
export interface Room extends Collections {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tasks: Tasks;
  readonly events: Events;
  readonly endpoint: () => string;
  readonly contextAs: RoomDeps["contextAs"];
  readonly credentialsFor: RoomDeps["credentialsFor"];
  readonly committed: () => Promise<void>;
  /** When the scheduled rules of the default bus are next due. */
  readonly agenda: Agenda;
  readonly meter: RuleMeter;
  readonly localAddress: RoomDeps["localAddress"];
  readonly tokens: Tokens;
  readonly turns: Turns;
  /** Ends the room's listening to the cloud's events. */
  stop: () => void;
  /** Ends its asking for what CloudTrail tells, where a rule asks for that. */
  endAsking: () => void;
}

/** What is called when a scheduled rule is due: the delivery, which needs the room. */
type OnDue = (room: Room, rule: string, dueAt: number) => void;

export const openRoom = (deps: RoomDeps, onDue: OnDue): Room => {
  const agenda = createAgenda({ ...deps, onDue: (rule, dueAt) => onDue(room, rule, dueAt) });
  const room: Room = {
    ...openCollections(deps.records),
    account: deps.account,
    region: deps.region,
    partition: deps.partition,
    clock: deps.clock,
    ids: deps.ids,
    tasks: deps.tasks,
    events: deps.events,
    endpoint: deps.endpoint,
    contextAs: deps.contextAs,
    credentialsFor: deps.credentialsFor,
    committed: () => deps.records.committed(),
    agenda,
    meter: createRuleMeter(deps),
    localAddress: deps.localAddress,
    tokens: createTokens(deps, (question, signal) => callHttp(deps, question, signal)),
    turns: createTurns(deps),
    stop: () => {},
    endAsking: () => {},
  };
  return room;
};
