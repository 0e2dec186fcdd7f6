import { badRequest } from "./errors.ts";
import { findApi, partsOf } from "./find.ts";
import type { DeploymentRecord, Snapshot } from "./records.ts";
import type { Room } from "./room.ts";

const DEPLOYMENT_ID_LENGTH = 6;

/** Forgets what was worked out for requests to an API: its stages have changed. */
export const forgetTables = ({ tables, decisions }: Room, apiId: string): void => {
  decisions.clear();
  for (const key of tables.keys()) if (key.startsWith(`${apiId}/`)) tables.delete(key);
};

/** Keeps what the API is now as a deployment; refuses what could answer nothing. */
export const deploy = (room: Room, apiId: string, description: string | undefined): DeploymentRecord => {
  const snapshot = snapshotOf(room, apiId);
  if (snapshot.methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (snapshot.methods.some(({ methodIntegration }) => !methodIntegration)) {
    throw badRequest("No integration defined for method");
  }
  const deployment: DeploymentRecord = {
    id: room.ids.lower(DEPLOYMENT_ID_LENGTH),
    createdAt: room.clock.now(),
    ...(description === undefined ? {} : { description }),
    snapshot,
  };
  room.deployments.put([apiId, deployment.id], deployment);
  return deployment;
};

/** What an API is now. */
export const snapshotOf = (room: Room, apiId: string): Snapshot => {
  const { binaryMediaTypes = [], minimumCompressionSize } = findApi(room, apiId);
  return { binaryMediaTypes, minimumCompressionSize, ...partsIn(room, apiId) };
};

const partsIn = (room: Room, apiId: string) => ({
  resources: partsOf(room.resources, apiId),
  methods: partsOf(room.methods, apiId),
  authorizers: partsOf(room.authorizers, apiId),
  validators: partsOf(room.validators, apiId),
  gatewayResponses: partsOf(room.gatewayResponses, apiId),
  models: partsOf(room.models, apiId),
});
