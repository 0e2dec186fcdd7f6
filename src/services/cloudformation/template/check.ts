import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { formatError, functionError, type TemplatePath } from "./errors.ts";
import { callOf } from "./intrinsics/intrinsic.ts";
import { conditionName } from "./intrinsics/logic.ts";
import { BOOLEAN, EXTENDED, INTRINSICS } from "./intrinsics/table.ts";
import type { ResourceDefinition, Template } from "./model.ts";
import { PSEUDO_PARAMETERS } from "./pseudoParameters.ts";
import { type Reference, referencesIn } from "./references.ts";
import { unsupported } from "./resolve.ts";
import { LANGUAGE_EXTENSIONS } from "./transforms.ts";

/** Says which attributes a resource type has; undefined when the type's attributes are not known or are free. */
export type AttributesOf = (type: string) => ((attribute: string) => boolean) | undefined;

/**
 * Refuses a template whose functions are malformed, stand where they may not, or name what is not there.
 *
 * The template is the one after its transforms. Throws `TemplateError`.
 */
export const checkTemplate = (template: Template, attributesOf: AttributesOf = () => undefined): void => {
  const checker = new Checker(template, attributesOf);
  checker.conditions();
  for (const resource of template.resources.values()) checker.resource(resource);
  checker.outputs();
};

/** The parts of a resource that may hold functions, with their names. */
export const evaluatedParts = (resource: ResourceDefinition): readonly [string, JsonValue][] =>
  [
    ["Properties", resource.properties] as const,
    ["Metadata", resource.metadata] as const,
    ["CreationPolicy", resource.creationPolicy] as const,
    ["UpdatePolicy", resource.updatePolicy] as const,
    ["DeletionPolicy", resource.deletionPolicy] as const,
    ["UpdateReplacePolicy", resource.updateReplacePolicy] as const,
  ].flatMap(([name, value]): [string, JsonValue][] => (value === undefined ? [] : [[name, value]]));

class Checker {
  readonly #template: Template;
  readonly #attributesOf: AttributesOf;
  readonly #extended: boolean;

  constructor(template: Template, attributesOf: AttributesOf) {
    this.#template = template;
    this.#attributesOf = attributesOf;
    this.#extended = template.transforms.includes(LANGUAGE_EXTENSIONS);
  }

  conditions(): void {
    const strangers = new Set<string>();
    for (const [name, node] of this.#template.conditions) {
      const path = ["Conditions", name];
      const call = callOf(node);
      if (conditionName(node) === undefined && !BOOLEAN.has(call?.name ?? "")) {
        throw formatError("Conditions can only be boolean operations on parameters and other conditions", path);
      }
      this.#functions(node, path, true);
      for (const reference of referencesIn(node, path)) {
        if (reference.by === "Fn::GetAtt" || !this.#isParameter(reference.target)) strangers.add(reference.target);
      }
      this.#conditionNames(node, path);
    }
    if (strangers.size > 0) {
      throw formatError(
        `Unresolved dependencies [${[...strangers].join(", ")}]. Cannot reference resources in the Conditions block of the template`,
        ["Conditions"],
      );
    }
  }

  resource(resource: ResourceDefinition): void {
    const path = ["Resources", resource.logicalId];
    this.#conditionOf(resource.condition, path, "Resources");
    refuseSnapshots(resource, path);
    const references: Reference[] = [];
    for (const [name, value] of evaluatedParts(resource)) {
      // Metadata is anyone's: what looks like a function there is evaluated only when something reads it.
      if (name === "Metadata") continue;
      this.#functions(value, [...path, name], false);
      references.push(...referencesIn(value, [...path, name]));
    }
    for (const target of resource.dependsOn) {
      references.push({ by: "Ref", target, attribute: undefined, path: [...path, "DependsOn"] });
    }
    this.#references(references, "Resources");
    const unknown = resource.dependsOn.filter((name) => !this.#template.resources.has(name));
    if (unknown.length > 0) throw unresolved(unknown, "Resources", [...path, "DependsOn"]);
  }

  outputs(): void {
    for (const output of this.#template.outputs.values()) {
      const path = ["Outputs", output.name];
      this.#conditionOf(output.condition, path, "Outputs");
      const members: readonly [TemplatePath, JsonValue | undefined][] = [
        [[...path, "Value"], output.value],
        [[...path, "Export", "Name"], output.exportName],
      ];
      for (const [at, value] of members) {
        if (value === undefined) continue;
        this.#functions(value, at, false);
        this.#references(referencesIn(value, at), "Outputs");
      }
      const named = output.exportName === undefined ? [] : referencesIn(output.exportName, [...path, "Export", "Name"]);
      if (named.some(({ target }) => this.#template.resources.has(target))) {
        throw functionError(
          "Output Export Name must not depend on any resources, imported values, or Fn::GetAZs.",
          path,
        );
      }
    }
  }

  #isParameter(name: string): boolean {
    return this.#template.parameters.has(name) || PSEUDO_PARAMETERS.has(name);
  }

  #references(references: readonly Reference[], block: "Resources" | "Outputs"): void {
    const { resources } = this.#template;
    const missing = references.filter(
      ({ by, target, attribute }) =>
        by !== "Fn::GetAtt" && attribute === undefined && !this.#isParameter(target) && !resources.has(target),
    );
    if (missing.length > 0) {
      throw unresolved([...new Set(missing.map(({ target }) => target))], block, missing[0]?.path ?? [block]);
    }
    for (const reference of references) this.#attribute(reference);
  }

  #attribute({ by, target, attribute, path }: Reference): void {
    if (by !== "Fn::GetAtt" && attribute === undefined) return;
    const resource = this.#template.resources.get(target);
    if (resource === undefined) {
      throw by === "Fn::GetAtt"
        ? functionError(`instance of Fn::GetAtt references undefined resource ${target}`, path)
        : functionError(`instance of Fn::Sub references invalid resource attribute ${target}.${attribute}`, path);
    }
    const has = this.#attributesOf(resource.type);
    if (attribute !== undefined && has !== undefined && !has(attribute)) {
      throw functionError(`resource ${target} does not support attribute type ${attribute} in Fn::GetAtt`, path);
    }
  }

