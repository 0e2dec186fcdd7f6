import { CfnResource } from "../cfnResource.ts";
import { s3Location } from "../codeLocation.ts";
import type { Context, SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { resolveParameters } from "../resolve.ts";
import { samTags } from "../tags.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";
import { capacityProviderConfig } from "./capacityProvider.ts";

/** The properties that AWS::Lambda::Function takes as they are. */
const SAME = [
  "Handler",
  "Runtime",
  "Description",
  "MemorySize",
  "Timeout",
  "VpcConfig",
  "Role",
  "Environment",
  "KmsKeyArn",
  "ReservedConcurrentExecutions",
  "Layers",
  "FileSystemConfigs",
  "ImageConfig",
  "PackageType",
  "Architectures",
  "SnapStart",
  "EphemeralStorage",
  "CodeSigningConfigArn",
  "RuntimeManagementConfig",
  "LoggingConfig",
  "TenancyConfig",
  "RecursiveLoop",
  "DurableConfig",
  "PublishToLatestPublished",
];

/** The AWS::Lambda::Function itself. */
export const lambdaFunction = (resource: SamResource, context: Context): CfnResource => {
  const { properties, logicalId } = resource;
  const lambda = new CfnResource("AWS::Lambda::Function", logicalId, resource.attributes);
  lambda.dependsOn = resource.dependsOn;
  if (truthy(properties.get("FunctionName"))) lambda.set("FunctionName", properties.get("FunctionName"));
  for (const name of SAME) lambda.set(name, properties.get(name));
  lambda.set("Code", codeOf(resource));
  lambda.set("Tags", samTags(logicalId, properties.get("Tags")));
  if (isTraced(resource, context)) {
    lambda.set("TracingConfig", Dict.plain({ Mode: properties.get("Tracing") }));
  }
  const queue = properties.get("DeadLetterQueue");
  if (isDict(queue) && queue.size > 0) {
    lambda.set("DeadLetterConfig", Dict.plain({ TargetArn: queue.get("TargetArn") }));
  }
  if (truthy(properties.get("CapacityProviderConfig"))) {
    lambda.set("CapacityProviderConfig", capacityProviderConfig(logicalId, properties.get("CapacityProviderConfig")));
  }
  if (truthy(properties.get("FunctionScalingConfig"))) {
    lambda.set("FunctionScalingConfig", properties.get("FunctionScalingConfig"));
  }
  checkPackage(lambda);
  return lambda;
};

export const isTraced = ({ properties }: SamResource, context: Context): boolean =>
  truthy(properties.get("Tracing")) &&
  textOf(resolveParameters(properties.get("Tracing"), context.parameters)) !== "Disabled";

const codeOf = ({ properties, logicalId }: SamResource): Dict => {
  const type = truthy(properties.get("PackageType")) ? properties.get("PackageType") : "Zip";
  if (textOf(type) === "Image") {
    const uri = properties.get("ImageUri");
    if (uri === null) throw new InvalidResource(logicalId, "'ImageUri' must be set.");
    if (truthy(uri)) return Dict.plain({ ImageUri: uri });
    throw new InvalidResource(logicalId, "'ImageUri' requires that a image hosted at a registry be specified.");
  }
  if (textOf(type) !== "Zip") throw new InvalidResource(logicalId, `invalid 'PackageType' : ${shown(type)}`);
  return zipCode(properties, logicalId);
};

const zipCode = (properties: Dict, logicalId: string): Dict => {
  const inline = properties.get("InlineCode");
  const uri = properties.get("CodeUri");
  if (inline === null && uri === null) {
    throw new InvalidResource(logicalId, "Only one of 'InlineCode' or 'CodeUri' can be set.");
  }
  const code = inline === null ? s3Location(uri, logicalId, "CodeUri") : Dict.plain({ ZipFile: inline });
  if (truthy(properties.get("SourceKMSKeyArn"))) code.put("SourceKMSKeyArn", properties.get("SourceKMSKeyArn"));
  return code;
};

const checkPackage = (lambda: CfnResource): void => {
  const invalid = (problem: string) => new InvalidResource(lambda.logicalId, problem);
  const code = lambda.get("Code");
  const has = (name: string): boolean => truthy(lambda.get(name));
  const image: Value = isDict(code) ? code.get("ImageUri") : null;
  if (has("PackageType") && textOf(lambda.get("PackageType")) === "Image") {
    if (has("Handler") || has("Runtime") || has("Layers")) {
      throw invalid("Runtime, Handler, Layers cannot be present when PackageType is of type `Image`");
    }
    return;
  }
  if (!has("Runtime") || !has("Handler")) {
    throw invalid("Runtime and Handler needs to be present when PackageType is of type `Zip`");
  }
  if (truthy(image) || has("ImageConfig")) {
    throw invalid("ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`");
  }
};
