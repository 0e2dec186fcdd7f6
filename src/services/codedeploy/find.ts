import { deploymentIdRequired, groupNameRequired, noApplication, noDeployment, noGroup } from "./errors.ts";
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

export const findDeployment = (
  { deployments }: Pick<Room, "deployments">,
  id: string | undefined,
): DeploymentRecord => {
  if (!id) throw deploymentIdRequired();
  const deployment = deployments.get(id);
  if (!deployment) throw noDeployment(id);
  return deployment;
};

/** A group's deployments, the newest first. */
export const deploymentsOf = (
  { deployments }: Pick<Room, "deployments">,
  application: string | undefined,
  group: string | undefined,
): readonly DeploymentRecord[] =>
  [...deployments.range()]
    .map(({ value }) => value)
    .filter((each) => application === undefined || each.application === application)
    .filter((each) => group === undefined || each.group === group)
    .sort((a, b) => b.createdAt - a.createdAt);
