import { stringify } from "yaml";
import { badRequest } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { openApiOf } from "../openApi/writeOpenApi.ts";
import { isWebSocket, type Snapshot } from "../records.ts";
import type { Operation, Room } from "../room.ts";

/** Writes an HTTP API as a document: a stage's deployment, or, where none is named, the API as it is now. */
export const exportApi =
  (room: Room): Operation<"ExportApi"> =>
  async (_ctx, { ApiId, Specification, OutputType, StageName, ExportVersion = "1.0", IncludeExtensions = true }) => {
    const api = findApi(room, ApiId);
    if (isWebSocket(api)) throw badRequest("Export is not supported for WEBSOCKET protocol type");
    if (Specification !== "OAS30") throw badRequest(`Invalid specification ${Specification}. Only OAS30 is supported`);
    if (OutputType !== "JSON" && OutputType !== "YAML") throw badRequest(`Invalid output type ${OutputType}`);
    if (ExportVersion !== "1.0") throw badRequest(`Invalid export version ${ExportVersion}`);
    const document = openApiOf({
      api,
      // AWS: an API that has no version is as old as it is.
      version: api.version ?? new Date(api.createdAt).toISOString().replace(/\.\d+Z$/, "Z"),
      snapshot: StageName === undefined ? presentOf(room, ApiId) : deployedTo(room, ApiId, StageName),
      stageName: StageName,
      region: room.region,
      withExtensions: IncludeExtensions,
    });
    const isJson = OutputType === "JSON";
    const text = isJson ? JSON.stringify(document, null, 2) : stringify(document, { aliasDuplicateObjects: false });
    return { body: Buffer.from(text) };
  };

const presentOf = (room: Room, apiId: string): Snapshot => ({
  routes: partsOf(room.routes, apiId),
  integrations: partsOf(room.integrations, apiId),
  authorizers: partsOf(room.authorizers, apiId),
});

const deployedTo = (room: Room, apiId: string, stageName: string): Snapshot => {
  const { deploymentId = "" } = findPart(room, room.stages, "Stage", apiId, stageName);
  const deployment = room.deployments.get([apiId, deploymentId]);
  if (!deployment) throw badRequest(`Stage ${stageName} has no deployment to export`);
  return deployment.snapshot;
};
