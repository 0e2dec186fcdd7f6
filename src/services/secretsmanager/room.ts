import type * as sdk from "@aws-sdk/client-secrets-manager";
import { type Agenda, createAgenda } from "../../engines/schedule/agenda.ts";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { Cipher, RoomDeps } from "../../kernel/service.ts";
import type { Tasks } from "../../kernel/tasks.ts";
import type { Collection } from "../../store/records.ts";
import { openSecrets, type Secrets } from "./records.ts";

/** An operation of Secrets Manager. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"secretsmanager", O>;

/** The state of Secrets Manager in one account and region. */
export interface Room {
  readonly secrets: Secrets;
  /** Client request tokens seen, by secret name: what makes a repeated request safe. */
  readonly policies: Collection<string>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cipher: Cipher;
  readonly account: string;
  readonly tasks: Tasks;
  readonly contextAs: RoomDeps["contextAs"];
  /** When each secret's next rotation is due, by name. */
  readonly agenda: Agenda;
  /** The versions that rotations under way are making, by secret name. */
  readonly rotations: Collection<string>;
}

/** What is called when a secret's rotation is due, which needs the room. */
type OnDue = (room: Room, name: string) => void;

export const openRoom = (deps: RoomDeps, onDue: OnDue): Room => {
  const { records, clock, ids, cipher, account, tasks, contextAs } = deps;
  const room: Room = {
    secrets: openSecrets(records),
    policies: records.collection("policies"),
    rotations: records.collection("rotations"),
    agenda: createAgenda({ ...deps, onDue: (name) => onDue(room, name) }),
    ...{ clock, ids, cipher, account, tasks, contextAs },
  };
  return room;
};
