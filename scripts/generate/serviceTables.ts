import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ServiceName } from "../../src/kernel/aws.ts";
import type { ResourceType } from "../../src/kernel/resource.ts";
import type { AnyService } from "../../src/kernel/rooms.ts";
import { ownTypes } from "../../src/services/cloudformation/resources/ownTypes.ts";
import { serviceLoaders } from "../../src/services.ts";

/**
 * docs/services: per service, which operations and resource types are built, read off the rooms themselves.
 *
 *   npm run generate -- docs
 */
const ROOT = resolve(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "docs", "services");

/** Pages by file name, as they are to be. */
type Pages = ReadonlyMap<string, string>;

/** Writes the pages, and removes those of services that are no more. */
export const writeServiceTables = async (): Promise<void> => {
  const pages = await servicePages();
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) if (!pages.has(name)) rmSync(join(FOLDER, name));
  for (const [name, text] of pages) writeFileSync(join(FOLDER, name), text);
};

/** The pages that are not as they should be. */
export const staleServiceTables = async (): Promise<readonly string[]> => {
  const pages = await servicePages();
  const there = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const changed = [...pages].filter(([name, text]) => read(name) !== text).map(([name]) => name);
  return [...changed, ...there.filter((name) => !pages.has(name))].sort();
};

const read = (name: string): string | undefined => {
  const path = join(FOLDER, name);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
};

const servicePages = async (): Promise<Pages> => {
  const names = Object.keys(serviceLoaders).sort() as ServiceName[];
  const services: AnyService[] = [];
  for (const name of names) {
    const service = await serviceLoaders[name]?.();
    if (service) services.push(service);
  }
  const pages = services.map((service): [string, string] => [`${service.name}.md`, page(service)]);
  return new Map([...pages, ["README.md", overview(services)]]);
};

const overview = (services: readonly AnyService[]): string => {
  const rows = services.map((service) => {
    const { built, all } = operationsOf(service);
    return `| [${service.name}](${service.name}.md) | ${built.length} of ${all.length} | ${typesOf(service).length} |`;
  });
  return [
    "# Services",
    "",
    "What is built, service by service. Everything else answers `NotImplemented` by its name. These pages are made from the code by `npm run generate -- docs`.",
    "",
    "| service | operations | resource types |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
};

const page = (service: AnyService): string => {
  const { built, all } = operationsOf(service);
  const missing = all.filter((name) => !built.includes(name));
  const readme = `src/services/${service.name}/README.md`;
  return [
    `# ${service.name}`,
    "",
    ...(existsSync(join(ROOT, readme)) ? [`How it differs from AWS: [${readme}](../../${readme}).`, ""] : []),
    `## Operations: ${built.length} of ${all.length}`,
    "",
    ...list(built),
    ...(missing.length > 0 ? ["### Not built", "", ...list(missing)] : []),
    "## Resource types",
    "",
    ...(typesOf(service).length > 0 ? list(typesOf(service)) : ["None.", ""]),
    ...propertiesOf(service),
  ].join("\n");
};

/** What of its types' properties a room refuses, and what it takes without effect. */
const propertiesOf = (service: AnyService): string[] => {
  const named = [...resourcesOf(service)].sort((one, other) => (one.name < other.name ? -1 : 1));
  const refused = named.flatMap(({ name, unbuilt = [] }) =>
    unbuilt.length > 0 ? [`- \`${name}\`: ${unbuilt.map((property) => `\`${property}\``).join(", ")}`] : [],
  );
  const idle = named.flatMap(({ name, withoutEffect = {} }) =>
    Object.entries(withoutEffect).map(([property, why]) => `- \`${name}\` \`${property}\`: ${why}`),
  );
  return [
    ...(refused.length > 0 ? ["### Properties not built", "", ...refused, ""] : []),
    ...(idle.length > 0 ? ["### Properties without effect", "", ...idle, ""] : []),
  ];
};

const list = (names: readonly string[]): string[] => [...names.map((name) => `- \`${name}\``), ""];

const operationsOf = ({ model, operationNames }: AnyService) => {
  const named = Object.keys(model).flatMap((name) => /^([A-Z]\w*)Command$/.exec(name)?.[1] ?? []);
  const all = [...new Set([...named, ...operationNames])].sort();
  return { built: [...operationNames].sort(), all };
};

const typesOf = (service: AnyService): readonly string[] =>
  [...resourcesOf(service).map(({ name }) => name), ...(service.name === "cloudformation" ? OPEN_TYPES : [])].sort();

/** CloudFormation's own types need its room, so its door does not list them; their names and what they refuse do not. */
const resourcesOf = ({ name, resources = [] }: AnyService): readonly ResourceType[] =>
  name === "cloudformation" ? ownTypes(Object.create(null)) : resources;

const OPEN_TYPES = ["AWS::CloudFormation::CustomResource", "Custom::*"];
