import type { NormalizedSchema } from "@smithy/core/schema";

/**
 * The SDK's runtime schemas, compiled once into plain trees that the protocols walk.
 * The SDK keeps them as compact arrays behind an accessor class that is too slow for every member of every request.
 */
export type Shape =
  | { readonly kind: "string" | "number" | "boolean" | "bigint" | "document" }
  | { readonly kind: "blob"; readonly streaming: boolean }
  | { readonly kind: "timestamp"; readonly format: TimestampFormat | undefined }
  | { readonly kind: "list"; readonly item: Member }
  | { readonly kind: "map"; readonly key: Member; readonly value: Member }
  | Structure;

export type TimestampFormat = "date-time" | "http-date" | "epoch-seconds";

/** A structure, a union or an error. */
export interface Structure {
  readonly kind: "structure";
  readonly name: string;
  readonly union: boolean;
  /** An event stream: a union whose members arrive one after the other. */
  readonly eventStream: boolean;
  readonly traits: Traits;
  readonly members: readonly Member[];
  readonly byName: ReadonlyMap<string, Member>;
}

/** One member of a structure, or the item, key or value of a collection. */
export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly traits: Traits;
  /** Compiled on first use: shapes may hold themselves. */
  readonly shape: Shape;
}

/** The traits of shapes and members that the wire heeds. */
export interface Traits {
  readonly httpHeader?: string;
  readonly httpQuery?: string;
  readonly httpQueryParams?: 1;
  readonly httpPrefixHeaders?: string;
  readonly httpLabel?: 1;
  readonly httpPayload?: 1;
  readonly httpResponseCode?: 1;
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly xmlFlattened?: 1;
  readonly xmlAttribute?: 1;
  readonly xmlNamespace?: readonly [string, string];
  /** Not to be shown, be it in a refusal. */
  readonly sensitive?: 1;
  /** A client gives one of its own where its user gave none. */
  readonly idempotencyToken?: 1;
  readonly eventPayload?: 1;
  readonly eventHeader?: 1;
  readonly httpError?: number;
  readonly error?: "client" | "server";
  readonly awsQueryError?: readonly [string, number];
  readonly http?: readonly [string, string, number];
}

const compiled = new WeakMap<object, Structure>();
const REQUIRED_COUNT = 6;

/** The tree of one schema. */
export const shapeOf = (schema: NormalizedSchema): Shape => {
  if (schema.isStructSchema()) return structureOf(schema);
  if (schema.isListSchema()) return { kind: "list", item: memberOf("member", schema.getValueSchema(), false) };
  if (schema.isMapSchema()) return mapOf(schema);
  if (schema.isTimestampSchema()) return { kind: "timestamp", format: timestampFormat(schema.getSchema()) };
  if (schema.isBlobSchema()) return { kind: "blob", streaming: schema.isStreaming() };
  if (schema.isBooleanSchema()) return { kind: "boolean" };
  if (schema.isNumericSchema()) return { kind: "number" };
  if (schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return { kind: "bigint" };
  if (schema.isDocumentSchema()) return { kind: "document" };
  return { kind: "string" };
};

const mapOf = (schema: NormalizedSchema): Shape => ({
  kind: "map",
  key: memberOf("key", schema.getKeySchema(), true),
  value: memberOf("value", schema.getValueSchema(), false),
});

const structureOf = (schema: NormalizedSchema): Structure => {
  const raw = schema.getSchema() as unknown as readonly unknown[] | string;
  const known = typeof raw === "object" ? compiled.get(raw) : undefined;
  if (known) return known;
  const required = typeof raw === "object" ? Number(raw[REQUIRED_COUNT] ?? 0) : 0;
  // The SDK puts required members first and says how many there are.
  const members = schema.isUnitSchema()
    ? []
    : [...schema.structIterator()].map(([name, member], index) => memberOf(name, member, index < required));
  const structure: Structure = {
    kind: "structure",
    name: schema.getName() ?? "",
    union: schema.isUnionSchema(),
    eventStream: schema.isUnionSchema() && schema.isStreaming(),
    traits: schema.getOwnTraits() as Traits,
    members,
    byName: new Map(members.map((member) => [member.name, member])),
  };
  if (typeof raw === "object") compiled.set(raw, structure);
  return structure;
};

const memberOf = (name: string, schema: NormalizedSchema, required: boolean): Member => {
  let shape: Shape | undefined;
  return {
    name,
    required,
    traits: schema.getMergedTraits() as Traits,
    get shape() {
      shape ??= shapeOf(schema);
      return shape;
    },
  };
};

const TIMESTAMP_FORMATS: Readonly<Record<number, TimestampFormat>> = {
  5: "date-time",
  6: "http-date",
  7: "epoch-seconds",
};

const timestampFormat = (schema: unknown): TimestampFormat | undefined =>
  typeof schema === "number" ? TIMESTAMP_FORMATS[schema] : undefined;
