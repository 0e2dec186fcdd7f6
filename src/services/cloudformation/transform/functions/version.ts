import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import { type Context, type SamResource, section } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { hashedId } from "../ids.ts";
import { getAtt, logicalIdIn, ref } from "../intrinsics.ts";
import { resolveParameters } from "../resolve.ts";
import { Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";

/** What AutoPublishAlias makes. */
export interface Published {
  readonly version: CfnResource;
  readonly alias: CfnResource;
  readonly aliasName: string;
}

/** A version whose logical id changes with the function's code, so that a change of code publishes a new one. */
export const lambdaVersion = (
  resource: SamResource,
  lambda: CfnResource,
  codeSha256: string | undefined,
  context: Context,
): CfnResource => {
  const { properties } = resource;
  const hashed = truthy(properties.get("AutoPublishAliasAllProperties"))
    ? allProperties(lambda, context)
    : relevantProperties(lambda, context);
  const attributes = passedOnAttributes(resource.attributes);
  if (!attributes.has("DeletionPolicy")) attributes.set("DeletionPolicy", deletionPolicy(properties));
  const version = new CfnResource(
    "AWS::Lambda::Version",
    hashedId(`${resource.logicalId}Version`, hashed, codeSha256),
    attributes,
  );
  version.set("FunctionName", ref(lambda.logicalId));
  version.set("Description", properties.get("VersionDescription"));
  if (properties.get("CapacityProviderConfig") !== null) {
    version.set("FunctionScalingConfig", properties.get("FunctionScalingConfig"));
  }
  return version;
};

const deletionPolicy = (properties: Dict): Value => {
  const chosen = properties.get("VersionDeletionPolicy");
  if (chosen !== null) return chosen;
  return properties.get("CapacityProviderConfig") === null ? "Retain" : "Delete";
};

/** The code's location with parameters filled in, and the settings that a version freezes. */
const relevantProperties = (lambda: CfnResource, context: Context): Dict => {
  const code = resolveParameters(lambda.get("Code"), context.parameters);
  const hashed = isDict(code) ? code.shallowCopy() : Dict.plain();
  const environment = lambda.get("Environment");
  if (isDict(environment)) hashed.update(environment);
  if (truthy(lambda.get("MemorySize"))) hashed.set("MemorySize", lambda.get("MemorySize"));
  const snapStart = lambda.get("SnapStart");
  if (isDict(snapStart) && snapStart.has("ApplyOn") && textOf(snapStart.get("ApplyOn")) !== "None") {
    hashed.set("SnapStart", snapStart);
  }
  return hashed;
};

/** Everything about the function, and the layers of the same template that ask for it. */
const allProperties = (lambda: CfnResource, context: Context): Dict => {
  resolveParameters(lambda.get("Code"), context.parameters);
  const properties = lambda.toTemplate().get("Properties");
  const hashed = isDict(properties) ? properties : Dict.plain();
  const layers = lambda.get("Layers");
  for (const layer of Array.isArray(layers) ? layers : []) {
    const id = logicalIdIn(layer);
    const resource = id === undefined ? null : section(context.output, "Resources").get(id);
    const layerProperties = isDict(resource) ? resource.get("Properties") : null;
    if (id === undefined || !isDict(layerProperties)) continue;
    if (truthy(layerProperties.get("PublishLambdaVersion"))) hashed.set(id, layerProperties);
  }
  return hashed;
};

/** The alias of AutoPublishAlias, pointing at the newest version. */
export const lambdaAlias = (
  resource: SamResource,
  lambda: CfnResource,
  version: CfnResource,
  name: string,
): CfnResource => {
  if (name === "") throw new InvalidResource(resource.logicalId, "Alias name is required to create an alias");
  if (!/^(?!^[0-9]+$)([a-zA-Z0-9\-_]+)\n?$/.test(name)) {
    throw new InvalidResource(
      resource.logicalId,
      `AutoPublishAlias name ('${name}') must contain only alphanumeric characters, hyphens, or underscores matching (?!^[0-9]+$)([a-zA-Z0-9-_]+) pattern.`,
    );
  }
  const suffix = name.replaceAll("-", "D").replaceAll("_", "U");
  const provisioned = resource.properties.get("ProvisionedConcurrencyConfig");
  return new CfnResource(
    "AWS::Lambda::Alias",
    `${lambda.logicalId}Alias${suffix}`,
    passedOnAttributes(resource.attributes),
    {
      Name: name,
      FunctionName: ref(lambda.logicalId),
      FunctionVersion: getAtt(version.logicalId, "Version"),
      ProvisionedConcurrencyConfig: truthy(provisioned) ? provisioned : null,
    },
  );
};
