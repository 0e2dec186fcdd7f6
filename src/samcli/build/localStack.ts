import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { errorMessage } from "../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { own } from "../../kernel/own.ts";
import { localView } from "../../services/cloudformation/transform/localView.ts";
import { SamFailure } from "../failure.ts";

/** A template of this machine: the application's, or one nested in it. */
export interface LocalStack {
  /** The ids that lead to it, with slashes; empty for the application's own. */
  readonly path: string;
  readonly templatePath: string;
  /** With `Globals`, parameters and mappings in their places. */
  readonly resources: JsonObject;
}

export interface ReadingOptions {
  readonly region: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Hears of nested templates that are not here. */
  readonly say: (line: string) => void;
}

/** The template and those nested in it, the outer before the inner. */
export const localStacks = async (
  templatePath: string,
  options: ReadingOptions,
  path = "",
  above: readonly string[] = [],
): Promise<readonly LocalStack[]> => {
  if (above.includes(templatePath)) throw new SamFailure(`The template ${templatePath} is nested in itself.`);
  const stack = { path, templatePath, resources: await resourcesOf(templatePath, options) };
  const stacks: LocalStack[] = [stack];
  for (const [id, resource] of Object.entries(stack.resources)) {
    const nested = nestedTemplate(stack, resource);
    if (nested === undefined) continue;
    const fullPath = pathOf(stack, id);
    if (isRemote(nested)) {
      options.say(`Below nested stacks(s) specify non-local URL(s), which are unsupported:\n- ${fullPath}`);
      options.say("Skipping building resources inside these nested stacks.");
      continue;
    }
    const inner = { ...options, parameters: parametersOf(resource) };
    stacks.push(...(await localStacks(nested, inner, fullPath, [...above, templatePath])));
  }
  return stacks;
};

/** A resource's id, after those of the stacks that it is nested in. */
export const pathOf = ({ path }: Pick<LocalStack, "path">, id: string): string => (path === "" ? id : `${path}/${id}`);

/** Which property names the template of a nested stack. */
export const NESTED: Readonly<Record<string, string>> = {
  "AWS::Serverless::Application": "Location",
  "AWS::CloudFormation::Stack": "TemplateURL",
};

/** An object's member, when it is an object too. */
export const objectIn = (value: JsonValue | undefined, name: string): JsonObject => {
  const member = isJsonObject(value) ? own(value, name) : undefined;
  return isJsonObject(member) ? member : {};
};

/** A text, or what an `Fn::Sub` says once its variables are known. */
export const textIn = (value: JsonValue | undefined): string | undefined => {
  if (typeof value === "string") return value;
  const sub = isJsonObject(value) ? value["Fn::Sub"] : undefined;
  return typeof sub === "string" && !sub.includes("${") ? sub : undefined;
};

export const isRemote = (place: string): boolean => /^(s3|https?):\/\//.test(place);

const resourcesOf = async (path: string, { region, parameters }: ReadingOptions): Promise<JsonObject> => {
  const text = await readFile(path, "utf8").catch(() => {
    throw new SamFailure(`Template file not found at ${path}`);
  });
  try {
    return objectIn(localView(text, { region, parameters: Object.fromEntries(parameters) }), "Resources");
  } catch (error) {
    throw new SamFailure(`Failed to parse template ${path}: ${errorMessage(error)}`);
  }
};

const nestedTemplate = ({ templatePath }: LocalStack, resource: JsonValue): string | undefined => {
  const type = isJsonObject(resource) ? textIn(resource["Type"]) : undefined;
  const property = type === undefined ? undefined : own(NESTED, type);
  const place = property === undefined ? undefined : textIn(objectIn(resource, "Properties")[property]);
  return place === undefined || isRemote(place) ? place : resolve(dirname(templatePath), place);
};

const parametersOf = (resource: JsonValue): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(objectIn(objectIn(resource, "Properties"), "Parameters")).flatMap(
      ([name, value]): [string, string][] => {
        const text = typeof value === "number" ? String(value) : textIn(value);
        return text === undefined ? [] : [[name, text]];
      },
    ),
  );
