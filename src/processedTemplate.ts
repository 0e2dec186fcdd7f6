import { AwsError } from "./kernel/errors.ts";
import { isJsonObject, type JsonObject } from "./kernel/json.ts";
import { parseTemplate } from "./services/cloudformation/template/parse.ts";
import { samTransformText } from "./services/cloudformation/transform/command.ts";

const SAM = "AWS::Serverless-2016-10-31";
/** What SAM takes from a bucket, and a project holds in folders until it is packaged. */
const LOCATIONS = ["CodeUri", "ContentUri", "DefinitionUri", "SchemaUri"];
const PACKAGED = "s3://package/local";

/**
 * A template of a project as CloudFormation would process it, without packaging it: what SAM makes of it, or the text itself
 * where SAM has no part in it. Throws CloudFormation's refusal.
 */
export const processedTemplate = (text: string): string => {
  const { body } = parseTemplate(text);
  if (![body["Transform"]].flat().includes(SAM)) return text;
  const resources = isJsonObject(body["Resources"]) ? body["Resources"] : {};
  const packaged = Object.fromEntries(Object.entries(resources).map(([name, each]) => [name, asPackaged(each)]));
  const { stdout, stderr, exitCode } = samTransformText(JSON.stringify({ ...body, Resources: packaged }), {
    region: "us-east-1",
  });
  if (exitCode !== 0) throw new AwsError("ValidationError", stderr.trimEnd());
  return stdout;
};

const asPackaged = (resource: JsonObject[string]): unknown => {
  const properties = isJsonObject(resource) ? resource["Properties"] : undefined;
  if (!isJsonObject(resource) || !isJsonObject(properties)) return resource;
  const local = LOCATIONS.filter((name) => typeof properties[name] === "string");
  return { ...resource, Properties: { ...properties, ...Object.fromEntries(local.map((name) => [name, PACKAGED])) } };
};
