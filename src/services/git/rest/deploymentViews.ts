import type { DeploymentRecord, DeploymentStatusRecord } from "../records.ts";
import type { AskedOf } from "./api.ts";
import { addressesOf, isoTime, nodeId, OWNER_LOGIN, userView } from "./views.ts";

/** https://docs.github.com/en/rest/deployments/deployments */
export const deploymentView = ({ room, repository }: AskedOf, deployment: DeploymentRecord) => {
  const { api } = addressesOf(room, repository);
  const { id, sha, ref, task, payload, environment, description, transient, production } = deployment;
  return {
    url: `${api}/deployments/${id}`,
    id,
    node_id: nodeId("Deployment", id),
    sha,
    ref,
    task,
    payload,
    original_environment: environment,
    environment,
    description,
    creator: userView(room, OWNER_LOGIN),
    created_at: isoTime(deployment.createdAt),
    updated_at: isoTime(deployment.updatedAt),
    statuses_url: `${api}/deployments/${id}/statuses`,
    repository_url: api,
    transient_environment: transient,
    production_environment: production,
  };
};

/** https://docs.github.com/en/rest/deployments/statuses */
export const deploymentStatusView = (
  { room, repository }: AskedOf,
  deployment: DeploymentRecord,
  status: DeploymentStatusRecord,
) => {
  const { api } = addressesOf(room, repository);
  const url = `${api}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId("DeploymentStatus", status.id),
    state: status.state,
    creator: userView(room, OWNER_LOGIN),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    created_at: isoTime(status.createdAt),
    updated_at: isoTime(status.createdAt),
    deployment_url: url,
    repository_url: api,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
  };
};
