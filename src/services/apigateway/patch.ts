import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import { isJsonObject } from "../../kernel/json.ts";
import { badRequest, missing } from "./errors.ts";

/** How the members of a shape may be patched. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
export interface PatchShape {
  readonly [member: string]: "text" | "number" | "boolean" | "list" | "choice" | "map" | "flags" | PatchShape;
}

type Patches = readonly PatchOperation[] | undefined;

/** What AWS refuses of patches to one kind of record. */
export interface PatchRules {
  /** Nothing but members' replacement. */
  readonly replaceOnly?: boolean;
  /** How anything but the replacement of a text, number or boolean is refused; without, `add` replaces and `remove` clears. */
  readonly scalars?: "as operation" | "as path";
  /** Members that may be removed all the same. */
  readonly removable?: readonly string[];
  /** Whether what a map has not got can neither be replaced nor removed. */
  readonly strictMaps?: boolean;
}

/** A record with a list of patches applied. */
export const patched = <R extends object>(
  record: R,
  operations: Patches,
  shape: PatchShape,
  rules: PatchRules = {},
): R =>
  (operations ?? []).reduce((current, operation) => {
    const path = pathOf(operation);
    if (rules.replaceOnly) checkReplacement(operation, path, shape);
    return applied(current, operation, path, shape, rules);
  }, record);

/** AWS: what a record's members may be replaced with is told by listing them; two spaces stand in the message. */
const checkReplacement = ({ op, path }: PatchOperation, [name = "", ...rest]: readonly string[], shape: PatchShape) => {
  const refused = `Invalid patch path  '${path}' specified for op '${op}'.`;
  if (op !== "replace") throw badRequest(`${refused} Please choose supported operations`);
  if (Object.hasOwn(shape, name) && rest.length === 0) return;
  const members = Object.keys(shape).map((member) => `/${member}`);
  throw badRequest(`${refused} Must be one of: [${members.join(", ")}]`);
};

/** The segments of a patch's path, unescaped. */
export const pathOf = ({ path }: PatchOperation): string[] => {
  if (!path?.startsWith("/")) throw invalidPath(path);
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
  rules: PatchRules,
): R => {
  const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
  if (kind === undefined) throw invalidPath(operation.path);
  const before: unknown = Object.entries(record).find(([key]) => key === name)?.[1];
  if (typeof kind === "object") {
    const inner: object = isJsonObject(before) ? before : {};
    const emptied = rest.length === 0 && operation.op === "remove";
    return { ...record, [name]: emptied ? undefined : applied(inner, operation, rest, kind, rules) };
  }
  return { ...record, [name]: changed(before, operation, [name, ...rest], kind, rules) };
};

const changed = (
  before: unknown,
  operation: PatchOperation,
  [name = "", ...rest]: readonly string[],
  kind: string,
  rules: PatchRules,
): unknown => {
  const { op, value } = operation;
  if (op !== "add" && op !== "replace" && op !== "remove") {
    throw badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
  }
  if (rest.length > 1) throw invalidPath(operation.path);
  const [key] = rest;
  if (kind === "choice") {
    if (op !== "replace") throw badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
    return [value];
  }
  if (kind === "list") return changedList(before, operation, key);
  if (kind === "map" || kind === "flags") return changedMap(before, operation, rest, kind, rules);
  checkScalar(operation, name, rules);
  if (op === "remove") return undefined;
  if (kind === "number") return value ? Number(value) : undefined;
  return kind === "boolean" ? value === "true" : value || undefined;
};

const checkScalar = ({ op, path }: PatchOperation, name: string, { scalars, removable = [] }: PatchRules): void => {
  if (scalars === undefined || op === "replace" || (op === "remove" && removable.includes(name))) return;
  if (scalars === "as path") throw invalidPath(path);
  throw badRequest("Invalid patch operation specified. Must be one of: [replace]");
};

const changedMap = (
  before: unknown,
  { op, path, value }: PatchOperation,
  [key]: readonly string[],
  kind: string,
  { strictMaps = false }: PatchRules,
): unknown => {
  if (key === undefined) throw invalidPath(path);
  const { [key]: current, ...others } = isJsonObject(before) ? before : {};
  const [, member = ""] = path?.split("/") ?? [];
  if (strictMaps && op !== "add" && current === undefined) {
    throw missing(
      member.endsWith("Parameters") ? "Invalid parameter name specified" : "Content-Type specified was not found",
    );
  }
  if (op === "remove") return others;
  if (strictMaps && !value) throw badRequest(`Invalid null or empty value in ${member}`);
  return { ...others, [key]: kind === "flags" ? value === "true" : (value ?? "") };
};

/** AWS: a list's items are named by the path; a replaced one gives its place to the last. */
const changedList = (before: unknown, { op, path, value }: PatchOperation, item: string | undefined): unknown => {
  if (item === undefined) throw invalidPath(path);
  const others = Array.isArray(before) ? before.filter((other) => other !== item) : [];
  if (op === "remove") return others;
  return [...others, op === "replace" ? (value ?? item) : item];
};

const invalidPath = (path: string | undefined) => badRequest(`Invalid patch path ${path ?? null}`);
