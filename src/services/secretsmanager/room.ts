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
import { followedByReplicas } from "./replicas.ts";

/** An operation of Secrets Manager. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"secretsmanager", O>;

/** The state of Secrets Manager in one account and region. */
export interface Room {
  readonly secrets: Secrets;
  /** The account's secrets in another region. */
  readonly secretsIn: (region: string) => Secrets;
  readonly region: string;
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
  const { records, recordsIn, clock, ids, cipher, account, region, tasks, contextAs } = deps;
  const secretsIn = (elsewhere: string) => openSecrets(recordsIn(elsewhere));
  const room: Room = {
    secrets: followedByReplicas(openSecrets(records), secretsIn),
    secretsIn,
    policies: records.collection("policies"),
    rotations: records.collection("rotations"),
    agenda: createAgenda({ ...deps, onDue: (name) => onDue(room, name) }),
    ...{ clock, ids, cipher, account, region, tasks, contextAs },
  };
  return room;
};