  #conditionOf(name: string | undefined, path: TemplatePath, block: string): void {
    if (name !== undefined && !this.#template.conditions.has(name)) {
      throw formatError(`Unresolved condition dependency ${name} in the ${block} block of the template`, [
        ...path,
        "Condition",
      ]);
    }
  }

  /** In conditions, `{"Condition": name}` stands for another condition. */
  #conditionNames(node: JsonValue, path: TemplatePath): void {
    const name = conditionName(node);
    if (name !== undefined && !this.#template.conditions.has(name)) {
      throw functionError(`unresolved condition dependency ${name} in Condition`, path);
    }
    for (const [key, item] of childrenOf(node)) this.#conditionNames(item, [...path, key]);
  }

  #functions(node: JsonValue, path: TemplatePath, inConditions: boolean): void {
    const call = callOf(node);
    if (call !== undefined) this.#call(call.name, call.argument, path, inConditions);
    for (const [key, item] of childrenOf(node)) this.#functions(item, [...path, key], inConditions);
  }

  #call(name: string, argument: JsonValue, path: TemplatePath, inConditions: boolean): void {
    const intrinsic = INTRINSICS.get(name);
    if (intrinsic === undefined || (EXTENDED.has(name) && !this.#extended)) throw unsupported(name);
    intrinsic.check(argument, path);
    if (BOOLEAN.has(name) && !inConditions) throw functionError(`${name} cannot be partially collapsed`, path);
    if (inConditions && name === "Fn::ImportValue")
      throw functionError("Cannot use Fn::ImportValue in Conditions.", path);
    if (name === "Fn::If") this.#ifCondition(argument, path);
    if (name === "Fn::FindInMap") this.#mapName(argument, path);
  }

  #ifCondition(argument: JsonValue, path: TemplatePath): void {
    const name = Array.isArray(argument) ? argument[0] : undefined;
    if (typeof name === "string" && !this.#template.conditions.has(name)) {
      throw functionError(`unresolved condition dependency ${name} in Fn::If`, path);
    }
  }

  #mapName(argument: JsonValue, path: TemplatePath): void {
    const [name, , , fallback] = Array.isArray(argument) ? argument : [];
    if (fallback !== undefined && !this.#extended) {
      throw functionError(
        "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value",
        path,
      );
    }
    if (typeof name === "string" && fallback === undefined && !this.#template.mappings.has(name)) {
      throw functionError(`Mapping named '${name}' is not present in the 'Mappings' section of template.`, path);
    }
  }
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
const WITH_SNAPSHOTS = new Set([
  "AWS::DocDB::DBCluster",
  "AWS::EC2::Volume",
  "AWS::ElastiCache::CacheCluster",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::Neptune::DBCluster",
  "AWS::RDS::DBCluster",
  "AWS::RDS::DBInstance",
  "AWS::Redshift::Cluster",
]);

/** AWS: only a few types can be kept as a snapshot, none of which is served here. */
const refuseSnapshots = (resource: ResourceDefinition, path: TemplatePath): void => {
  if (WITH_SNAPSHOTS.has(resource.type)) return;
  const { type, deletionPolicy, updateReplacePolicy } = resource;
  if (deletionPolicy === "Snapshot") {
    throw functionError(`resource type ${type} does not support deletion policy Snapshot`, [...path, "DeletionPolicy"]);
  }
  if (updateReplacePolicy === "Snapshot") {
    throw functionError(`resource type ${type} does not support update replace policy Snapshot`, [
      ...path,
      "UpdateReplacePolicy",
    ]);
  }
};

const childrenOf = (node: JsonValue): Iterable<[string | number, JsonValue]> => {
  if (Array.isArray(node)) return node.entries();
  return isJsonObject(node) ? Object.entries(node) : [];
};

const unresolved = (names: readonly string[], block: string, path: TemplatePath) =>
  formatError(`Unresolved resource dependencies [${names.join(", ")}] in the ${block} block of the template`, path);
