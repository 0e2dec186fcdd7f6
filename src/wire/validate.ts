import { AwsError, RenamedError } from "../kernel/errors.ts";
import type { AnyService } from "../kernel/rooms.ts";
import type { BrokenRule, Constraint, ServiceConstraints } from "../kernel/service.ts";
import { enumOrder } from "./enumOrder.ts";
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
  const { constraints = {}, missingMember, brokenMember } = service;
  const check = { constraints, violations, missingMember, brokenMember, namesInput: service.namesInputInViolations };
  if (service.namesInputInViolations) checkBodyFirst(check, model.input, input, `${operation}Input`);
  else checkStructure(check, model.input, input, undefined);
  if (violations.length === 0) return;
  if (service.invalidInput) throw service.invalidInput(operation);
  const count = `${violations.length} validation error${violations.length === 1 ? "" : "s"} detected: `;
  throw violationError(service.validationErrorCode, count + violations.slice(0, MAX_VIOLATIONS).join("; "));
};

const VIOLATION = "ValidationException";

/** AWS: to the query protocol a violation has another name than to those that name shapes. */
const violationError = (code: string | undefined, message: string): AwsError =>
  code === "ValidationError" ? new RenamedError(code, VIOLATION, message) : new AwsError(code ?? VIOLATION, message);

interface Check {
  readonly constraints: ServiceConstraints;
  readonly violations: string[];
  readonly missingMember: AnyService["missingMember"];
  readonly brokenMember: AnyService["brokenMember"];
  readonly namesInput: boolean | undefined;
}

const checkBodyFirst = (check: Check, structure: Structure, input: unknown, name: string): void => {
  const inBody = ({ traits }: Member) => !traits.httpLabel && !traits.httpQuery && !traits.httpHeader;
  const body = structure.members.filter(inBody);
  const others = structure.members.filter((member) => !inBody(member));
  checkStructure(check, { ...structure, members: body }, input, { within: undefined, name });
  checkStructure(check, { ...structure, members: others }, input, undefined);
};

/** Where a value is. Its text is made only for what is told. */
interface Path {
  readonly within: Path | undefined;
  /** Of a member; or which item of a list or map it is. */
  readonly name: string;
  readonly isItem?: boolean;
}

const checkStructure = (check: Check, structure: Structure, value: unknown, within: Path | undefined): void => {
  if (typeof value !== "object" || value === null) return;
  const rules = check.constraints[structure.name];
  for (const member of structure.members) {
    const field = (value as Record<string, unknown>)[member.name];
    if (field === undefined || field === null) {
      if (!member.required || rules?.[member.name]?.isOptional) continue;
      const refusal = check.missingMember?.(member.name, structure.name);
      if (refusal) throw refusal;
      report(check, null, { within, name: member.name }, "Member must not be null");
      continue;
    }
    const path = { within, name: member.name };
    const rule = rules?.[member.name];
    if (rule) checkRule(check, member, field, path, rule);
    checkContents(check, member, field, path, rules, member.name);
  }
};

type Rules = ServiceConstraints[string] | undefined;

/** What a structure, a list or a map holds. */
const checkContents = (
  check: Check,
  { shape }: Member,
  value: unknown,
  path: Path,
  rules: Rules,
  key: string,
): void => {
  if (shape.kind === "structure") {
    checkStructure(check, shape, value, path);
  } else if (shape.kind === "list" && Array.isArray(value)) {
    checkItems(check, shape.item, value, { whole: value, path, noun: "Member" }, rules?.[`${key}[]`]);
    for (const [index, item] of value.entries()) {
      checkInside(check, shape.item, item, { within: path, name: String(index + 1), isItem: true }, rules, `${key}[]`);
    }
  } else if (shape.kind === "map" && typeof value === "object" && value !== null) {
    const items = Object.values(value);
    checkItems(check, shape.key, Object.keys(value), { whole: value, path, noun: "Map keys" }, rules?.[`${key}{key}`]);
    checkItems(check, shape.value, items, { whole: value, path, noun: "Map value" }, rules?.[`${key}{}`]);
    for (const [name, item] of Object.entries(value)) {
      checkInside(check, shape.value, item, { within: path, name, isItem: true }, rules, `${key}{}`);
    }
  }
};

/** What an item of a collection holds; its own constraint is told once for the whole collection. */
const checkInside = (check: Check, member: Member, value: unknown, path: Path, rules: Rules, key: string): void => {
  if (value === null) report(check, null, path, "Member must not be null");
  else checkContents(check, member, value, path, rules, key);
};

interface Collection {
  readonly whole: unknown;
  readonly path: Path;
  readonly noun: "Member" | "Map keys" | "Map value";
}

