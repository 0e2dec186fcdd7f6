import { AwsError } from "../kernel/errors.ts";
import type { AnyService } from "../kernel/rooms.ts";
import type { Constraint, ServiceConstraints } from "../kernel/service.ts";
import { modelOf } from "./model.ts";
import type { Member, Shape, Structure } from "./schema.ts";

/** AWS lists at most this many violations in one message. */
const MAX_VIOLATIONS = 10;

/**
 * Throws AWS's validation error when an input lacks a required member or breaks a length, range, pattern or enum of the
 * service's published model. The message is the one all of AWS's model validators share.
 */
export const validateInput = (service: AnyService, operation: string, input: unknown): void => {
  const model = modelOf(service.model).operation(operation);
  if (!model) return;
  const violations: string[] = [];
  const { constraints = {}, missingMember } = service;
  checkStructure({ constraints, violations, missingMember }, model.input, input, "");
  if (violations.length === 0) return;
  const count = `${violations.length} validation error${violations.length === 1 ? "" : "s"} detected: `;
  const code = service.validationErrorCode ?? "ValidationException";
  throw new AwsError(code, count + violations.slice(0, MAX_VIOLATIONS).join("; "));
};

interface Check {
  readonly constraints: ServiceConstraints;
  readonly violations: string[];
  readonly missingMember: AnyService["missingMember"];
}

const checkStructure = (check: Check, structure: Structure, value: unknown, path: string): void => {
  if (typeof value !== "object" || value === null) return;
  const rules = check.constraints[structure.name];
  for (const member of structure.members) {
    const field = (value as Record<string, unknown>)[member.name];
    if (field === undefined || field === null) {
      if (!member.required) continue;
      if (check.missingMember) throw check.missingMember(member.name);
      report(check, null, join(path, member.name), "Member must not be null");
      continue;
    }
    checkValue(check, member, field, join(path, member.name), rules, member.name);
  }
};

type Rules = ServiceConstraints[string] | undefined;

const checkValue = (check: Check, member: Member, value: unknown, path: string, rules: Rules, key: string): void => {
  const rule = rules?.[key];
  if (rule) checkRule(check, member.shape, value, path, rule);
  const { shape } = member;
  if (shape.kind === "structure") {
    checkStructure(check, shape, value, path);
  } else if (shape.kind === "list" && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      checkValue(check, shape.item, item, `${path}.${index + 1}.member`, rules, `${key}[]`);
    }
  } else if (shape.kind === "map" && typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      checkValue(check, shape.key, name, `${path}.${name}.member`, rules, `${key}{key}`);
      checkValue(check, shape.value, item, `${path}.${name}.member`, rules, `${key}{}`);
    }
  }
};

const checkRule = (check: Check, shape: Shape, value: unknown, path: string, rule: Constraint): void => {
  const size = sizeOf(shape, value);
  const noun = shape.kind === "number" ? "value" : "length";
  if (size !== undefined && rule.max !== undefined && size > rule.max) {
    report(check, value, path, `Member must have ${noun} less than or equal to ${rule.max}`);
  }
  if (size !== undefined && rule.min !== undefined && size < rule.min) {
    report(check, value, path, `Member must have ${noun} greater than or equal to ${rule.min}`);
  }
  if (typeof value !== "string") return;
  if (rule.enum && !rule.enum.includes(value)) {
    report(check, value, path, `Member must satisfy enum value set: [${rule.enum.join(", ")}]`);
  }
  if (rule.pattern !== undefined && !regexOf(rule.pattern).test(value)) {
    report(check, value, path, `Member must satisfy regular expression pattern: ${rule.pattern}`);
  }
};

const sizeOf = (shape: Shape, value: unknown): number | undefined => {
  if (shape.kind === "number") return Number(value);
  if (typeof value === "string") return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  if (Array.isArray(value)) return value.length;
  return shape.kind === "map" && typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
};

const report = (check: Check, value: unknown, path: string, constraint: string): void => {
  const shown = value === null ? "null" : `'${typeof value === "object" ? JSON.stringify(value) : String(value)}'`;
  check.violations.push(`Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`);
};

/** AWS names members in these messages with a small first letter. */
const join = (path: string, name: string): string => {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return path ? `${path}.${member}` : member;
};

const regexes = new Map<string, RegExp>();

/** Service models hold Java patterns that match the whole value. Possessive quantifiers and \p{…} classes are translated. */
const regexOf = (pattern: string): RegExp => {
  const known = regexes.get(pattern);
  if (known) return known;
  const source = pattern
    .replace(/([*+?}])\+/g, "$1")
    .replace(/\\p\{(Print|Graph|Alnum|Alpha|Digit|Punct|Space)\}/g, posix);
  const made = compile(`^(?:${source})$`);
  regexes.set(pattern, made);
  return made;
};

const compile = (source: string): RegExp => {
  try {
    return new RegExp(source, "su");
  } catch {
    // Some published patterns escape what the `u` flag forbids to escape; they mean the same without it.
    return new RegExp(source, "s");
  }
};

const POSIX: Readonly<Record<string, string>> = {
  Print: "\\x20-\\x7e",
  Graph: "\\x21-\\x7e",
  Alnum: "A-Za-z0-9",
  Alpha: "A-Za-z",
  Digit: "0-9",
  Punct: "!-\\/:-@\\[-`{-~",
  Space: "\\s",
};

const posix = (_match: string, name: string, offset: number, whole: string): string => {
  const inClass = whole.lastIndexOf("[", offset) > whole.lastIndexOf("]", offset);
  return inClass ? (POSIX[name] ?? "") : `[${POSIX[name] ?? ""}]`;
};
