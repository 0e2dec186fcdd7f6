import { CfnResource, checkLogicalId } from "../cfnResource.ts";
import { section } from "../context.ts";
import { DuplicateLogicalId, InvalidResource, SamError } from "../errors.ts";
import { attributeOf, expectMap, resource as resourceSubject } from "../expect.ts";
import { checkProperties } from "../properties.ts";
import { connector } from "../types/connector.ts";
import { Dict, deepCopy, isDict, type Value } from "../values/value.ts";

const TYPE = "AWS::Serverless::Connector";
const ATTRIBUTES = ["DeletionPolicy", "UpdatePolicy", "Condition", "UpdateReplacePolicy", "Metadata"];

/** Turns the `Connectors` attribute of resources into connector resources; answers what is wrong with them. */
export const liftEmbeddedConnectors = (template: Dict): SamError[] => {
  const resources = section(template, "Resources");
  const problems: SamError[] = [];
  const lifted = Dict.plain();
  for (const [sourceId, resource] of resources.entries()) {
    if (!isDict(resource) || !resource.has("Connectors")) continue;
    collect(problems, () => {
      const given = expectMap(resource.get("Connectors"), attributeOf(sourceId), `${sourceId}.Connectors`);
      for (const [name, value] of given.entries()) {
        collect(problems, () => {
          const logicalId = sourceId + name;
          const made = embedded(sourceId, name, value);
          if (resources.has(logicalId)) throw new DuplicateLogicalId(sourceId, logicalId, TYPE);
          lifted.set(logicalId, made);
        });
      }
    });
  }
  resources.update(lifted);
  for (const resource of resources.values()) if (isDict(resource)) resource.delete("Connectors");
  return problems;
};

const collect = (problems: SamError[], run: () => void): void => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof SamError)) throw error;
    problems.push(error);
  }
};

const embedded = (sourceId: string, name: string, value: Value): Dict => {
  const logicalId = sourceId + name;
  if (!isDict(value)) throw new InvalidResource(logicalId, `${sourceId}.${logicalId} should be a map.`);
  const path = `Connectors.${name}.Properties`;
  const properties = expectMap(deepCopy(value.get("Properties")), attributeOf(sourceId), path);
  const source = Dict.plain({ Id: sourceId });
  properties.put("Source", source);
  if (properties.has("SourceReference")) {
    const reference = expectMap(
      properties.get("SourceReference"),
      resourceSubject(sourceId),
      `${path}.SourceReference`,
    );
    if (reference.has("Id")) throw new InvalidResource(name, "'Id' shouldn't be defined in 'SourceReference'.");
    source.update(reference);
    properties.delete("SourceReference");
  }
  checkLogicalId(logicalId);
  checkProperties(logicalId, TYPE, properties, connector.properties);
  const made = new CfnResource(TYPE, logicalId);
  for (const [key, property] of properties.entries()) made.set(key, property);
  made.dependsOn = value.get("DependsOn");
  for (const attribute of ATTRIBUTES) if (value.has(attribute)) made.attributes.set(attribute, value.get(attribute));
  return made.toTemplate();
};
