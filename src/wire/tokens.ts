import type { AnyService } from "../kernel/rooms.ts";
import { modelOf } from "./model.ts";

/** An input with what every SDK fills in where its user gave nothing: the tokens by which a repeated request is known. */
export const withTokens = (service: AnyService, operation: string, input: unknown, token: string): unknown => {
  const members = modelOf(service.model).operation(operation)?.input.members ?? [];
  const given = Object(input) as Record<string, unknown>;
  const missing = members.filter(({ name, traits }) => traits.idempotencyToken && given[name] === undefined);
  if (missing.length === 0) return input;
  return { ...given, ...Object.fromEntries(missing.map(({ name }) => [name, token])) };
};
