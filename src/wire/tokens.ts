import type { AnyService } from "../kernel/rooms.ts";
import { modelOf } from "./model.ts";
import type { Structure } from "./schema.ts";

/** An input with what every SDK fills in where its user gave nothing: the tokens by which a repeated request is known. */
export const withTokens = (service: AnyService, operation: string, input: unknown, token: string): unknown => {
  const structure = modelOf(service.model).operation(operation)?.input;
  const names = structure ? tokenNames(structure) : NONE;
  // Most operations have none, and calls from within are made for every request of an API.
  if (names.length === 0) return input;
  const given = Object(input) as Record<string, unknown>;
  const missing = names.filter((name) => given[name] === undefined);
  return missing.length === 0 ? input : { ...given, ...Object.fromEntries(missing.map((name) => [name, token])) };
};

const NONE: readonly string[] = [];

const known = new WeakMap<Structure, readonly string[]>();

const tokenNames = (structure: Structure): readonly string[] => {
  let names = known.get(structure);
  if (!names) {
    names = structure.members.flatMap(({ name, traits }) => (traits.idempotencyToken ? [name] : []));
    known.set(structure, names);
  }
  return names;
};
