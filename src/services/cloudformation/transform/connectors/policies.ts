import { CfnResource } from "../cfnResource.ts";
import type { SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { logicalIdIn } from "../intrinsics.ts";
import { byCodePoint } from "../values/text.ts";
import { Dict, isDict, literal, sameValue, textOf, truthy, type Value } from "../values/value.ts";
import type { ConnectorEnd } from "./endpoint.ts";
import { filled, MissingVariable, type ProfileVariables, profileVariables } from "./fill.ts";
import type { ConnectorProfile } from "./profileNotation.ts";
import { CONNECTOR_PROFILES } from "./profiles.ts";

interface Connection {
  readonly resource: SamResource;
  readonly source: ConnectorEnd;
  readonly destination: ConnectorEnd;
  readonly profile: ConnectorProfile;
  readonly permissions: readonly string[];
  readonly variables: ProfileVariables;
  /** Ends the logical ids of a connector with several destinations. */
  readonly suffix: string;
}

/** The policies or permissions that connect the two ends. */
export const connectorResources = (
  resource: SamResource,
  source: ConnectorEnd,
  destination: ConnectorEnd,
  index: number | undefined,
  resources: Dict,
): CfnResource[] => {
  const profile = CONNECTOR_PROFILES[source.type]?.[destination.type];
  if (!profile) {
    throw new InvalidResource(
      resource.logicalId,
      `Unable to create connector from ${source.type} to ${destination.type}; it's not supported or the template is invalid.`,
    );
  }
  const permissions = checkedPermissions(resource, profile, source, destination);
  const variables = profileVariables(source, destination);
  const suffix = index === undefined ? "" : `Destination${index}`;
  const connection = { resource, source, destination, profile, permissions, variables, suffix };
  try {
    checkVariables(connection);
    return [make(connection, resources)];
  } catch (error) {
    if (error instanceof MissingVariable) throw new InvalidResource(resource.logicalId, error.message);
    throw error;
  }
};

const categoriesOf = (profile: ConnectorProfile): string[] =>
  profile.grants ? Object.keys(profile.grants) : ["Write"];

const checkedPermissions = (
  { properties, logicalId }: SamResource,
  profile: ConnectorProfile,
  source: ConnectorEnd,
  destination: ConnectorEnd,
): string[] => {
  const given = properties.get("Permissions");
  const list = Array.isArray(given) ? given : isDict(given) ? given.keys() : [];
  const names = [...new Set(list.map((one) => textOf(one) ?? ""))];
  const categories = categoriesOf(profile);
  if (names.length === 0) {
    throw new InvalidResource(logicalId, `'Permissions' cannot be empty; valid values are: ${categories.join(", ")}.`);
  }
  const unsupported = `Unsupported 'Permissions' provided for connector from ${source.type} to ${destination.type}`;
  if (!names.every((name) => categories.includes(name))) {
    throw new InvalidResource(logicalId, `${unsupported}; valid values are: ${categories.join(", ")}.`);
  }
  if (!profile.combinations) return names;
  const joined = (list: readonly string[]): string => [...list].sort(byCodePoint).join(" + ");
  const combinations = profile.combinations.map(joined);
  if (combinations.includes(joined(names))) return names;
  throw new InvalidResource(logicalId, `${unsupported}; valid combinations are: ${combinations.join(", ")}.`);
};

/** AWS: every variable of the profile must be known, also those of categories that are not asked for. */
const checkVariables = ({ profile, variables }: Connection): void => {
  const texts = Object.values(profile.grants ?? {}).flatMap((grants) => grants.flatMap(({ on }) => on));
  if (profile.write) texts.push(profile.write.sourceArn);
  if (profile.kind === "queue" || profile.kind === "topic") texts.unshift("%{Destination.Arn}");
  for (const text of texts) filled(text, variables);
};

const make = (connection: Connection, resources: Dict): CfnResource => {
  switch (connection.profile.kind) {
    case "role":
      return rolePolicy(connection, resources);
    case "function":
      return functionPermission(connection);
    case "queue":
      return queuePolicy(connection);
    case "topic":
      return topicPolicy(connection);
  }
};

const carrier = ({ profile, source, destination }: Connection): ConnectorEnd =>
  profile.onSource ? source : destination;

const unable = ({ profile, resource }: Connection, what: string): InvalidResource =>
  new InvalidResource(
    resource.logicalId,
    `Unable to get ${what} from '${profile.onSource ? "Source" : "Destination"}' resource.`,
  );

const generated = (
  { resource }: Connection,
  type: string,
  logicalId: string,
  properties: Record<string, Value>,
): CfnResource => {
  const made = new CfnResource(type, logicalId, resource.attributes, properties);
  made.dependsOn = resource.dependsOn;
  return made;
};

const policyDocument = (statements: Dict[]): Dict =>
  Dict.plain({ Version: literal("2012-10-17"), Statement: statements });

const rolePolicy = (connection: Connection, resources: Dict): CfnResource => {
  const { profile, permissions, variables, resource, source, destination } = connection;
  const role = carrier(connection).roleName;
  if (!truthy(role)) throw unable(connection, "IAM role name");
  const statements = Object.entries(profile.grants ?? {})
    .filter(([category]) => permissions.includes(category))
    .flatMap(([, grants]) => grants)
    .map(({ actions, on }) =>
      Dict.plain({
        Effect: literal("Allow"),
        Action: actions.map(literal),
        Resource: on.map((text) => filled(text, variables)),
      }),
    );
  const logicalId = `${resource.logicalId}Policy${connection.suffix}`;
  const policy = generated(connection, "AWS::IAM::ManagedPolicy", logicalId, {
    PolicyDocument: policyDocument(statements),
    Roles: [role],
  });
  if (profile.dependedOnBy === "eventSourceMapping") {
    const mappings = mappingsBetween(source.logicalId, destination.logicalId, resources);
    if (mappings.length === 1) dependOn(resources.get(mappings[0] ?? ""), logicalId);
  }
  if (profile.dependedOnBy === "source" && source.logicalId) dependOn(resources.get(source.logicalId), logicalId);
  return policy;
};

const mappingsBetween = (source: string | undefined, target: string | undefined, resources: Dict): string[] => {
  if (!source || !target) return [];
  return resources
    .entries()
    .filter(([, resource]) => {
      if (!isDict(resource) || textOf(resource.get("Type")) !== "AWS::Lambda::EventSourceMapping") return false;
      const properties = resource.get("Properties");
      if (!isDict(properties)) return false;
      const [functionId, sourceId] = [properties.get("FunctionName"), properties.get("EventSourceArn")].map(
        logicalIdIn,
      );
      return functionId === target && sourceId === source;
    })
    .map(([logicalId]) => logicalId);
};

const dependOn = (resource: Value, logicalId: string): void => {
  if (!isDict(resource) || resource.size === 0) return;
  const given = resource.has("DependsOn") ? resource.get("DependsOn") : [];
  const list = Array.isArray(given) ? given : [given];
  if (!list.some((one) => sameValue(one, logicalId))) resource.set("DependsOn", [...list, logicalId]);
  else resource.set("DependsOn", list);
};

const functionPermission = (connection: Connection): CfnResource => {
  const { profile, variables, resource } = connection;
  const functionArn = carrier(connection).arn;
  if (!truthy(functionArn)) throw unable(connection, "Lambda function ARN");
  const write = profile.write;
  const logicalId = `${resource.logicalId}WriteLambdaPermission${connection.suffix}`;
  return generated(connection, "AWS::Lambda::Permission", logicalId, {
    Action: "lambda:InvokeFunction",
    FunctionName: functionArn,
    Principal: write?.principal ?? null,
    SourceArn: write ? filled(write.sourceArn, variables) : null,
    SourceAccount: write?.sourceAccount === undefined ? null : filled(write.sourceAccount, variables),
  });
};

const sendStatement = ({ profile, variables }: Connection, action: string): Dict => {
  const sourceArn = filled(profile.write?.sourceArn ?? "", variables);
  return Dict.plain({
    Effect: literal("Allow"),
    Principal: Dict.plain({ Service: literal(profile.write?.principal ?? "") }),
    Resource: filled("%{Destination.Arn}", variables),
    Action: literal(action),
    Condition: Dict.plain({ ArnEquals: Dict.plain({ "aws:SourceArn": sourceArn }) }),
  });
};

const topicPolicy = (connection: Connection): CfnResource => {
  const topic = carrier(connection).arn;
  if (!truthy(topic)) throw unable(connection, "SNS topic ARN");
  const logicalId = `${connection.resource.logicalId}TopicPolicy${connection.suffix}`;
  return generated(connection, "AWS::SNS::TopicPolicy", logicalId, {
    Topics: [topic],
    PolicyDocument: policyDocument([sendStatement(connection, "sns:Publish")]),
  });
};

const queuePolicy = (connection: Connection): CfnResource => {
  const url = carrier(connection).queueUrl;
  if (!truthy(url)) throw unable(connection, "SQS queue URL");
  const logicalId = `${connection.resource.logicalId}QueuePolicy${connection.suffix}`;
  return generated(connection, "AWS::SQS::QueuePolicy", logicalId, {
    PolicyDocument: policyDocument([sendStatement(connection, "sqs:SendMessage")]),
    Queues: [url],
  });
};
