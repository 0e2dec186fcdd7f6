import type { CfnResource } from "../cfnResource.ts";
import { type Context, outputConditions, type SamResource, type SamType } from "../context.ts";
import { InvalidEvent, InvalidResource } from "../errors.ts";
import { functionEventResources } from "../events/functionEvents.ts";
import { checkFunction } from "../functions/checks.ts";
import { applyDeploymentPreference } from "../functions/deploymentPreference.ts";
import { eventInvokeConfig } from "../functions/eventInvokeConfig.ts";
import { lambdaFunction } from "../functions/lambdaFunction.ts";
import { FUNCTION_PROPERTIES } from "../functions/properties.ts";
import { functionRole } from "../functions/role.ts";
import { functionUrlResources } from "../functions/url.ts";
import { lambdaAlias, lambdaVersion, type Published } from "../functions/version.ts";
import { conditional, getAtt, ifParts, isIf, isNoValue, not } from "../intrinsics.ts";
import { propagateTags } from "../propagateTags.ts";
import { resolveParameters } from "../resolve.ts";
import { shown } from "../values/text.ts";
import { Dict, textOf, truthy, type Value } from "../values/value.ts";

/** AWS::Serverless::Function: the function, its role, version and alias, URL, and what its events need. */
export const serverlessFunction: SamType = {
  properties: FUNCTION_PROPERTIES,
  referable: {
    Alias: "AWS::Lambda::Alias",
    Version: "AWS::Lambda::Version",
    DestinationTopic: "AWS::SNS::Topic",
    DestinationQueue: "AWS::SQS::Queue",
  },
  transform: (resource, context) => {
    const events = eventsOf(resource, context);
    checkFunction(resource);
    const lambda = lambdaFunction(resource, context);
    const resources = [lambda];
    const published = publish(resource, lambda, context);
    if (published) resources.push(published.version, published.alias);
    resources.push(...functionUrlResources(resource, lambda, published?.alias));
    applyDeploymentPreference(resource, published?.alias, context);
    const invoke = eventInvokeConfig(resource, lambda, published, context);
    resources.push(...invoke.resources);
    const role = functionRole(resource, invoke.policies, context);
    resources.push(...assignRole(resource, lambda, role, context));
    resources.push(...asOwn(resource, () => events.generate({ lambda, alias: published?.alias, role })));
    propagateTags(resources, resource.properties.get("Tags"), truthy(resource.properties.get("PropagateTags")));
    return resources;
  },
};

const eventsOf = (resource: SamResource, context: Context) =>
  asOwn(resource, () => functionEventResources(resource, context));

/** Runs something about the resource's events; their problems become the resource's. */
export const asOwn = <T>(resource: SamResource, run: () => T): T => {
  try {
    return run();
  } catch (error) {
    if (error instanceof InvalidEvent) throw new InvalidResource(resource.logicalId, error.message);
    throw error;
  }
};

/** AutoPublishAlias: a version named by a hash of the code, and the alias that points at it. */
const publish = (resource: SamResource, lambda: CfnResource, context: Context): Published | undefined => {
  const properties = resource.properties;
  const provisioned = properties.get("ProvisionedConcurrencyConfig");
  if (!truthy(properties.get("AutoPublishAlias"))) {
    if (!truthy(provisioned)) return undefined;
    throw new InvalidResource(
      resource.logicalId,
      "To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function",
    );
  }
  const aliasName = textOf(resolveParameters(properties.get("AutoPublishAlias"), context.parameters));
  if (aliasName === undefined) {
    throw new InvalidResource(
      resource.logicalId,
      "'AutoPublishAlias' must be a string or a Ref to a template parameter",
    );
  }
  const codeSha256 = codeHash(resource, lambda, context);
  const version = lambdaVersion(resource, lambda, codeSha256, context);
  return { version, alias: lambdaAlias(resource, lambda, version, aliasName), aliasName };
};

/** AutoPublishCodeSha256 also shows in the description, so that the function itself changes with it. */
const codeHash = (resource: SamResource, lambda: CfnResource, context: Context): string | undefined => {
  const given = resource.properties.get("AutoPublishCodeSha256");
  if (!truthy(given)) return undefined;
  const hash = textOf(resolveParameters(given, context.parameters));
  if (hash === undefined) throw new InvalidResource(resource.logicalId, "AutoPublishCodeSha256 must be a string");
  const description = resolveParameters(resource.properties.get("Description"), context.parameters);
  const text = textOf(description);
  if (!truthy(description)) lambda.set("Description", hash);
  else if (text !== undefined) lambda.set("Description", `${text} ${hash}`);
  else lambda.set("Description", Dict.plain({ "Fn::Join": [" ", [description, hash]] }));
  return hash;
};

const assignRole = (resource: SamResource, lambda: CfnResource, role: CfnResource, context: Context): CfnResource[] => {
  const given = lambda.get("Role");
  const made = getAtt(role.logicalId, "Arn");
  if (given === null) {
    lambda.set("Role", made);
    return [role];
  }
  if (!isIf(given)) return [];
  const parts = ifParts(resolveParameters(given, context.parameters));
  if (typeof parts === "string") {
    throw new InvalidResource(resource.logicalId, `Malformed 'Role' property: ${parts}.`);
  }
  const [condition, then, otherwise] = parts;
  if (isNoValue(then) && isNoValue(otherwise)) lambda.set("Role", made);
  else if (isNoValue(then)) {
    lambda.set("Role", conditional(condition, made, otherwise));
    role.attributes.set("Condition", condition);
  } else if (isNoValue(otherwise)) {
    lambda.set("Role", conditional(condition, then, made));
    negate(role, condition, context);
  } else return [];
  return [role];
};

const negate = (role: CfnResource, condition: Value, context: Context): void => {
  const negated = `NOT${shown(condition)}`;
  role.attributes.set("Condition", negated);
  outputConditions(context).set(negated, not(condition));
};
