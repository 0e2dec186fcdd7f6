import { type Agenda, createAgenda } from "../../engines/schedule/agenda.ts";
import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { Cipher, RoomDeps } from "../../kernel/service.ts";
import { type Announcements, announcements } from "./announce.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of Systems Manager. */
export type Operation<O extends OperationName<AwsModels["ssm"]>> = kernel.Operation<"ssm", O>;

/** Parameter Store in one account and region. */
export interface Room extends Collections, Announcements {
  readonly clock: Clock;
  readonly cipher: Cipher;
  /** When the policies of parameters are due. */
  readonly agenda: Agenda;
}

/** What is called when a policy is due, which needs the room. */
type OnDue = (room: Room, id: string) => void;

export const openRoom = (deps: RoomDeps, onDue: OnDue): Room => {
  const room: Room = {
    ...openCollections(deps.records),
    ...announcements(deps),
    clock: deps.clock,
    cipher: deps.cipher,
    agenda: createAgenda({ ...deps, onDue: (id) => onDue(room, id) }),
  };
  return room;
};
