import { partsOf } from "./find.ts";
import { PART_ID_LENGTH, RESOURCE_ID_LENGTH } from "./parts.ts";
import type { IntegrationRecord, RestApiRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** What an API takes over from the one it is made from, where nothing else is said. */
export const clonedSettings = ({
  binaryMediaTypes,
  minimumCompressionSize,
  apiKeySource,
  policy,
}: RestApiRecord): Partial<RestApiRecord> => ({ binaryMediaTypes, minimumCompressionSize, apiKeySource, policy });

/** Gives a new API all that another one is made of, under ids of its own. AWS: but for deployments and stages. */
export const cloneParts = (room: Room, source: RestApiRecord, api: RestApiRecord): void => {
  const resourceIds = new Map([[source.rootResourceId, api.rootResourceId]]);
  const idOf = (id: string) => resourceIds.get(id) ?? id;
  for (const { id } of partsOf(room.resources, source.id)) {
    if (!resourceIds.has(id)) resourceIds.set(id, room.ids.lower(RESOURCE_ID_LENGTH));
  }
  for (const { id, parentId, ...resource } of partsOf(room.resources, source.id)) {
    const parent = parentId === undefined ? {} : { parentId: idOf(parentId) };
    room.resources.put([api.id, idOf(id)], { ...resource, ...parent, id: idOf(id) });
  }
  const authorizers = withOwnIds(room, room.authorizers, source.id, api.id);
  const validators = withOwnIds(room, room.validators, source.id, api.id);
  withOwnIds(room, room.documentationParts, source.id, api.id);
  for (const model of partsOf(room.models, source.id)) {
    const id = room.ids.lower(PART_ID_LENGTH);
    const schema = model.schema?.replaceAll(`/restapis/${source.id}/models/`, `/restapis/${api.id}/models/`);
    room.models.put([api.id, model.name], { ...model, id, ...(schema === undefined ? {} : { schema }) });
  }
  for (const response of partsOf(room.gatewayResponses, source.id)) {
    room.gatewayResponses.put([api.id, response.responseType], response);
  }
  for (const { authorizerId = "", requestValidatorId = "", ...method } of partsOf(room.methods, source.id)) {
    const resourceId = idOf(method.resourceId);
    const authorizer = authorizers.get(authorizerId);
    const validator = validators.get(requestValidatorId);
    room.methods.put([api.id, resourceId, method.httpMethod], {
      ...method,
      resourceId,
      ...(authorizer === undefined ? {} : { authorizerId: authorizer }),
      ...(validator === undefined ? {} : { requestValidatorId: validator }),
      ...(method.methodIntegration ? { methodIntegration: renamed(method.methodIntegration, idOf) } : {}),
    });
  }
};

/** The cache of a method is named after its resource, unless it was given another name. */
const renamed = (integration: IntegrationRecord, idOf: (id: string) => string): IntegrationRecord => ({
  ...integration,
  ...(integration.cacheNamespace === undefined ? {} : { cacheNamespace: idOf(integration.cacheNamespace) }),
});

/** Copies parts that are kept by their ids; answers the new ids by the old ones. */
const withOwnIds = <P extends { readonly id: string }>(
  { ids }: Pick<Room, "ids">,
  collection: { put(key: readonly string[], part: P): void } & Parameters<typeof partsOf<P>>[0],
  sourceId: string,
  apiId: string,
): ReadonlyMap<string, string> =>
  new Map(
    partsOf(collection, sourceId).map((part) => {
      const id = ids.lower(PART_ID_LENGTH);
      collection.put([apiId, id], { ...part, id });
      return [part.id, id];
    }),
  );
