import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { LaunchFailed } from "../progress.ts";
import { templateBody } from "../templateBody.ts";
import { type ProjectLayer, placeOfLayer } from "./layers.ts";
import { type ProjectParameter, parametersOf } from "./parameters.ts";
import { scriptsOf } from "./scripts.ts";
import { type Step, testsOf } from "./tests.ts";

/** What a pipeline needs to know of a project. */
export interface Project {
  readonly template: string;
  readonly functions: readonly ProjectFunction[];
  readonly layers: readonly ProjectLayer[];
  /** Of every resource of the template, and `AWS::Serverless::Event::SQS` of every event of a function. */
  readonly types: readonly string[];
  /** What it reads by dynamic references and parameters of the Parameter Store: `secretsmanager`, `ssm`. */
  readonly reads: readonly string[];
  /** What must be said at a launch. */
  readonly parameters: readonly ProjectParameter[];
  /** Commands that test it, with the folder each runs in. */
  readonly tests: readonly Step[];
  /** The command that fills in data after a deployment. */
  readonly data: string | undefined;
}

/** A function whose code lies in the project. */
export interface ProjectFunction {
  readonly name: string;
  readonly runtime: string;
  /** From the project's folder, without a leading `./`; `.` for the folder itself. */
  readonly folder: string;
  /** What SAM would bundle with esbuild before it packages. */
  readonly bundle?: { readonly entryPoints: readonly string[]; readonly external: readonly string[] };
}

/** Names SAM knows, then those people give; in the order they are looked for. */
const TEMPLATE_NAMES = ["template.yaml", "template.yml", "template.json", "sam.yaml", "sam.yml", "sam.json"];

/** The SAM template of a folder: of a name that SAM knows, or else the only file that says it is one. */
export const findTemplate = (folder: string): string | undefined => {
  const known = TEMPLATE_NAMES.find((name) => existsSync(join(folder, name)));
  if (known !== undefined || !existsSync(folder)) return known;
  const [only, another] = readdirSync(folder)
    .filter((name) => /\.(ya?ml|json)$/.test(name) && !/^(pipeline|packaged|package|buildspec)/.test(name))
    .filter((name) => readFileSync(join(folder, name), "utf8").includes("AWS::Serverless-2016-10-31"));
  return another === undefined ? only : undefined;
};

/** Reads what a pipeline for this project has to do. Throws LaunchFailed. */
export const inspectProject = (
  folder: string,
  given?: { readonly template?: string; readonly data?: string },
): Project => {
  const template = given?.template ?? findTemplate(folder);
  if (template === undefined || !existsSync(join(folder, template)))
    throw new LaunchFailed(
      template === undefined ? `There is no SAM template in ${folder}.` : `There is no ${join(folder, template)}.`,
      "aloft init --template FILE",
    );
  const text = readFileSync(join(folder, template), "utf8");
  const body = readBody(join(folder, template), text);
  const resources = Object.entries(objectAt(body, "Resources"));
  const globals = objectAt(objectAt(body, "Globals"), "Function");
  const functions = resources.flatMap(([name, resource]) => functionOf(name, resource, globals));
  const folders = [...new Set(functions.map((each) => each.folder))];
  return {
    template,
    functions,
    layers: layersOf(resources.map(([, resource]) => resource)),
    types: [...new Set(resources.flatMap(([, resource]) => typesOf(resource)))],
    reads: readsOf(text),
    parameters: parametersOf(body),
    tests: testsOf(
      folder,
      folders,
      functions.some(({ runtime }) => runtime.startsWith("python")),
    ),
    data: given?.data ?? dataOf(folder),
  };
};

const readBody = (path: string, text: string): JsonObject => {
  const { body, fault } = templateBody(text);
  if (body && isJsonObject(body["Resources"])) return body;
  throw fault === undefined
    ? new LaunchFailed(`${path} is no template: it has no Resources.`, "aloft init --template FILE")
    : new LaunchFailed(`${path} cannot be read: ${fault}`, "aloft doctor");
};

const objectAt = (body: JsonObject, key: string): Record<string, JsonObject> => {
  const value = body[key];
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, isJsonObject(each) ? each : { value: each }]),
  );
};

const textAt = (body: JsonObject, key: string): string | undefined => {
  const value = body[key];
  if (typeof value === "string") return value;
  // A scalar among globals, as objectAt wraps it.
  return isJsonObject(value) && typeof value["value"] === "string" ? value["value"] : undefined;
};

const functionOf = (name: string, resource: JsonObject, globals: JsonObject): readonly ProjectFunction[] => {
  if (resource["Type"] !== "AWS::Serverless::Function" && resource["Type"] !== "AWS::Lambda::Function") return [];
  const properties = objectOr(resource["Properties"]);
  const folder = textAt(properties, "CodeUri") ?? textAt(properties, "Code") ?? textAt(globals, "CodeUri");
  if (properties["InlineCode"] !== undefined || properties["PackageType"] === "Image") return [];
  if (folder?.startsWith("s3://")) return [];
  const metadata = objectOr(resource["Metadata"]);
  const build = objectOr(metadata["BuildProperties"]);
  const path = pathOf(folder ?? ".");
  const runtime = textAt(properties, "Runtime") ?? textAt(globals, "Runtime") ?? "";
  if (metadata["BuildMethod"] !== "esbuild") return [{ name, runtime, folder: path }];
  return [
    {
      name,
      runtime,
      folder: path,
      bundle: { entryPoints: texts(build["EntryPoints"]), external: texts(build["External"]) },
    },
  ];
};

/** Each folder once. The project's own folder cannot be moved into itself: such a layer is packaged as it lies there. */
const layersOf = (resources: readonly JsonObject[]): readonly ProjectLayer[] => {
  const layers = resources.flatMap((resource): ProjectLayer[] => {
    const properties = objectOr(resource["Properties"]);
    const folder = textAt(properties, "ContentUri");
    const place = placeOfLayer(objectOr(resource["Metadata"])["BuildMethod"]);
    if (resource["Type"] !== "AWS::Serverless::LayerVersion" || !folder || folder.startsWith("s3://")) return [];
    const path = pathOf(folder);
    return place === undefined || path === "." ? [] : [{ folder: path, place }];
  });
  return [...new Map(layers.map((layer) => [layer.folder, layer])).values()];
};

const pathOf = (folder: string): string => normalize(folder).replace(/\/+$/, "");

/** A resource's type, and what its events and its way of deployment bring along. */
const typesOf = (resource: JsonObject): readonly string[] => {
  const properties = objectOr(resource["Properties"]);
  const events = Object.values(objectAt(properties, "Events")).map((event) => textAt(event, "Type") ?? "");
  return [
    textAt(resource, "Type") ?? "",
    ...events.map((event) => `AWS::Serverless::Event::${event}`),
    ...(properties["DeploymentPreference"] === undefined
      ? []
      : ["AWS::CodeDeploy::Application", "AWS::CloudWatch::Alarm"]),
    ...(resource["Connectors"] === undefined ? [] : ["AWS::Serverless::Connector"]),
  ];
};

const readsOf = (text: string): readonly string[] => [
  ...(/\{\{resolve:secretsmanager:/.test(text) ? ["secretsmanager"] : []),
  ...(/\{\{resolve:ssm(-secure)?:|AWS::SSM::Parameter::/.test(text) ? ["ssm"] : []),
];

const objectOr = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

/** A script of package.json that says by its name that it brings data. */
const dataOf = (folder: string): string | undefined => {
  const name = ["data", "seed"].find((each) => scriptsOf(folder)[each] !== undefined);
  return name === undefined ? undefined : `npm run ${name}`;
};
