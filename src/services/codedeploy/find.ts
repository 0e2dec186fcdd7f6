import {
  deploymentIdRequired,
  groupNameRequired,
  invalidDeploymentId,
  noApplication,
  noDeployment,
  noGroup,
} from "./errors.ts";
import type { ApplicationRecord, DeploymentRecord, GroupRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const findApplication = ({ applications }: Pick<Room, "applications">, name: string): ApplicationRecord => {
  const application = applications.get(name);
  if (!application) throw noApplication(name);
  return application;
};

export const findGroup = (
  room: Pick<Room, "applications" | "groups">,
  application: string,
  name: string | undefined,
): GroupRecord => {
  findApplication(room, application);
  if (!name) throw groupNameRequired();
  const group = room.groups.get([application, name]);
  if (!group) throw noGroup(name);
  return group;
};

const DEPLOYMENT_ID = /^d-[A-Z0-9]{9}$/;

/** An id in AWS's form. */
export const deploymentIdIn = (id: string | undefined): string => {
  if (!id) throw deploymentIdRequired();
  if (!DEPLOYMENT_ID.test(id)) throw invalidDeploymentId(id);
  return id;
};

export const findDeployment = (
  { deployments }: Pick<Room, "deployments">,
  given: string | undefined,
): DeploymentRecord => {
  const id = deploymentIdIn(given);
  const deployment = deployments.get(id);
  if (!deployment) throw noDeployment(id);
  return deployment;
};

/** A group's deployments, the newest first. */
export function* deploymentsOf(
  { deployments, history }: Pick<Room, "deployments" | "history">,
  application: string,
  group: string,
): Generator<DeploymentRecord> {
  for (const id of history.values({ prefix: [application, group], reverse: true })) {
    const deployment = deployments.get(id);
    if (deployment) yield deployment;
  }
}

/** The first of them that a condition holds for; no more are read. */
export const latestOf = (
  room: Pick<Room, "deployments" | "history">,
  { application, name }: Pick<GroupRecord, "application" | "name">,
  holds: (deployment: DeploymentRecord) => boolean = () => true,
): DeploymentRecord | undefined => {
  for (const deployment of deploymentsOf(room, application, name)) if (holds(deployment)) return deployment;
  return undefined;
};
