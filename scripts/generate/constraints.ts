import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * Writes src/services/ROOM/constraints.generated.json: lengths, ranges, patterns and enums of every member that an
 * input can hold, as bare facts from the published service models (botocore's `service-2.json`).
 *
 *   npm run generate -- constraints MODELS_DIR ROOM [MODEL]
 */
interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

type Table = Record<string, Record<string, object>>;

/** Reads one model and writes its room's table. */
export const generateConstraints = (modelsDirectory: string, room: string, modelName = room): void => {
  const model = readModel(join(modelsDirectory, modelName));
  const table: Table = {};
  const seen = new Set<string>();
  for (const { input } of Object.values(model.operations)) if (input) collect(model, input.shape, table, seen);
  const lines = Object.entries(table)
    .filter(([, members]) => Object.keys(members).length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, members]) => `${JSON.stringify(name)}: ${JSON.stringify(members)}`);
  writeFileSync(`src/services/${room}/constraints.generated.json`, `{\n${lines.join(",\n")}\n}\n`);
};

const readModel = (directory: string): Model => {
  const version =
    readdirSync(directory)
      .filter((name) => /^\d{4}-/.test(name))
      .sort()
      .at(-1) ?? "";
  const plain = join(directory, version, "service-2.json");
  return existsSync(plain)
    ? JSON.parse(readFileSync(plain, "utf8"))
    : JSON.parse(gunzipSync(readFileSync(`${plain}.gz`)).toString("utf8"));
};

const collect = (model: Model, shapeName: string, table: Table, seen: Set<string>): void => {
  const shape = model.shapes[shapeName];
  if (!shape || seen.has(shapeName)) return;
  seen.add(shapeName);
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    table[shapeName] ??= {};
    constrain(model, member.shape, table[shapeName], name);
  }
  const parts = [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value];
  for (const part of parts) if (part) collect(model, part.shape, table, seen);
};

const FRACTIONAL = new Set(["float", "double"]);

const constrain = (model: Model, shapeName: string, members: Record<string, object>, path: string): void => {
  const shape = model.shapes[shapeName];
  if (!shape) return;
  const { min, max, pattern, enum: values } = shape;
  const isBounded = min !== undefined || max !== undefined;
  const rule = {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(isBounded && FRACTIONAL.has(shape.type) ? { isFractional: true } : {}),
    ...(pattern === undefined || pattern === ".*" ? {} : { pattern }),
    ...(values === undefined ? {} : { enum: values }),
  };
  if (Object.keys(rule).length > 0) members[path] = rule;
  if (shape.member) constrain(model, shape.member.shape, members, `${path}[]`);
  if (shape.key) constrain(model, shape.key.shape, members, `${path}{key}`);
  if (shape.value) constrain(model, shape.value.shape, members, `${path}{}`);
};
