import { managedPolicyArn } from "../arns.ts";
import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import type { Context, SamResource, SamType } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { getAtt } from "../intrinsics.ts";
import { assumedBy } from "../policies/documents.ts";
import { executionRole } from "../policies/roles.ts";
import { propagateTagsCombined } from "../propagateTags.ts";
import { FLAG, MAP, oneOf, strict, TEXT } from "../properties.ts";
import { CAPACITY_PROVIDER } from "../shapes/capacityProvider.ts";
import { type ShapeProblem, ShapeProblems } from "../shapes/shape.ts";
import { tagList } from "../tags.ts";
import { Dict, isDict, literal, truthy, type Value } from "../values/value.ts";

const textOrMap = oneOf(TEXT, MAP);

/** AWS::Serverless::CapacityProvider: instances of one's own for functions, and the role that operates them. */
export const capacityProvider: SamType = {
  properties: {
    CapacityProviderName: strict(textOrMap),
    VpcConfig: strict(MAP, true),
    OperatorRole: strict(textOrMap),
    Tags: strict(MAP),
    PropagateTags: strict(FLAG),
    InstanceRequirements: strict(MAP),
    ScalingConfig: strict(MAP),
    KmsKeyArn: strict(textOrMap),
  },
  transform: (resource, context) => {
    const properties = readProperties(resource);
    const resources: CfnResource[] = [];
    let role = properties.get("OperatorRole");
    if (!truthy(role)) {
      const made = operatorRole(resource, context);
      resources.push(made);
      role = getAtt(made.logicalId, "Arn");
    }
    resources.push(makeProvider(resource, properties, role));
    propagateTagsCombined(resources, properties.get("Tags"), truthy(resource.properties.get("PropagateTags")));
    return resources;
  },
};

const readProperties = ({ properties, logicalId }: SamResource): Dict => {
  const given = Dict.plain();
  for (const [name, value] of properties.entries()) if (value !== null) given.set(name, value);
  const read = CAPACITY_PROVIDER(given, []);
  if (read instanceof ShapeProblems) throw new InvalidResource(logicalId, described(read.list));
  const checked = isDict(read) ? read : Dict.plain();
  const requirements = checked.get("InstanceRequirements");
  if (isDict(requirements) && requirements.has("AllowedTypes") && requirements.has("ExcludedTypes")) {
    throw new InvalidResource(
      logicalId,
      "Cannot specify 'InstanceRequirements.AllowedTypes' and 'InstanceRequirements.ExcludedTypes' together.",
    );
  }
  return checked;
};

const TYPE_NAMES: readonly (readonly [code: string, name: string])[] = [
  ["type_error.dict", "dictionary"],
  ["type_error.integer", "integer"],
  ["type_error.float", "number"],
  ["type_error.list", "list"],
];

/** All problems in one text; several for one property tell the types it may have. */
const described = (problems: readonly ShapeProblem[]): string => {
  const byPath = new Map<string, ShapeProblem[]>();
  for (const problem of problems) {
    const path = problem.path.join(".");
    byPath.set(path, [...(byPath.get(path) ?? []), problem]);
  }
  return [...byPath].map(([path, list]) => describedOne(path, list)).join(" ");
};

const describedOne = (path: string, problems: readonly ShapeProblem[]): string => {
  const names = problems.flatMap(({ code }) => TYPE_NAMES.filter(([known]) => known === code).map(([, name]) => name));
  const types = [...new Set(names)];
  if (types.length > 1) return `Property '${path}' value must be ${types.join(" or ")}.`;
  const first = problems[0];
  if (first?.code === "value_error.missing") return `Property '${path}' is required.`;
  if (first?.code === "value_error.extra") return `Property '${path}' is an invalid property.`;
  return `Property '${path}' ${first?.message.toLowerCase() ?? ""}.`;
};

const marked = (tags: Value): Dict[] => {
  const all = isDict(tags) ? tags.shallowCopy() : Dict.plain();
  all.set("lambda:createdBy", literal("SAM"));
  return tagList(all);
};

const operatorRole = (resource: SamResource, context: Context): CfnResource => {
  const role = executionRole(
    resource.logicalId,
    {
      attributes: passedOnAttributes(resource.attributes),
      trust: assumedBy("lambda.amazonaws.com"),
      policies: null,
      managedPolicyArns: [managedPolicyArn(context.partition, "AWSLambdaManagedEC2ResourceOperator")],
      tags: marked(null),
    },
    context,
  );
  role.logicalId = `${resource.logicalId}OperatorRole`;
  return role;
};

const makeProvider = (resource: SamResource, properties: Dict, role: Value): CfnResource => {
  const provider = new CfnResource("AWS::Lambda::CapacityProvider", resource.logicalId, resource.attributes, {
    CapacityProviderName: given(properties, "CapacityProviderName"),
    VpcConfig: properties.get("VpcConfig"),
    PermissionsConfig: Dict.plain({ CapacityProviderOperatorRoleArn: role }),
    Tags: marked(properties.get("Tags")),
    InstanceRequirements: instanceRequirements(properties.get("InstanceRequirements")),
    CapacityProviderScalingConfig: scalingConfig(properties.get("ScalingConfig")),
    KmsKeyArn: given(properties, "KmsKeyArn"),
  });
  provider.dependsOn = resource.dependsOn;
  return provider;
};

const given = (properties: Dict, name: string): Value => (truthy(properties.get(name)) ? properties.get(name) : null);

const instanceRequirements = (value: Value): Value => {
  if (!isDict(value) || value.size === 0) return null;
  const requirements = Dict.plain();
  const names = [
    ["Architectures", "Architectures"],
    ["AllowedTypes", "AllowedInstanceTypes"],
    ["ExcludedTypes", "ExcludedInstanceTypes"],
  ] as const;
  for (const [name, cfnName] of names) if (value.get(name) !== null) requirements.put(cfnName, value.get(name));
  return requirements;
};

const scalingConfig = (value: Value): Value => {
  if (!isDict(value) || value.size === 0) return null;
  const scaling = Dict.plain();
  if (value.get("MaxVCpuCount") !== null) scaling.put("MaxVCpuCount", value.get("MaxVCpuCount"));
  const utilization = value.get("AverageCPUUtilization");
  scaling.put("ScalingMode", literal(utilization === null ? "Auto" : "Manual"));
  if (utilization !== null) {
    const policy = Dict.plain({
      PredefinedMetricType: literal("LambdaCapacityProviderAverageCPUUtilization"),
      TargetValue: utilization,
    });
    scaling.put("ScalingPolicies", [policy]);
  }
  return scaling;
};
