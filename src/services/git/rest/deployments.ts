import { keyOf } from "../../../engines/git/place.ts";
import type { DeploymentRecord } from "../records.ts";
import { type AskedOf, nothing, ok, type RepositoryRoute, refuse } from "./api.ts";
import { createDeployment } from "./createDeployment.ts";
import { deploymentIn, statusesIn } from "./deploymentIn.ts";
import { deploymentView } from "./deploymentViews.ts";
import { paged } from "./paging.ts";

const FILTERS = ["sha", "ref", "task", "environment"] as const;

const deploymentsOf = ({ room, repository, query }: AskedOf): readonly DeploymentRecord[] =>
  [...room.deployments.values({ prefix: keyOf(repository), reverse: true })].filter((deployment) =>
    FILTERS.every((name) => [null, "none", deployment[name]].includes(query.get(name))),
  );

/** GitHub: the only deployment may go whatever its state, others when they are inactive. */
const deleteDeployment: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const deployment = deploymentIn(asked);
  const key = [...keyOf(repository), deployment.id];
  const isOnly = room.deployments.count({ prefix: keyOf(repository), limit: 2 }) < 2;
  if (!isOnly && statusesIn(asked, deployment)[0]?.state !== "inactive")
    throw refuse(422, "We cannot delete an active deployment unless it is the only deployment in a given repository.");
  room.deploymentStatuses.clear({ prefix: key });
  room.deployments.delete(key);
  return nothing;
};

export const deploymentRoutes: readonly RepositoryRoute[] = [
  ["POST /deployments", createDeployment],
  ["GET /deployments", async (asked) => paged(asked, deploymentsOf(asked), (each) => deploymentView(asked, each))],
  ["GET /deployments/*", async (asked) => ok(deploymentView(asked, deploymentIn(asked)))],
  ["DELETE /deployments/*", deleteDeployment],
];
