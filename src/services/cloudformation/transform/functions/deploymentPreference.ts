import type { CfnResource } from "../cfnResource.ts";
import { type Context, conditionOf, type SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { isIntrinsic } from "../intrinsics.ts";
import { resolveMappings, resolveParameters } from "../resolve.ts";
import { isDict, textOf, truthy, type Value } from "../values/value.ts";

/** Registers a function's DeploymentPreference and puts the update policy on its alias. */
export const applyDeploymentPreference = (
  resource: SamResource,
  alias: CfnResource | undefined,
  context: Context,
): void => {
  const { properties, logicalId } = resource;
  const preference = properties.get("DeploymentPreference");
  if (!isDict(preference) || preference.size === 0) return;
  const resolve = (value: Value): Value =>
    resolveMappings(resolveParameters(value, context.parameters), context.mappings);
  for (const name of ["Enabled", "Type"]) {
    if (preference.has(name)) preference.set(name, resolve(preference.get(name)));
  }
  const passCondition = preference.has("PassthroughCondition")
    ? asBoolean(logicalId, "PassthroughCondition", resolve(preference.get("PassthroughCondition")))
    : false;
  preference.set("PassthroughCondition", passCondition);
  const tags = truthy(properties.get("PropagateTags")) ? properties.get("Tags") : null;
  context.deployments.add(logicalId, preference, conditionOf(resource.attributes), tags);
  if (!context.deployments.isEnabled(logicalId)) return;
  if (!alias) {
    throw new InvalidResource(logicalId, "'DeploymentPreference' requires AutoPublishAlias property to be specified.");
  }
  alias.attributes.set("UpdatePolicy", context.deployments.updatePolicy(logicalId));
};

const asBoolean = (logicalId: string, name: string, value: Value): boolean => {
  const text = textOf(value);
  if (value === true || value === 1 || text === "true" || text === "True") return true;
  if (value === false || value === 0 || text === "false" || text === "False") return false;
  throw new InvalidResource(
    logicalId,
    isIntrinsic(value)
      ? `Unsupported intrinsic: the only intrinsic functions supported for property ${name} are FindInMap and parameter Refs.`
      : `Invalid value for property ${name}.`,
  );
};
