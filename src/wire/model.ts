import { NormalizedSchema } from "@smithy/core/schema";
import { type Shape, type Structure, shapeOf, type Traits } from "./schema.ts";

/** One operation as the SDK's schema describes it. */
export interface OperationModel {
  readonly name: string;
  readonly input: Structure;
  readonly output: Structure;
  readonly http: { readonly method: string; readonly uri: string; readonly status: number } | undefined;
}

/** A service's operations and errors, compiled from the SDK's module as they are asked for. */
export interface ServiceModel {
  readonly operationNames: readonly string[];
  operation(name: string): OperationModel | undefined;
  /** The structure of an error by its class name, with its code and status in the traits. */
  error(name: string): Structure | undefined;
}

type SdkModule = Readonly<Record<string, unknown>>;
type StaticOperation = readonly [9, string, string, Traits | number, unknown, unknown];

const models = new WeakMap<object, ServiceModel>();

export const modelOf = (sdk: object): ServiceModel => {
  const known = models.get(sdk);
  if (known) return known;
  const model = compileModel(sdk as SdkModule);
  models.set(sdk, model);
  return model;
};

const compileModel = (sdk: SdkModule): ServiceModel => {
  const operations = new Map<string, OperationModel | undefined>();
  const errors = new Map<string, Structure | undefined>();
  const remember = <T>(cache: Map<string, T | undefined>, name: string, make: () => T | undefined) => {
    if (!cache.has(name)) cache.set(name, make());
    return cache.get(name);
  };
  return {
    operationNames: Object.keys(sdk).flatMap((key) => (isOperation(sdk[key]) ? [key.slice(0, -1)] : [])),
    operation: (name) =>
      remember(operations, name, () => {
        const schema = sdk[`${name}$`];
        return isOperation(schema) ? operationOf(schema) : undefined;
      }),
    error: (name) =>
      remember(errors, name, () => {
        const schema = sdk[`${name}$`];
        return Array.isArray(schema) && schema[0] === -3 ? structureFrom(schema) : undefined;
      }),
  };
};

const OPERATION_SCHEMA = 9;

const isOperation = (schema: unknown): schema is StaticOperation =>
  Array.isArray(schema) && schema[0] === OPERATION_SCHEMA;

const operationOf = (schema: StaticOperation): OperationModel => {
  const [, , name, traits, input, output] = schema;
  const http = typeof traits === "object" ? traits.http : undefined;
  return {
    name,
    input: structureFrom(input),
    output: structureFrom(output),
    http: http && { method: http[0], uri: http[1], status: http[2] },
  };
};

const EMPTY: Structure = {
  kind: "structure",
  name: "Unit",
  union: false,
  eventStream: false,
  traits: {},
  members: [],
  byName: new Map(),
};

const structureFrom = (schema: unknown): Structure => {
  const shape: Shape = shapeOf(NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]));
  return shape.kind === "structure" ? shape : EMPTY;
};
