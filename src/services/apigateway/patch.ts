import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import { isJsonObject } from "../../kernel/json.ts";
import { badRequest } from "./errors.ts";

/** How the members of a shape may be patched. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
export interface PatchShape {
  readonly [member: string]: "text" | "number" | "boolean" | "list" | "map" | "flags" | PatchShape;
}

type Patches = readonly PatchOperation[] | undefined;

/** A record with a list of patches applied. */
export const patched = <R extends object>(record: R, operations: Patches, shape: PatchShape): R =>
  (operations ?? []).reduce((current, operation) => applied(current, operation, pathOf(operation), shape), record);

/** The segments of a patch's path, unescaped. */
export const pathOf = ({ path = "" }: PatchOperation): string[] => {
  if (!path.startsWith("/")) throw invalidPath(path);
  return path
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
};

const applied = <R extends object>(
  record: R,
  operation: PatchOperation,
  [name = "", ...rest]: readonly string[],
  shape: PatchShape,
): R => {
  const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
  if (kind === undefined) throw invalidPath(operation.path, Object.keys(shape));
  const before: unknown = Object.entries(record).find(([key]) => key === name)?.[1];
  if (typeof kind === "object") {
    const inner: object = isJsonObject(before) ? before : {};
    const emptied = rest.length === 0 && operation.op === "remove";
    return { ...record, [name]: emptied ? undefined : applied(inner, operation, rest, kind) };
  }
  return { ...record, [name]: changed(before, operation, rest, kind) };
};

const changed = (before: unknown, operation: PatchOperation, rest: readonly string[], kind: string): unknown => {
  const { op, value } = operation;
  if (op !== "add" && op !== "replace" && op !== "remove") {
    throw badRequest(`Invalid patch operation specified: the operation ${op} is not supported for ${operation.path}`);
  }
  const [key] = rest;
  if (kind === "list") return changedList(before, operation, key);
  if (kind === "map" || kind === "flags") {
    if (key === undefined) throw invalidPath(operation.path);
    const { [key]: _, ...others } = isJsonObject(before) ? before : {};
    if (op === "remove") return others;
    return { ...others, [key]: kind === "flags" ? value === "true" : (value ?? "") };
  }
  if (op === "remove") return undefined;
  if (kind === "number") return Number(value);
  return kind === "boolean" ? value === "true" : value;
};

/** AWS: a list's items are named by the path, or by the value. */
const changedList = (before: unknown, { op, value }: PatchOperation, key: string | undefined): unknown => {
  const items: unknown[] = Array.isArray(before) ? before : [];
  const item = key ?? value;
  if (item === undefined) throw badRequest("Invalid patch value specified");
  if (op === "remove") return items.filter((other) => other !== item);
  // Replacing an item names the old one by the path and the new one by the value.
  if (op === "replace" && key !== undefined) return items.map((other) => (other === key ? value : other));
  return [...items.filter((other) => other !== item), item];
};

const invalidPath = (path = "", allowed: readonly string[] = []) =>
  badRequest(
    allowed.length === 0
      ? `Invalid patch path '${path}' specified`
      : `Invalid patch path '${path}' specified. Must be one of: [${allowed.map((name) => `/${name}`).join(", ")}]`,
  );
