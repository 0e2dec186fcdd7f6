import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";

export interface BundlePlace {
  readonly folder: string;
  readonly artifacts: string;
  readonly handler: string | undefined;
}

/** What esbuild is called with: the entry points, SAM's own settings, and those of `BuildProperties`. */
export const bundleArguments = (properties: JsonObject, { folder, artifacts, handler }: BundlePlace): string[] => {
  const given = properties["EntryPoints"];
  const entryPoints = Array.isArray(given) ? given.map(String) : handler === undefined ? [] : [fileOf(handler)];
  if (entryPoints.length === 0) throw new Error(`entry_points must not be empty (${JSON.stringify(properties)})`);
  return [
    ...entryPoints.map((entry) => withEnding(entry, folder)),
    "--bundle",
    "--platform=node",
    `--outdir=${artifacts}`,
    ...DEFAULTS.filter(([property]) => !(property in properties)).map(([, argument]) => argument),
    ...Object.entries(properties).flatMap(([property, value]) =>
      NOT_ESBUILDS.has(property) ? [] : optionWords(optionOf(property), value),
    ),
  ];
};

const DEFAULTS = [
  ["Target", "--target=es2020"],
  ["Format", "--format=cjs"],
  ["Minify", "--minify"],
] as const;

/** Settings that SAM makes itself, and those that are not for esbuild. */
const NOT_ESBUILDS: ReadonlySet<string> = new Set(["Bundle", "Platform", "Outdir", "EntryPoints", "UseNpmCi"]);

/** AWS: what stands before the handler's first dot. */
const fileOf = (handler: string): string => handler.split(".", 1)[0] ?? handler;

const withEnding = (entry: string, folder: string): string => {
  const candidates = extname(entry) === "" ? [`${entry}.ts`, `${entry}.js`] : [entry];
  const found = candidates.find((name) => existsSync(join(folder, name)));
  if (found === undefined) throw new Error(`entry point ${join(folder, entry)} does not exist`);
  return found;
};

/** `MainFields` is `--main-fields`. */
const optionOf = (property: string): string => `--${property.replace(/(?<=.)(?=[A-Z])/g, "-").toLowerCase()}`;

const optionWords = (option: string, value: JsonValue): readonly string[] => {
  if (typeof value === "boolean") return value ? [option] : [];
  if (typeof value === "string") return [`${option}=${value}`];
  if (Array.isArray(value)) return value.map((item) => `${option}:${String(item)}`);
  throw new Error(`Failed to determine the type of the configuration: ${JSON.stringify(value)}`);
};
