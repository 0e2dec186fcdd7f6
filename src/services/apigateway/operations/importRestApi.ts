import { withAwsVariables } from "../../../engines/gateway/awsVariables.ts";
import { isBasePathMode } from "../../../engines/gateway/basePath.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { forgetTables } from "../changes.ts";
import { badRequest } from "../errors.ts";
import { findApi, partsOf } from "../find.ts";
import { type ImportedMethod, type ImportedRestApi, readRest } from "../openApi/readRest.ts";
import { checkApi, checkMethod, newApi, newIntegration, newResource } from "../parts.ts";
import type { MethodRecord, ResourceRecord, RestApiRecord } from "../records.ts";
import { textOf } from "../requestBody.ts";
import type { Operation, Room } from "../room.ts";
import { apiView } from "../views.ts";
import { newAuthorizer } from "./authorizers.ts";
import { saveParts } from "./documentationParts.ts";
import { saveMethod } from "./methods.ts";
import { newModel } from "./models.ts";
import { newValidator } from "./validators.ts";

export const importRestApi =
  (room: Room): Operation<"ImportRestApi"> =>
  async (_ctx, { body, failOnWarnings, parameters = {} }) => {
    const imported = await importedFrom(room, body, failOnWarnings, parameters);
    const types = parameters["endpointConfigurationTypes"];
    return room.records.atomically(() => {
      const endpoint: Pick<RestApiRecord, "endpointConfiguration"> =
        types === undefined ? {} : { endpointConfiguration: { types: [endpointType(types)] } };
      const given = { ...imported.described, ...endpoint, name: imported.name };
      // AWS: an imported API has the models of its document and no others.
      const api = newApi(room, given, []);
      fill(room, api, imported);
      return { ...apiView(api), ...warningsIn(imported) };
    });
  };

const endpointType = (type: string) => {
  if (type === "EDGE" || type === "REGIONAL" || type === "PRIVATE") return type;
  throw badRequest(`Invalid endpoint configuration type ${type}`);
};

/** Merges a document into an API, or puts it in place of all the API has. Stages and deployments stay. */
export const putRestApi =
  (room: Room): Operation<"PutRestApi"> =>
  async (_ctx, { restApiId, mode = "merge", failOnWarnings, body, parameters = {} }) => {
    const imported = await importedFrom(room, body, failOnWarnings, parameters);
    const before = findApi(room, restApiId);
    return room.records.atomically(() => {
      if (mode === "overwrite") empty(room, before);
      const api: RestApiRecord = {
        ...before,
        ...(mode === "overwrite" ? { binaryMediaTypes: undefined, description: undefined, version: undefined } : {}),
        ...imported.described,
        ...(mode === "merge" ? { binaryMediaTypes: merged(before, imported) } : {}),
        name: imported.name || before.name,
      };
      checkApi(api);
      room.restApis.put(restApiId, api);
      fill(room, api, imported);
      forgetTables(room, restApiId);
      return { tags: {}, ...apiView(api), ...warningsIn(imported) };
    });
  };

/** What a document describes. AWS: one that is not taken whole is refused where that is asked for. */
const importedFrom = async (
  room: Room,
  body: Parameters<typeof textOf>[0],
  failsOnWarnings = false,
  { basepath = "ignore" }: Readonly<Record<string, string>>,
): Promise<ImportedRestApi> => {
  if (!isBasePathMode(basepath)) throw badRequest(`Invalid basepath ${basepath}: it is ignore, prepend or split`);
  const imported = readRest(withAwsVariables(await textOf(body), room), basepath);
  const { warnings } = imported;
  if (failsOnWarnings && warnings.length > 0) {
    throw badRequest(["Warnings found during import:", ...warnings].join("\n\t"));
  }
  return imported;
};

const warningsIn = ({ warnings }: ImportedRestApi) => (warnings.length > 0 ? { warnings: [...warnings] } : {});

/** AWS: types that an API has and those of a document stand one after the other. */
const merged = (before: RestApiRecord, { described }: ImportedRestApi): string[] => [
  ...new Set([...(before.binaryMediaTypes ?? []), ...(described.binaryMediaTypes ?? [])]),
];

