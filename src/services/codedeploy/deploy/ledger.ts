import { known } from "../../../kernel/errors.ts";
import { announce } from "../announce.ts";
import {
  type DeploymentRecord,
  type EventFailure,
  type EventName,
  type EventRecord,
  type Failure,
  hookOf,
} from "../records.ts";
import type { Room } from "../room.ts";
import { newRollback } from "./rollback.ts";

/** A deployment as it stands now. */
export const current = ({ deployments }: Pick<Room, "deployments">, id: string): DeploymentRecord =>
  known(deployments.get(id), `the deployment ${id}`);

export const save = ({ deployments, deps }: Room, deployment: DeploymentRecord): void =>
  deployments.put(deployment.id, { ...deployment, updatedAt: deps.clock.now() });

/** Keeps a new deployment, as the latest of its group. */
export const add = (room: Room, deployment: DeploymentRecord): void => {
  remember(room, deployment.application, deployment.group, deployment.id);
  room.deployments.put(deployment.id, deployment);
};

/** Puts a deployment behind those that a group has had. */
export const remember = ({ history }: Pick<Room, "history">, application: string, group: string, id: string): void => {
  const prefix = [application, group];
  const [last] = history.range({ prefix, reverse: true, limit: 1 });
  const place = Array.isArray(last?.key) ? Number(last.key.at(-1)) + 1 : 0;
  history.put([...prefix, place], id);
};

export const eventOf = ({ events }: DeploymentRecord, name: EventName): EventRecord =>
  known(
    events.find((event) => event.name === name),
    `the event ${name}`,
  );

/** Changes what is known of one lifecycle event. */
export const note = (room: Room, id: string, name: EventName, changes: Partial<EventRecord>): void => {
  const deployment = current(room, id);
  const events = deployment.events.map((event) => (event.name === name ? { ...event, ...changes } : event));
  save(room, { ...deployment, events });
};

/** A deployment begins, or goes on after a crash. */
export const start = (room: Room, id: string): DeploymentRecord => {
  const deployment = current(room, id);
  if (deployment.status === "InProgress") return deployment;
  const started: DeploymentRecord = { ...deployment, status: "InProgress", startedAt: room.deps.clock.now() };
  save(room, started);
  announce(room, started, "START");
  return started;
};

/** Begins a lifecycle event; false when it is over, or there is nothing to do in it. */
export const enter = (room: Room, id: string, name: EventName): boolean => {
  const deployment = current(room, id);
  const event = eventOf(deployment, name);
  if (event.status === "InProgress") return true;
  if (event.status !== "Pending") return false;
  const now = room.deps.clock.now();
  if (name !== "AllowTraffic" && hookOf(deployment.appSpec, name) === undefined) {
    // AWS: an event without a function succeeds at once.
    note(room, id, name, { status: "Succeeded", startedAt: now, endedAt: now });
    return false;
  }
  note(room, id, name, { status: "InProgress", startedAt: now, executionId: executionIdOf(room) });
  return true;
};

/** AWS's ids of executions are opaque and long. */
const executionIdOf = ({ deps }: Room): string => Buffer.from(deps.ids.uuid()).toString("base64");

export const leave = (
  room: Room,
  id: string,
  name: EventName,
  status: "Succeeded" | "Failed",
  failure?: EventFailure,
): void =>
  note(room, id, name, {
    status,
    endedAt: room.deps.clock.now(),
    ...(failure === undefined ? {} : { failure }),
  });

/** How a deployment ended. */
export type Outcome =
  | { readonly status: "Succeeded" }
  | { readonly status: "Failed" | "Stopped"; readonly error: Failure };

/** Ends a deployment, and makes in the same write the one that takes it back, where its settings ask for one. */
export const complete = (room: Room, id: string, outcome: Outcome): DeploymentRecord | undefined => {
  const deployment = current(room, id);
  const now = room.deps.clock.now();
  const events = deployment.events.map((event) =>
    event.status === "Pending" ? { ...event, status: "Skipped" as const } : event,
  );
  const ended: DeploymentRecord = { ...deployment, ...outcome, events, completedAt: now };
  const rollback = outcome.status === "Succeeded" ? undefined : newRollback(room, ended, outcome.error);
  const final = rollback ? { ...ended, rollbackId: rollback.id } : ended;
  room.deps.records.atomically(() => {
    save(room, final);
    if (rollback) add(room, rollback);
  });
  announce(room, final, outcome.status === "Succeeded" ? "SUCCESS" : outcome.status === "Failed" ? "FAILURE" : "STOP");
  return rollback;
};
