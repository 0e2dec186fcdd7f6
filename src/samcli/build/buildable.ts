import { dirname, resolve } from "node:path";
import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import { own } from "../../kernel/own.ts";
import { isRemote, type LocalStack, objectIn, pathOf, textIn } from "./localStack.ts";

/** A function or a layer whose code lies here and is to be built. */
export interface Buildable {
  readonly kind: "function" | "layer";
  readonly id: string;
  /** Its id after those of the stacks it is nested in. */
  readonly fullPath: string;
  readonly type: string;
  /** The folder of its code. */
  readonly source: string;
  readonly runtime: string | undefined;
  readonly architecture: string;
  readonly handler: string | undefined;
  readonly metadata: JsonObject;
  /** `BuildMethod` of its metadata. */
  readonly method: string | undefined;
  readonly isImage: boolean;
}

/** Which property holds the code of each type of resource, and what it is. */
export const CODE: Readonly<Record<string, { readonly kind: Buildable["kind"]; readonly property: string }>> = {
  "AWS::Serverless::Function": { kind: "function", property: "CodeUri" },
  "AWS::Lambda::Function": { kind: "function", property: "Code" },
  "AWS::Serverless::LayerVersion": { kind: "layer", property: "ContentUri" },
  "AWS::Lambda::LayerVersion": { kind: "layer", property: "Content" },
};

/** What of a stack is to be built: what has code here, is no archive, and does not say that it is built already. */
export const buildablesIn = (stack: LocalStack, baseFolder: string | undefined): readonly Buildable[] =>
  Object.entries(stack.resources).flatMap(([id, resource]) => {
    const found = buildableOf(stack, id, resource, baseFolder);
    return found ? [found] : [];
  });

const buildableOf = (
  stack: LocalStack,
  id: string,
  resource: JsonValue,
  baseFolder: string | undefined,
): Buildable | undefined => {
  const type = textIn(objectIn({ resource }, "resource")["Type"]) ?? "";
  const code = own(CODE, type);
  if (!code) return undefined;
  const properties = objectIn(resource, "Properties");
  const metadata = objectIn(resource, "Metadata");
  const method = textIn(metadata["BuildMethod"]);
  const isImage = textIn(properties["PackageType"]) === "Image";
  // AWS: an image without a Dockerfile was built elsewhere.
  if (isImage && !("Dockerfile" in metadata)) return undefined;
  const place = isImage ? "." : placeOf(properties, code.property, type);
  if (place === undefined || isRemote(place) || place.endsWith(".zip") || isTrue(metadata["SkipBuild"]))
    return undefined;
  if (code.kind === "layer" && method === undefined) return undefined;
  return {
    kind: code.kind,
    id,
    fullPath: pathOf(stack, id),
    type,
    source: resolve(baseFolder ?? dirname(stack.templatePath), place),
    runtime: textIn(properties["Runtime"]),
    architecture: architectureOf(code.kind, properties, metadata),
    handler: textIn(properties["Handler"]),
    metadata,
    method,
    isImage,
  };
};

/** AWS: a function or layer of SAM that does not say where its code is has it beside the template. */
const placeOf = (properties: JsonObject, property: string, type: string): string | undefined => {
  if ("InlineCode" in properties) return undefined;
  if (property in properties) return textIn(properties[property]);
  return type.startsWith("AWS::Serverless::") ? "." : undefined;
};

const architectureOf = (kind: Buildable["kind"], { Architectures }: JsonObject, metadata: JsonObject): string => {
  const given = kind === "layer" ? metadata["BuildArchitecture"] : Array.isArray(Architectures) && Architectures[0];
  return typeof given === "string" ? given : "x86_64";
};

const isTrue = (value: JsonValue | undefined): boolean => value === true || /^true$/i.test(String(value));