const empty = (room: Room, { id, rootResourceId }: RestApiRecord): void => {
  for (const parts of [
    room.methods,
    room.authorizers,
    room.validators,
    room.gatewayResponses,
    room.documentationParts,
  ]) {
    parts.clear({ prefix: [id] });
  }
  for (const resource of partsOf(room.resources, id)) {
    if (resource.id !== rootResourceId) room.resources.delete([id, resource.id]);
  }
  for (const { name } of partsOf(room.models, id)) {
    if (name !== "Empty" && name !== "Error") room.models.delete([id, name]);
  }
};

const fill = (room: Room, api: RestApiRecord, imported: ImportedRestApi): void => {
  const { id } = api;
  for (const scheme of imported.schemes.values()) {
    if (scheme.kind !== "authorizer") continue;
    const same = partsOf(room.authorizers, id).find(({ name }) => name === scheme.authorizer.name);
    if (same) room.authorizers.delete([id, same.id]);
    newAuthorizer(room, id, scheme.authorizer);
  }
  for (const validator of imported.validators) {
    const same = partsOf(room.validators, id).find(({ name }) => name === validator.name);
    if (same) room.validators.put([id, same.id], { ...same, ...validator });
    else newValidator(room, id, validator);
  }
  for (const { schema = "", ...described } of imported.models) {
    // AWS: models of a document refer to each other within it, and those of an API by their addresses.
    const model = {
      ...described,
      schema: schema.replace(REFERENCE, `"https://apigateway.amazonaws.com/restapis/${id}/models/$1"`),
    };
    room.models.delete([id, model.name]);
    newModel(room, id, model);
  }
  saveParts(room, id, imported.documentation);
  for (const response of imported.gatewayResponses) room.gatewayResponses.put([id, response.responseType], response);
  for (const path of imported.paths) resourceAt(room, api, path);
  for (const method of imported.methods) fillMethod(room, api, method);
};

const fillMethod = (room: Room, api: RestApiRecord, imported: ImportedMethod): void => {
  const { path, httpMethod, security, described, integration } = imported;
  const resource = resourceAt(room, api, path);
  const authorizer = partsOf(room.authorizers, api.id).find(({ name }) => name === security.authorizer);
  const validator = partsOf(room.validators, api.id).find(({ name }) => name === imported.validator);
  if (imported.validator !== undefined && !validator) {
    throw badRequest(`Request validator '${imported.validator}' is not defined for ${httpMethod} ${path}`);
  }
  const method: MethodRecord = {
    ...described,
    resourceId: resource.id,
    httpMethod,
    authorizationType: security.authorizationType,
    apiKeyRequired: security.apiKeyRequired,
    ...(authorizer ? { authorizerId: authorizer.id } : {}),
    ...(security.scopes ? { authorizationScopes: security.scopes } : {}),
    ...(validator ? { requestValidatorId: validator.id } : {}),
    ...(integration ? { methodIntegration: newIntegration(integration, resource.id) } : {}),
  };
  checkMethod(room, api.id, method);
  saveMethod(room, api.id, method);
};

/** The resource of a path, made with all above it where they are not there. */
const resourceAt = (room: Room, { id, rootResourceId }: RestApiRecord, path: string): ResourceRecord => {
  if (!path.startsWith("/")) throw badRequest(`Invalid path ${path}: it must begin with a slash`);
  let parentId = rootResourceId;
  let resource = room.resources.get([id, rootResourceId]);
  for (const pathPart of path.split("/").filter((part) => part !== "")) {
    const own = parentId;
    resource =
      partsOf(room.resources, id).find((one) => one.parentId === own && one.pathPart === pathPart) ??
      newResource(room, id, own, pathPart);
    parentId = resource.id;
  }
  if (!resource) throw new NotImplemented("REST APIs without a root resource");
  return resource;
};

const REFERENCE = /"#\/(?:definitions|components\/schemas)\/([A-Za-z0-9]+)"/g;
