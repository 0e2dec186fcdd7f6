import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { TemplateError } from "./errors.ts";

/** A `{{resolve:…}}` in a text. */
export type DynamicReference =
  | { readonly service: "ssm" | "ssm-secure"; readonly name: string; readonly version: string | undefined }
  | {
      readonly service: "secretsmanager";
      readonly secretId: string;
      readonly jsonKey: string | undefined;
      readonly versionStage: string | undefined;
      readonly versionId: string | undefined;
    };

/** Fetches what dynamic references stand for, as whoever runs the stack. */
export interface DynamicValues {
  fetch(reference: DynamicReference): Promise<string>;
}

const PATTERN = /\{\{resolve:([a-z-]+):([^{}]*)\}\}/g;

/** A value with every dynamic reference in it replaced; what is fetched is not looked through again. */
export const withDynamicValues = async <T extends JsonValue>(value: T, values: DynamicValues): Promise<JsonValue> => {
  const wanted = new Set<string>();
  collect(value, wanted);
  if (wanted.size === 0) return value;
  const found = new Map<string, string>();
  await Promise.all([...wanted].map(async (text) => found.set(text, await values.fetch(parseReference(text)))));
  return replace(value, found);
};

/** The dynamic references in a value, without fetching anything; malformed ones are refused. */
export const dynamicReferencesIn = (value: JsonValue): readonly DynamicReference[] => {
  const wanted = new Set<string>();
  collect(value, wanted);
  return [...wanted].map(parseReference);
};

const collect = (node: JsonValue, wanted: Set<string>): void => {
  if (typeof node === "string") for (const [text] of node.matchAll(PATTERN)) wanted.add(text);
  else if (Array.isArray(node)) for (const item of node) collect(item, wanted);
  else if (isJsonObject(node)) for (const item of Object.values(node)) collect(item, wanted);
};

const replace = (node: JsonValue, found: ReadonlyMap<string, string>): JsonValue => {
  if (typeof node === "string") return node.replace(PATTERN, (text) => found.get(text) ?? text);
  if (Array.isArray(node)) return node.map((item) => replace(item, found));
  if (!isJsonObject(node)) return node;
  const members: JsonObject = Object.fromEntries(
    Object.entries(node).map(([key, item]) => [key, replace(item, found)]),
  );
  return members;
};

const SSM_NAME = /^([A-Za-z0-9_./-]+)(?::(\d+))?$/;

const parseReference = (text: string): DynamicReference => {
  const [, service = "", rest = ""] = new RegExp(PATTERN.source).exec(text) ?? [];
  switch (service) {
    case "ssm":
    case "ssm-secure": {
      const [, name, version] = SSM_NAME.exec(rest) ?? [];
      if (name === undefined) throw malformed(text, "SSM");
      return { service, name, version };
    }
    case "secretsmanager":
      return parseSecret(rest, text);
    default:
      throw malformed(text);
  }
};

// AWS: the secret is a name, or an ARN, whose own colons do not divide.
const parseSecret = (rest: string, text: string): DynamicReference => {
  const arn = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+/.exec(rest)?.[0];
  const secretId = arn ?? rest.split(":")[0] ?? "";
  const [kind, jsonKey, versionStage, versionId, ...more] = rest.slice(secretId.length).split(":").slice(1);
  const isText = kind === undefined || kind === "" || kind === "SecretString";
  if (secretId === "" || !isText || more.length > 0 || (versionStage && versionId)) throw malformed(text);
  return {
    service: "secretsmanager",
    secretId,
    jsonKey: jsonKey || undefined,
    versionStage: versionStage || undefined,
    versionId: versionId || undefined,
  };
};

const malformed = (text: string, kind = "dynamic"): TemplateError =>
  new TemplateError(`Incorrect format is used in the following ${kind} reference: [${text}]`);
