import { keyOf } from "../../../engines/git/place.ts";
import type { DeploymentRecord, DeploymentStatusRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import { tell } from "../webhooks/events.ts";
import { type AskedOf, created, invalid, notFound, ok, type RepositoryRoute } from "./api.ts";
import { deploymentIn, statusesIn } from "./deploymentIn.ts";
import { deploymentStatusView, deploymentView } from "./deploymentViews.ts";
import { flagIn, optionalTextIn, readJson, textIn } from "./input.ts";
import { paged } from "./paging.ts";

const STATES = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"] as const;

/** https://docs.github.com/en/rest/deployments/statuses#create-a-deployment-status */
const createStatus: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const deployment = deploymentIn(asked);
  const body = await readJson(asked);
  const given = textIn(body, "state");
  const state = STATES.find((each) => each === given);
  if (!state) throw invalid("DeploymentStatus", "state", "custom", "state is not included in the list");
  const environment = optionalTextIn(body, "environment") ?? deployment.environment;
  const status = put(asked, { ...deployment, environment }, state, {
    description: optionalTextIn(body, "description") ?? "",
    logUrl: optionalTextIn(body, "log_url") ?? optionalTextIn(body, "target_url") ?? "",
    environmentUrl: optionalTextIn(body, "environment_url") ?? "",
  });
  if (state === "success" && (flagIn(body, "auto_inactive") ?? true))
    retireOthers(asked, { ...deployment, environment });
  const view = deploymentStatusView(asked, deployment, status);
  await tell(room, repository, "deployment_status", "created", () => ({
    deployment_status: view,
    deployment: deploymentView(asked, deployment),
  }));
  return created(view);
};

const put = (
  { room, repository }: AskedOf,
  deployment: DeploymentRecord,
  state: DeploymentStatusRecord["state"],
  more: Pick<DeploymentStatusRecord, "description" | "logUrl" | "environmentUrl">,
): DeploymentStatusRecord => {
  const now = room.clock.now();
  const { environment } = deployment;
  const status = { id: nextNumber(room, "deploymentStatuses"), state, environment, createdAt: now, ...more };
  const key = [...keyOf(repository), deployment.id];
  room.deploymentStatuses.put([...key, status.id], status);
  room.deployments.put(key, { ...deployment, updatedAt: now });
  return status;
};

/** GitHub: what succeeded there before is inactive now, but in environments that pass and in production. */
const retireOthers = (asked: AskedOf, { id, environment }: DeploymentRecord): void => {
  for (const other of [...asked.room.deployments.values({ prefix: keyOf(asked.repository) })]) {
    const isBefore = other.id < id && other.environment === environment && !other.transient && !other.production;
    const latest = isBefore ? statusesIn(asked, other)[0] : undefined;
    if (latest && latest.state !== "inactive") put(asked, other, "inactive", outcomeOf(latest));
  }
};

const outcomeOf = ({ description, logUrl, environmentUrl }: DeploymentStatusRecord) => ({
  description,
  logUrl,
  environmentUrl,
});

const getStatus: RepositoryRoute[1] = async (asked) => {
  const deployment = deploymentIn(asked);
  const status = statusesIn(asked, deployment).find(({ id }) => id === Number(asked.params[1]));
  if (!status) throw notFound();
  return ok(deploymentStatusView(asked, deployment, status));
};

const listStatuses: RepositoryRoute[1] = async (asked) => {
  const deployment = deploymentIn(asked);
  return paged(asked, statusesIn(asked, deployment), (each) => deploymentStatusView(asked, deployment, each));
};

export const deploymentStatusRoutes: readonly RepositoryRoute[] = [
  ["POST /deployments/*/statuses", createStatus],
  ["GET /deployments/*/statuses", listStatuses],
  ["GET /deployments/*/statuses/*", getStatus],
];
