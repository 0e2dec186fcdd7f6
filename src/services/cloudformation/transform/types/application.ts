import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import type { Context, SamResource, SamType } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectPresent, expectString, resource as resourceSubject } from "../expect.ts";
import { listOf, MAP, oneOf, optional, required, TEXT, WHOLE } from "../properties.ts";
import { resolveMappings, resolveParameters } from "../resolve.ts";
import { samTags } from "../tags.ts";
import { Dict, deepCopy, isDict, textOf, truthy, type Value } from "../values/value.ts";

/** AWS::Serverless::Application: a nested stack, from a template's address or from the application repository. */
export const application: SamType = {
  properties: {
    Location: required(oneOf(TEXT, MAP)),
    TemplateUrl: optional(TEXT),
    Parameters: optional(MAP),
    NotificationARNs: optional(listOf(oneOf(TEXT, MAP))),
    Tags: optional(MAP),
    TimeoutInMinutes: optional(WHOLE),
  },
  transform: (resource, context) => {
    const { properties, logicalId } = resource;
    const stack = new CfnResource("AWS::CloudFormation::Stack", logicalId, passedOnAttributes(resource.attributes), {
      Parameters: properties.get("Parameters"),
      NotificationARNs: properties.get("NotificationARNs"),
      Tags: samTags(logicalId, properties.get("Tags"), repositoryTags(properties.get("Location"))),
      TimeoutInMinutes: properties.get("TimeoutInMinutes"),
      // Asked for last: what is wrong with the author's own properties is told before what the repository lacks.
      TemplateURL: templateUrl(resource, context),
    });
    stack.dependsOn = resource.dependsOn;
    return [stack];
  },
};

const repositoryTags = (location: Value): Dict => {
  const tags = Dict.plain();
  if (!isDict(location)) return tags;
  if (location.get("ApplicationId") !== null) tags.put("serverlessrepo:applicationId", location.get("ApplicationId"));
  if (location.get("SemanticVersion") !== null) {
    tags.put("serverlessrepo:semanticVersion", location.get("SemanticVersion"));
  }
  return tags;
};

/** Resolves where an application lies before its properties are checked. */
export const locateApplication = (resource: SamResource, context: Context): void => {
  const { properties, logicalId } = resource;
  const missing = (name: string) =>
    new InvalidResource(logicalId, `Resource is missing the required [${name}] property.`);
  if (!properties.has("Location")) throw missing("Location");
  const location = properties.get("Location");
  if (!isDict(location)) {
    properties.set("TemplateUrl", location);
    return;
  }
  for (const name of ["ApplicationId", "SemanticVersion"]) {
    if (!location.has(name)) throw missing(name);
    const bothGiven = location.get("ApplicationId") !== null && location.get("SemanticVersion") !== null;
    if (bothGiven) location.set(name, resolved(location.get(name), context));
  }
  const id = expectPresent(location.get("ApplicationId"), resourceSubject(logicalId), "ApplicationId");
  if (isDict(id)) throw unresolved(logicalId, "ApplicationId");
  const version = location.get("SemanticVersion");
  if (!truthy(version)) throw new InvalidResource(logicalId, "Property 'SemanticVersion' cannot be blank.");
  if (isDict(version)) throw unresolved(logicalId, "SemanticVersion");
  checkAddress(logicalId, id, version);
};

const resolved = (value: Value, context: Context): Value =>
  resolveMappings(resolveParameters(deepCopy(value), context.parameters), context.mappings);

const unresolved = (logicalId: string, name: string): InvalidResource =>
  new InvalidResource(
    logicalId,
    `Property '${name}' cannot be resolved. Only FindInMap and Ref intrinsic functions are supported.`,
  );

const DYNAMIC_REFERENCE = /\{\{resolve:ssm:[a-zA-Z0-9_.\-/]+(:\d+)?\}\}/;

const checkAddress = (logicalId: string, id: Value, version: Value): void => {
  const subject = resourceSubject(logicalId);
  const applicationId = expectString(id, subject, "Location.ApplicationId");
  expectString(version, subject, "Location.SemanticVersion");
  if (DYNAMIC_REFERENCE.test(applicationId)) {
    throw new InvalidResource(
      logicalId,
      "Serverless Application Repostiory does not support dynamic reference in 'ApplicationId' property.",
    );
  }
};

const templateUrl = ({ logicalId, properties }: SamResource, context: Context): Value => {
  const location = properties.get("Location");
  if (!isDict(location)) return truthy(properties.get("TemplateUrl")) ? properties.get("TemplateUrl") : "";
  const id = textOf(location.get("ApplicationId")) ?? "";
  const version = textOf(location.get("SemanticVersion")) ?? "";
  const url = context.application(id, version);
  if (url !== undefined) return url;
  // AWS: one version of one application is asked for once; the resource that asked first is the one reported.
  const key = `${id} ${version}`;
  const asker = context.missingApplications.get(key) ?? logicalId;
  context.missingApplications.set(key, asker);
  // AWS: what the service says in regions without the repository; it holds for this cloud as well.
  throw new InvalidResource(asker, "Serverless Application Repository is not available in this region.");
};
