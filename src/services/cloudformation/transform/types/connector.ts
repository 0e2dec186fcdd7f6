import type { CfnResource } from "../cfnResource.ts";
import { type ConnectorEnd, connectorEnd } from "../connectors/endpoint.ts";
import { connectorResources } from "../connectors/policies.ts";
import { type Context, type SamResource, type SamType, section } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { ANYTHING, listOf, mapOf, oneOf, required, TEXT } from "../properties.ts";
import { Dict, isDict, isText, sameValue, textOf, type Value } from "../values/value.ts";

/** AWS::Serverless::Connector: the permissions by which one resource uses another. */
export const connector: SamType = {
  properties: {
    Source: required(mapOf(ANYTHING)),
    Destination: required(oneOf(mapOf(ANYTHING), listOf(mapOf(ANYTHING)))),
    Permissions: required(listOf(TEXT)),
  },
  transform: (resource, context) => {
    const { properties, logicalId } = resource;
    const source = properties.get("Source");
    const given = properties.get("Destination");
    const destinations = Array.isArray(given) ? given : [given];
    const made = destinations.flatMap((destination, index) =>
      connect(resource, asDict(source), asDict(destination), Array.isArray(given) ? index : undefined, context),
    );
    const madeIds = made.map((one) => one.logicalId);
    dependOnMade(section(context.output, "Resources"), logicalId, madeIds);
    if (made.length > 0) return made;
    throw new InvalidResource(logicalId, "'Destination' is an empty list");
  },
};

const asDict = (value: Value): Dict => (isDict(value) ? value : Dict.plain());

const connect = (
  resource: SamResource,
  sourceReference: Dict,
  destinationReference: Dict,
  index: number | undefined,
  context: Context,
): CfnResource[] => {
  const resources = section(context.output, "Resources");
  const end = (reference: Dict, other: Dict): ConnectorEnd => {
    const found = connectorEnd(reference, other, resources);
    if (typeof found === "string") throw new InvalidResource(resource.logicalId, found);
    return found;
  };
  const destination = end(destinationReference, sourceReference);
  const source = end(sourceReference, destinationReference);
  const made = connectorResources(resource, source, destination, index, resources);
  const metadata = connectorMetadata(resource.logicalId, source, destination, context);
  for (const one of made) {
    const known = one.attributes.get("Metadata");
    const merged = isDict(known) ? known.shallowCopy() : Dict.plain();
    merged.update(metadata);
    one.attributes.put("Metadata", merged);
  }
  return made;
};

/** Tools draw connections from the metadata, by the types the author wrote. */
const connectorMetadata = (
  logicalId: string,
  source: ConnectorEnd,
  destination: ConnectorEnd,
  context: Context,
): Dict => {
  const authored = section(context.source, "Resources");
  const end = ({ logicalId: id, type }: ConnectorEnd): Dict => {
    const resource = id === undefined ? null : authored.get(id);
    const original = isDict(resource) ? textOf(resource.get("Type")) : undefined;
    return Dict.plain({ Type: original ?? type });
  };
  const ends = Dict.plain({ Source: end(source), Destination: end(destination) });
  const byConnector = Dict.plain();
  byConnector.set(logicalId, ends);
  return Dict.plain({ "aws:sam:connectors": byConnector });
};

/** What depends on the connector depends on all that was made of it. */
const dependOnMade = (resources: Dict, logicalId: string, madeIds: readonly string[]): void => {
  for (const resource of resources.values()) {
    if (!isDict(resource) || !resource.has("DependsOn")) continue;
    const given = resource.get("DependsOn");
    const list = Array.isArray(given) ? given : [given];
    if (!list.some((one) => sameValue(one, logicalId))) continue;
    const rest = list.filter((one) => !sameValue(one, logicalId));
    const added = madeIds.filter((id) => !rest.some((one) => isText(one) && textOf(one) === id));
    resource.set("DependsOn", [...rest, ...added]);
  }
};
