import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import { s3Location } from "../codeLocation.ts";
import type { Context, SamResource, SamType } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { hashedId } from "../ids.ts";
import { isIntrinsic } from "../intrinsics.ts";
import { FLAG, listOf, MAP, oneOf, optional, required, TEXT } from "../properties.ts";
import { resolveParameters } from "../resolve.ts";
import { shownNames } from "../values/text.ts";
import { Dict, either, isDict, isText, textOf, truthy, type Value } from "../values/value.ts";

const RETENTION = ["Retain", "Delete"];
const ARCHITECTURES = ["arm64", "x86_64"];
const RESOLVED = ["LayerName", "LicenseInfo", "Description", "RetentionPolicy"];

/** AWS::Serverless::LayerVersion: its logical id carries a hash, so that a change makes a new version beside the old. */
export const layerVersion: SamType = {
  properties: {
    LayerName: optional(oneOf(TEXT, MAP)),
    Description: optional(TEXT),
    PublishLambdaVersion: optional(FLAG),
    ContentUri: required(oneOf(TEXT, MAP)),
    CompatibleArchitectures: optional(listOf(oneOf(TEXT, MAP))),
    CompatibleRuntimes: optional(listOf(oneOf(TEXT, MAP))),
    LicenseInfo: optional(TEXT),
    RetentionPolicy: optional(TEXT),
  },
  transform: (resource, context) => {
    const properties = resource.properties;
    resolveTexts(resource, context);
    const attributes = passedOnAttributes(resource.attributes);
    const retention = retentionPolicy(resource);
    if (!attributes.has("DeletionPolicy")) attributes.set("DeletionPolicy", "Retain");
    if (retention !== undefined) attributes.set("DeletionPolicy", retention);
    const originalId = resource.logicalId;
    resource.logicalId = hashedId(originalId, hashedPart(resource));
    const layer = new CfnResource("AWS::Lambda::LayerVersion", resource.logicalId, attributes, {
      LayerName: either(properties.get("LayerName"), originalId),
      Description: properties.get("Description"),
      Content: s3Location(properties.get("ContentUri"), resource.logicalId, "ContentUri"),
      CompatibleArchitectures: properties.get("CompatibleArchitectures"),
      CompatibleRuntimes: properties.get("CompatibleRuntimes"),
      LicenseInfo: properties.get("LicenseInfo"),
    });
    layer.dependsOn = resource.dependsOn;
    checkArchitectures(layer);
    return [layer];
  },
};

const resolveTexts = ({ properties, logicalId }: SamResource, context: Context): void => {
  for (const name of RESOLVED) {
    const given = properties.get(name);
    if (!truthy(given)) continue;
    const value = resolveParameters(given, context.parameters);
    if (!isText(value) && !isDict(value)) {
      throw new InvalidResource(logicalId, `Could not resolve parameter for '${name}' or parameter is not a String.`);
    }
    properties.set(name, value);
  }
};

const retentionPolicy = ({ properties, logicalId }: SamResource): string | undefined => {
  const policy = properties.get("RetentionPolicy");
  if (policy === null) return undefined;
  if (isIntrinsic(policy)) {
    throw new InvalidResource(
      logicalId,
      `'RetentionPolicy' does not accept intrinsic functions, please use one of the following options: ${shownNames(RETENTION)}`,
    );
  }
  const text = textOf(policy);
  if (text === undefined) {
    throw new InvalidResource(
      logicalId,
      `Invalid 'RetentionPolicy' type, please use one of the following options: ${shownNames(RETENTION)}`,
    );
  }
  const option = RETENTION.find((one) => one.toLowerCase() === text.toLowerCase());
  if (option) return option;
  throw new InvalidResource(
    logicalId,
    `'RetentionPolicy' must be one of the following options: ${shownNames(RETENTION)}.`,
  );
};

/** What the layer's hash is made from: the resource as written, without what may change in place. */
const hashedPart = (resource: SamResource): Dict => {
  const written = new CfnResource(resource.type, resource.logicalId, resource.attributes);
  written.dependsOn = resource.dependsOn;
  for (const name of Object.keys(layerVersion.properties)) written.set(name, resource.properties.get(name));
  const entry = written.toTemplate();
  for (const attribute of ["DeletionPolicy", "UpdateReplacePolicy", "Metadata"]) entry.delete(attribute);
  const whole = Dict.plain();
  whole.set(resource.logicalId, entry);
  return whole;
};

const checkArchitectures = (layer: CfnResource): void => {
  const given = layer.get("CompatibleArchitectures");
  if (!truthy(given) || isIntrinsic(given)) return;
  const known = (one: Value) => isIntrinsic(one) || ARCHITECTURES.includes(textOf(one) ?? "");
  if (Array.isArray(given) && given.every(known)) return;
  throw new InvalidResource(layer.logicalId, "CompatibleArchitectures needs to be a list of 'x86_64' or 'arm64'");
};
