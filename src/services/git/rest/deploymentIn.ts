import { keyOf } from "../../../engines/git/place.ts";
import type { DeploymentRecord, DeploymentStatusRecord } from "../records.ts";
import { type AskedOf, notFound } from "./api.ts";

/** The deployment whose number is the first thing the address names. */
export const deploymentIn = ({ room, repository, params }: AskedOf): DeploymentRecord => {
  const deployment = room.deployments.get([...keyOf(repository), Number(params[0])]);
  if (!deployment) throw notFound();
  return deployment;
};

/** What became of a deployment, the latest first. */
export const statusesIn = (
  { room, repository }: Pick<AskedOf, "room" | "repository">,
  { id }: DeploymentRecord,
): readonly DeploymentStatusRecord[] => [
  ...room.deploymentStatuses.values({ prefix: [...keyOf(repository), id], reverse: true }),
];
