import { accountArn } from "../arns.ts";
import type { Context } from "../context.ts";
import { InvalidEvent } from "../errors.ts";
import { event as eventSubject, expectMap } from "../expect.ts";
import { sub } from "../intrinsics.ts";
import { allow } from "../policies/documents.ts";
import { resolveParameters } from "../resolve.ts";
import { type Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";
import type { EventSource } from "./eventSource.ts";

/** What a Kafka event's role needs to read schemas: the registry's credentials and, for Glue, the registry. */
export const schemaRegistryStatements = (source: EventSource, context: Context): Dict[] => {
  const value = source.properties.get("SchemaRegistryConfig");
  if (!truthy(value)) return [];
  const config = expectMap(value, eventSubject(source.eventId), "SchemaRegistryConfig");
  const statements = accessConfigs(source, config).map((entry) =>
    allow(["secretsmanager:GetSecretValue"], entry.get("URI")),
  );
  const uri = config.get("SchemaRegistryURI");
  const registry = glueRegistry(uri, context);
  if (registry !== undefined) {
    statements.push(allow(["glue:GetRegistry"], uri));
    const schemas = sub(accountArn("${AWS::Partition}", "glue", `schema/${registry}/*`));
    statements.push(allow(["glue:GetSchemaVersion"], [schemas]));
  }
  return statements;
};

const accessConfigs = (source: EventSource, config: Dict): Dict[] => {
  const invalid = (problem: string) => new InvalidEvent(source.eventId, problem);
  for (const field of ["SchemaRegistryURI", "EventRecordFormat", "SchemaValidationConfigs"]) {
    if (!config.has(field)) throw invalid(`Missing required field ${field} in SchemaRegistryConfig`);
  }
  if (!["JSON", "SOURCE"].includes(textOf(config.get("EventRecordFormat")) ?? "")) {
    throw invalid("EventRecordFormat in SchemaRegistryConfig must be either 'JSON' or 'SOURCE'");
  }
  if (!Array.isArray(config.get("SchemaValidationConfigs"))) throw invalid("SchemaValidationConfigs must be a list");
  const access = config.get("AccessConfigs");
  if (!truthy(access)) return [];
  if (!Array.isArray(access)) throw invalid("AccessConfigs in SchemaRegistryConfig must be a list");
  return access.map((entry) => {
    if (isDict(entry) && entry.has("Type") && entry.has("URI")) return entry;
    throw invalid("Each AccessConfig must be a dict with 'Type' and 'URI' fields");
  });
};

/** The name of the Glue registry that an ARN names, directly or within `Fn::Sub`. */
const glueRegistry = (uri: Value, context: Context): string | undefined => {
  const resolved = isDict(uri) ? resolveParameters(uri.shallowCopy(), context.parameters) : uri;
  const arn = textOf(isDict(resolved) ? resolved.get("Fn::Sub") : resolved);
  if (!arn?.startsWith("arn")) return undefined;
  // AWS: `${AWS::Region}` and the like hold colons of their own, which shift the parts.
  const resource = arn.split(":")[5];
  return resource?.startsWith("registry/") ? resource.slice("registry/".length) : undefined;
};
