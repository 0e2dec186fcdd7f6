import type { Capability, Tag } from "@aws-sdk/client-cloudformation";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { fileOf, newArtifact, putArtifact } from "../artifacts.ts";
import { MAX_TEMPLATE_BODY_BYTES } from "../limits.ts";
import type { Job } from "./provider.ts";

/** What the action's configuration says of a stack. */
export interface StackWanted {
  readonly request: StackRequest;
  readonly policy: string | undefined;
}

/** As CloudFormation's operations take it. */
interface StackRequest {
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
  readonly Parameters: { ParameterKey: string; ParameterValue: string }[];
  readonly Tags?: Tag[];
  readonly Capabilities: Capability[];
  readonly RoleARN: string | undefined;
}

export const stackWanted = async (job: Job): Promise<StackWanted> => {
  const { configuration, ctx, inputs } = job;
  const { TemplatePath = "", TemplateConfiguration, ParameterOverrides, Capabilities = "", RoleArn } = configuration;
  const template = await fileOf(ctx, inputs, TemplatePath);
  const settings = TemplateConfiguration
    ? parsed(await fileOf(ctx, inputs, TemplateConfiguration), TemplateConfiguration)
    : {};
  const overrides = ParameterOverrides ? parsed(ParameterOverrides, "ParameterOverrides") : {};
  const parameters = {
    ...(await parameterTexts(job, objectAt(settings, "Parameters"))),
    ...(await parameterTexts(job, overrides)),
  };
  const tags = Object.entries(objectAt(settings, "Tags"));
  const request = {
    ...(await templateMember(job, template)),
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    ...(tags.length > 0 ? { Tags: tags.map(([Key, Value]) => ({ Key, Value: String(Value) })) } : {}),
    Capabilities: Capabilities.split(/[,\s]+/)
      .filter(Boolean)
      .map(capability),
    RoleARN: RoleArn,
  };
  const { StackPolicy } = settings;
  return { request, policy: StackPolicy === undefined ? undefined : JSON.stringify(StackPolicy) };
};

/** AWS: a template longer than CloudFormation takes in a call is passed by its place in the artifact store. */
const templateMember = async (
  job: Job,
  template: string,
): Promise<Pick<StackRequest, "TemplateBody" | "TemplateURL">> => {
  if (Buffer.byteLength(template) <= MAX_TEMPLATE_BODY_BYTES) return { TemplateBody: template };
  const { ctx, pipeline } = job;
  const place = newArtifact(job, "templates");
  await putArtifact(ctx, pipeline, place, Buffer.from(template));
  return { TemplateURL: `https://s3.${ctx.region}.amazonaws.com/${place.bucket}/${place.key}` };
};

const parsed = (text: string, what: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    throw new ActionFailure("ConfigurationError", `Invalid JSON in ${what}: ${errorMessage(error)}`);
  }
  throw new ActionFailure("ConfigurationError", `${what} is not a JSON object.`);
};

const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name];
  return isJsonObject(value) ? value : {};
};

const parameterTexts = async (job: Job, values: JsonObject): Promise<Record<string, string>> => {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) texts[name] = await parameterText(job, value);
  return texts;
};

/** A value, or one of the two functions that read artifacts. */
const parameterText = async (job: Job, value: JsonValue): Promise<string> => {
  if (Array.isArray(value)) return value.join(",");
  if (!isJsonObject(value)) return String(value);
  const [artifact, member, key] = listOf(value["Fn::GetArtifactAtt"] ?? value["Fn::GetParam"]);
  if (artifact === undefined || member === undefined)
    throw new ActionFailure("ConfigurationError", `Invalid parameter override: ${JSON.stringify(value)}`);
  if ("Fn::GetParam" in value) {
    const file = parsed(await fileOf(job.ctx, job.inputs, `${artifact}::${member}`), `${artifact}::${member}`);
    const found = file[key ?? ""];
    if (found === undefined)
      throw new ActionFailure(
        "ConfigurationError",
        `The file ${member} of the artifact ${artifact} has no key ${key}.`,
      );
    return String(found);
  }
  const place = job.inputs.find(({ name }) => name === artifact);
  const attributes: Readonly<Record<string, string | undefined>> = {
    BucketName: place?.bucket,
    ObjectKey: place?.key,
    URL: place && `https://s3.amazonaws.com/${place.bucket}/${place.key}`,
  };
  const found = attributes[member];
  if (found === undefined)
    throw new ActionFailure("ConfigurationError", `The input artifact ${artifact} has no attribute ${member}.`);
  return found;
};

const listOf = (value: JsonValue | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const CAPABILITIES: readonly Capability[] = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];

const capability = (text: string): Capability => {
  const found = CAPABILITIES.find((each) => each === text);
  if (found) return found;
  throw new ActionFailure(
    "ConfigurationError",
    `Invalid Capabilities '${text}'. Valid values: ${CAPABILITIES.join(", ")}`,
  );
};