/** AWS: a collection with an item out of bounds is one violation, which shows it whole and all that its items must be. */
const checkItems = (
  check: Check,
  { shape }: Member,
  items: readonly unknown[],
  { whole, path, noun }: Collection,
  rule: Constraint | undefined,
): void => {
  const broken = rule && items.flatMap((item) => brokenBy(shape, item, rule))[0];
  if (!rule || broken === undefined) return;
  const refusal = check.brokenMember?.(path.name, broken);
  if (refusal) throw refusal;
  const shown = constraintsOf(shape, rule, check.namesInput);
  report(check, whole, path, `${noun} must satisfy constraint: [${shown.join(", ")}]`, numberWord(rule));
};

const checkRule = (check: Check, { shape, traits }: Member, value: unknown, path: Path, rule: Constraint): void => {
  const shown = traits.sensitive ? HIDDEN : value;
  for (const broken of brokenBy(shape, value, rule)) {
    const refusal = check.brokenMember?.(path.name, broken);
    if (refusal) throw refusal;
    report(check, shown, path, wordsOf(shape, rule)[broken], numberWord(rule));
  }
};

/** AWS: what is secret is not shown in the message. */
const HIDDEN = Symbol("hidden");

/** Every input has all its values asked for, and few break anything: the words are left to those. */
const brokenBy = (shape: Shape, value: unknown, { max, min, enum: values, pattern }: Constraint): BrokenRule[] => {
  const broken: BrokenRule[] = [];
  const size = max === undefined && min === undefined ? undefined : sizeOf(shape, value);
  if (size !== undefined && max !== undefined && size > max) broken.push("max");
  if (size !== undefined && min !== undefined && size < min) broken.push("min");
  if (typeof value !== "string") return broken;
  if (values && !values.includes(value)) broken.push("enum");
  if (pattern !== undefined && !regexOf(pattern).test(value)) broken.push("pattern");
  return broken;
};

const constraintsOf = (shape: Shape, rule: Constraint, namesInput = false): string[] => {
  const words = wordsOf(shape, rule);
  return [
    ...(rule.max === undefined ? [] : [words.max]),
    ...(rule.min === undefined ? [] : [words.min]),
    ...(rule.enum ? [words.enum] : []),
    ...(rule.pattern === undefined ? [] : [words.pattern]),
    // AWS: those who name the input leave this out.
    ...((rule.enum && !namesInput) || shape.kind === "number" ? ["Member must not be null"] : []),
  ];
};

const wordsOf = (shape: Shape, rule: Constraint) => {
  const noun = shape.kind === "number" ? "value" : "length";
  const bound = (limit = 0) => numberWord(rule)(limit);
  return {
    max: `Member must have ${noun} less than or equal to ${bound(rule.max)}`,
    min: `Member must have ${noun} greater than or equal to ${bound(rule.min)}`,
    enum: `Member must satisfy enum value set: [${enumOrder(rule.enum ?? []).join(", ")}]`,
    pattern: `Member must satisfy regular expression pattern: ${rule.pattern}`,
  };
};

const sizeOf = (shape: Shape, value: unknown): number | undefined => {
  if (shape.kind === "number") return Number(value);
  if (typeof value === "string") return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  if (Array.isArray(value)) return value.length;
  return shape.kind === "map" && typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
};

/** AWS writes a number that may have a fraction with one: `2.0`. */
const numberWord =
  ({ isFractional }: Constraint) =>
  (number: number): string =>
    isFractional && Number.isInteger(number) ? number.toFixed(1) : String(number);

const report = (
  check: Check,
  value: unknown,
  path: Path,
  constraint: string,
  ofNumber: (number: number) => string = String,
): void => {
  const shown = value === HIDDEN ? "" : value === null ? " null" : ` '${shownAs(value, ofNumber)}'`;
  check.violations.push(`Value${shown} at '${pathText(path)}' failed to satisfy constraint: ${constraint}`);
};

/** As AWS's own code prints lists and maps; of a structure only its members are told. */
const shownAs = (value: unknown, ofNumber: (number: number) => string): string => {
  if (Array.isArray(value)) return `[${value.map((item) => shownAs(item, ofNumber)).join(", ")}]`;
  if (typeof value === "number") return ofNumber(value);
  if (typeof value !== "object" || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, item]) => `${name}=${shownAs(item, ofNumber)}`)
    .join(", ")}}`;
};

/** AWS names members in these messages with a small first letter. */
const pathText = ({ within, name, isItem }: Path): string => {
  const word = isItem ? `${name}.member` : name.charAt(0).toLowerCase() + name.slice(1);
  return within ? `${pathText(within)}.${word}` : word;
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
