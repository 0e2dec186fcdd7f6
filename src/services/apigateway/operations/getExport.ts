import { stringify } from "yaml";
import { NotImplemented } from "../../../kernel/errors.ts";
import { badRequest, notFound } from "../errors.ts";
import { findApi } from "../find.ts";
import { type Exported, openApiOf, swaggerOf } from "../openApi/writeRest.ts";
import type { Operation, Room } from "../room.ts";

/** Writes a stage's deployment as a document. */
export const getExport =
  (room: Room): Operation<"GetExport"> =>
  async (_ctx, { restApiId, stageName, exportType, parameters = {}, accepts = "application/json" }) => {
    const stage = room.stages.get([restApiId, stageName]);
    const deployment = stage && room.deployments.get([restApiId, stage.deploymentId]);
    if (!deployment) throw notFound("stage");
    if (exportType !== "swagger" && exportType !== "oas30")
      throw badRequest(`No API exporter for type '${exportType}'`);
    if (accepts !== "application/json" && accepts !== "application/yaml") {
      throw badRequest(`Invalid media type specified: ${accepts}`);
    }
    const api = findApi(room, restApiId);
    const extensions = (parameters["extensions"] ?? "").split(",").map((name) => name.trim());
    if (extensions.includes("postman")) throw new NotImplemented("apigateway's exports for Postman");
    const exported: Exported = {
      api,
      snapshot: deployment.snapshot,
      stageName,
      // AWS: an API that has no version is as old as it is.
      version: api.version ?? new Date(api.createdAt).toISOString().replace(/\.\d+Z$/, "Z"),
      region: room.region,
      // AWS: what is told of an API is the documentation that its stage has a version of.
      documentation: room.documentationVersions.get([restApiId, stage.documentationVersion ?? ""])?.parts ?? [],
      // AWS: to ask for API Gateway's extensions is to ask for all of them.
      wants: (extension) => extensions.includes(extension) || extensions.includes("apigateway"),
    };
    const document = exportType === "swagger" ? swaggerOf(exported) : openApiOf(exported);
    const isYaml = accepts === "application/yaml";
    const text = isYaml ? stringify(document, { aliasDuplicateObjects: false }) : JSON.stringify(document, null, 2);
    const name = `${exportType}_${exported.version}.${isYaml ? "yaml" : "json"}`;
    return {
      contentType: "application/octet-stream",
      contentDisposition: `attachment; filename="${name}"`,
      body: Buffer.from(text),
    };
  };
