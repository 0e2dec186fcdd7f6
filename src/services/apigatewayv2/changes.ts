import { partsOf, subpartsOf } from "./find.ts";
import type { Snapshot } from "./records.ts";
import type { Room } from "./room.ts";

const DEPLOYMENT_ID_LENGTH = 6;

/** Says that an API has changed: stages that deploy by themselves do so, and what was worked out for requests is forgotten. */
export const apiChanged = (room: Room, apiId: string): void => {
  forgetTables(room, apiId);
  for (const stage of partsOf(room.stages, apiId)) {
    if (!stage.autoDeploy) continue;
    const { deploymentId } = deploy(
      room,
      apiId,
      "Automatic deployment triggered by changes to the Api configuration",
      true,
    );
    room.stages.put([apiId, stage.stageName], { ...stage, deploymentId, updatedAt: room.clock.now() });
    // The deployment it served until now is nobody's any more.
    if (stage.deploymentId) room.deployments.delete([apiId, stage.deploymentId]);
  }
};

export const forgetTables = ({ tables, decisions }: Room, apiId: string): void => {
  decisions.clear();
  for (const key of tables.keys()) if (key.startsWith(`${apiId}/`)) tables.delete(key);
};

/** Keeps what the API is now as a deployment. */
export const deploy = (room: Room, apiId: string, description: string | undefined, autoDeployed: boolean) => {
  const deployment = {
    deploymentId: room.ids.lower(DEPLOYMENT_ID_LENGTH),
    createdAt: room.clock.now(),
    autoDeployed,
    deploymentStatus: "DEPLOYED" as const,
    ...(description === undefined ? {} : { description }),
    snapshot: snapshotOf(room, apiId),
  };
  room.deployments.put([apiId, deployment.deploymentId], deployment);
  return deployment;
};

const snapshotOf = (room: Room, apiId: string): Snapshot => {
  const routes = partsOf(room.routes, apiId);
  const answering = routes
    .map(({ routeId }) => routeId)
    .filter((routeId) => subpartsOf(room.routeResponses, [apiId, routeId]).length > 0);
  const models = partsOf(room.models, apiId);
  const integrations = partsOf(room.integrations, apiId);
  const responses = integrations
    .map(({ integrationId }) => ({
      integrationId,
      responses: subpartsOf(room.integrationResponses, [apiId, integrationId]),
    }))
    .filter((one) => one.responses.length > 0);
  return {
    routes,
    integrations,
    authorizers: partsOf(room.authorizers, apiId),
    ...(answering.length > 0 ? { answering } : {}),
    ...(responses.length > 0 ? { responses } : {}),
    ...(models.length > 0 ? { models } : {}),
  };
};
