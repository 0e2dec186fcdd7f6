import type { Demand, RemovalPolicy } from "../../../engines/stack/model.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { MASK } from "../givenRecords.ts";
import type { StackDefinition } from "../records.ts";
import { coerceProperties } from "../schema/coerce.ts";
import { loadSchemas } from "../schema/load.ts";
import type { ResourceSchema } from "../schema/schema.ts";
import { evaluatedParts } from "../template/check.ts";
import { evaluateConditions } from "../template/conditions.ts";
import { functionError, TemplateError } from "../template/errors.ts";
import { activeResources, type Dependencies, dependencies } from "../template/graph.ts";
import { importNames } from "../template/imports.ts";
import { isUnknown, type ResourceValues } from "../template/intrinsics/intrinsic.ts";
import type { OutputDefinition, ResourceDefinition, Template } from "../template/model.ts";
import { parameterReferences } from "../template/parameters/values.ts";
import { pseudoParameters, type Surroundings } from "../template/pseudoParameters.ts";
import { readTemplate } from "../template/read.ts";
import { type Ground, noResources, type Resolver, resolver } from "../template/resolve.ts";
import { withStackTags } from "./stackTags.ts";

/** A stack's definition with all that follows from it but its resources. */
export interface CompiledStack {
  readonly template: Template;
  /** The resources whose conditions hold. */
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly outputs: readonly OutputDefinition[];
  readonly graph: Dependencies;
  readonly schemas: ReadonlyMap<string, ResourceSchema>;
  readonly demands: ReadonlyMap<string, Demand>;
  /** The parameters as they were given, or defaulted to. */
  readonly given: ReadonlyMap<string, string>;
  /** The exports of other stacks that this one takes. */
  readonly importNames: readonly string[];
  /** A resource's properties, each scalar in its schema's type; dynamic references stand in them unfetched. */
  properties(logicalId: string, values: ResourceValues): JsonObject;
  /** The same for the eyes of anybody: NoEcho parameters masked. */
  shownProperties(logicalId: string, values: ResourceValues): JsonObject;
  resolver(values: ResourceValues): Resolver;
}

/** What a compilation reaches out to. */
export interface CompileAround extends Surroundings {
  readonly exported: (name: string) => string | undefined;
  readonly open: (sealed: string) => string;
}

/** Works a definition out. Throws `TemplateError`. */
export const compile = async (
  definition: Pick<StackDefinition, "processed" | "parameters" | "tags">,
  around: CompileAround,
): Promise<CompiledStack> => {
  const template = readTemplate(definition.processed);
  const given = givenValuesOf(definition, around.open);
  const parameters = referencesOf(template, definition, given, around);
  const availabilityZones = (region: string) => ["a", "b", "c"].map((zone) => `${region}${zone}`);
  const conditions = evaluateConditions(template, { parameters, availabilityZones });
  const ground: Omit<Ground, "resources"> = {
    parameters,
    mappings: template.mappings,
    availabilityZones,
    condition: (name: string) => conditions.get(name),
    exported: around.exported,
  };
  const blind = resolver({ ...ground, resources: noResources });
  const resources = activeResources(template, conditions);
  const graph = dependencies(template, conditions);
  const schemas = await loadSchemas([...resources.values()].map(({ type }) => type));
  const outputs = [...template.outputs.values()].filter(
    ({ condition }) => condition === undefined || conditions.get(condition) === true,
  );
  const propertiesIn = (ground: Omit<Ground, "resources">) => (logicalId: string, values: ResourceValues) => {
    const resource = resources.get(logicalId);
    if (resource === undefined) return {};
    const resolved = resolver({ ...ground, resources: values }).object(resource.properties);
    const schema = schemas.get(resource.type);
    return schema === undefined ? resolved : withStackTags(schema, coerceProperties(schema, resolved), definition.tags);
  };
  const masked = referencesOf(
    template,
    definition,
    givenValuesOf(definition, () => MASK),
    around,
  );
  return {
    template,
    resources,
    outputs,
    graph,
    schemas,
    given,
    demands: new Map([...resources].map(([name, resource]) => [name, demandOf(resource, graph, blind)])),
    importNames: importNames(
      [...resources.values()].flatMap((resource) => evaluatedParts(resource).map(([, value]) => value)),
      outputs.map(({ value }) => value),
      (name) => conditions.get(name),
      blind,
    ),
    properties: propertiesIn(ground),
    shownProperties: propertiesIn({ ...ground, parameters: masked }),
    resolver: (values) => resolver({ ...ground, resources: values }),
  };
};

const givenValuesOf = (
  { parameters }: Pick<StackDefinition, "parameters">,
  open: (sealed: string) => string,
): ReadonlyMap<string, string> =>
  new Map(parameters.map(({ name, value, isSealed }) => [name, isSealed ? open(value) : value]));

/** What `Ref` gives for each parameter. */
const referencesOf = (
  template: Template,
  { parameters }: Pick<StackDefinition, "parameters">,
  given: ReadonlyMap<string, string>,
  around: Surroundings,
): ReadonlyMap<string, JsonValue> => {
  const stored = new Map(
    parameters.flatMap(({ name, stored }) => (stored === undefined ? [] : [[name, stored] as const])),
  );
  return new Map([...pseudoParameters(around), ...parameterReferences(template.parameters, given, stored)]);
};

const demandOf = (resource: ResourceDefinition, graph: Dependencies, evaluate: Resolver): Demand => ({
  logicalId: resource.logicalId,
  type: resource.type,
  dependsOn: [...(graph.get(resource.logicalId) ?? [])],
  deletionPolicy: policyOf(resource.deletionPolicy, "DeletionPolicy", resource, evaluate),
  updateReplacePolicy: policyOf(resource.updateReplacePolicy, "UpdateReplacePolicy", resource, evaluate),
  metadata: resource.metadata,
});

const policyOf = (
  value: JsonValue | undefined,
  name: string,
  { logicalId }: ResourceDefinition,
  evaluate: Resolver,
): RemovalPolicy => {
  const policy = value === undefined ? "Delete" : evaluate.value(value);
  switch (policy) {
    case undefined:
      return "Delete";
    case "Delete":
    case "Retain":
    case "RetainExceptOnCreate":
    case "Snapshot":
      return policy;
    default:
      throw new TemplateError(
        `Template format error: Unrecognized ${name} ${JSON.stringify(policy)} for resource ${logicalId}`,
        ["Resources", logicalId, name],
      );
  }
};

/** Knowledge of living resources: what is not known by now is asked of the wrong attribute. */
export const certain = (values: ResourceValues): ResourceValues => ({
  reference: (logicalId) => {
    const value = values.reference(logicalId);
    if (value === undefined) throw functionError(`resource ${logicalId} is not there to be referenced`);
    return value;
  },
  attribute: (logicalId, name) => {
    const value = values.attribute(logicalId, name);
    if (value === undefined || isUnknown(value)) {
      throw functionError(`resource ${logicalId} does not support attribute type ${name} in Fn::GetAtt`);
    }
    return value;
  },
});
