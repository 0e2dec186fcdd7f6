import { InvalidResource } from "./errors.ts";
import { Dict, isDict, textOf, truthy, type Value } from "./values/value.ts";

interface S3Location {
  readonly bucket: Value;
  readonly key: Value;
  /** Undefined where none is given; a given null is handed on. */
  readonly version: Value | undefined;
}

/** Reads `s3://bucket/key?versionId=v`. */
const parseS3Uri = (uri: Value): S3Location | undefined => {
  const text = textOf(uri);
  const parts = /^s3:\/\/([^/?#]+)(\/[^?#]*)(?:\?([^#]*))?/i.exec(text ?? "");
  if (!parts || hasBrackets(parts[1] ?? "")) return undefined;
  const versions = new URLSearchParams(parts[3] ?? "").getAll("versionId").filter((version) => version !== "");
  return {
    bucket: parts[1] ?? "",
    key: (parts[2] ?? "").replace(/^\/+/, ""),
    version: versions.length === 1 ? versions[0] : undefined,
  };
};

/** AWS: brackets in a bucket's place (an unresolved token of the CDK) read as an IPv6 address, which no bucket is. */
const hasBrackets = (bucket: string): boolean => /[[\]]/.test(bucket);

/** A `CodeUri` or `ContentUri` as the Lambda resource takes it: bucket, key and object version. */
export const s3Location = (uri: Value, logicalId: string, property: string): Dict => {
  const location = isDict(uri) ? locationFromMap(uri, logicalId, property) : locationFromText(uri, logicalId, property);
  const code = Dict.plain({ S3Bucket: location.bucket, S3Key: location.key });
  if (location.version !== undefined) code.put("S3ObjectVersion", location.version);
  return code;
};

/** A `DefinitionUri` as API Gateway and Step Functions take it. */
export const definitionLocation = (uri: Value, logicalId: string): Dict => {
  const location = isDict(uri) ? locationFromMap(uri, logicalId, "DefinitionUri") : parseS3Uri(uri);
  if (!location) throw notS3Uri(logicalId, "DefinitionUri");
  const definition = Dict.hashed();
  definition.put("Bucket", location.bucket);
  definition.put("Key", location.key);
  if (location.version !== undefined) definition.put("Version", location.version);
  return definition;
};

const locationFromMap = (uri: Dict, logicalId: string, property: string): S3Location => {
  if (!truthy(uri.get("Bucket")) || !truthy(uri.get("Key"))) {
    throw new InvalidResource(logicalId, `'${property}' requires Bucket and Key properties to be specified.`);
  }
  return {
    bucket: uri.get("Bucket"),
    key: uri.get("Key"),
    version: uri.has("Version") ? uri.get("Version") : undefined,
  };
};

const DYNAMIC_REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):[a-zA-Z0-9_.\-/]+(:\d+)?\}\}/;

const locationFromText = (uri: Value, logicalId: string, property: string): S3Location => {
  const text = textOf(uri);
  if (text === undefined) throw new InvalidResource(logicalId, `'${property}' must be of type dict or string.`);
  if (DYNAMIC_REFERENCE.exec(text)?.[0].includes("/")) {
    throw new InvalidResource(
      logicalId,
      `Unsupported dynamic reference detected in '${property}'. Please consider using alternative 'FunctionCode' object format.`,
    );
  }
  const location = parseS3Uri(uri);
  if (!location) throw notS3Uri(logicalId, property);
  return location;
};

const notS3Uri = (logicalId: string, property: string): InvalidResource =>
  new InvalidResource(
    logicalId,
    `'${property}' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.`,
  );
