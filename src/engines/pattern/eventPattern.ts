import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * Event patterns as EventBridge, SNS filter policies and event source mappings share them.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export type Pattern = Readonly<Record<string, unknown>>;

/** Whether a document fits a pattern: every field of the pattern is met by the field of that name. */
export const matchesPattern = (pattern: Pattern, document: unknown): boolean =>
  Object.entries(pattern).every(([name, condition]) => {
    if (name === "$or" && Array.isArray(condition)) {
      return condition.some((alternative) => isObject(alternative) && matchesPattern(alternative, document));
    }
    const dot = name.indexOf(".");
    if (dot > 0) return matchesField(name.slice(0, dot), { [name.slice(dot + 1)]: condition }, document);
    return matchesField(name, condition, document);
  });

const matchesField = (name: string, condition: unknown, document: unknown): boolean => {
  if (Array.isArray(condition)) return matchesAny(condition, fieldOf(document, name));
  if (!isObject(condition)) return false;
  const items = flat([fieldOf(document, name), joinedBelow(document, name)]);
  // A list of objects fits when one of them does.
  return items.length === 0
    ? matchesPattern(condition, undefined)
    : items.some((item) => matchesPattern(condition, item));
};

const fieldOf = (document: unknown, name: string): unknown =>
  isObject(document) && Object.hasOwn(document, name) ? document[name] : undefined;

/** AWS: a dot in a name stands for a level, in patterns as in documents: what is named `a.b` is found as `b` below `a`. */
const joinedBelow = (document: unknown, name: string): unknown => {
  if (!isObject(document)) return undefined;
  const start = `${name}.`;
  const joined = Object.entries(document).filter(([each]) => each.startsWith(start));
  return joined.length === 0
    ? undefined
    : Object.fromEntries(joined.map(([key, value]) => [key.slice(start.length), value]));
};

/** What a field holds, lists within lists laid out; nothing where there is none. */
const flat = (field: unknown): readonly unknown[] =>
  Array.isArray(field) ? field.flatMap(flat) : field === undefined ? [] : [field];

const matchesAny = (rules: readonly unknown[], field: unknown): boolean => {
  const items = flat(field);
  if (items.length === 0) return rules.some((rule) => matchesRule(rule, undefined));
  return items.some((item) => rules.some((rule) => matchesRule(rule, item)));
};

const matchesRule = (rule: unknown, field: unknown): boolean => {
  if (!isObject(rule)) return rule === field;
  const [operator, operand] = Object.entries(rule)[0] ?? ["", undefined];
  return OPERATORS[operator]?.(operand, field) ?? false;
};

type Operator = (operand: unknown, field: unknown) => boolean;

const onText =
  (test: (text: string, operand: string) => boolean): Operator =>
  (operand, field) => {
    if (typeof field !== "string") return false;
    if (isObject(operand)) {
      const folded = operand["equals-ignore-case"];
      return typeof folded === "string" && test(field.toLowerCase(), folded.toLowerCase());
    }
    return (Array.isArray(operand) ? operand : [operand]).some((each) => test(field, String(each)));
  };

const anythingBut: Operator = (operand, field) => {
  if (field === undefined) return false;
  if (isObject(operand)) return !matchesRule(operand, field);
  return !(Array.isArray(operand) ? operand : [operand]).some((each) => each === field);
};

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** `[">=", 1, "<", 5]` */
const numeric: Operator = (operand, field) => {
  if (typeof field !== "number" || !Array.isArray(operand) || operand.length === 0) return false;
  for (let index = 0; index < operand.length; index += 2) {
    if (!COMPARISONS[String(operand[index])]?.(field, Number(operand[index + 1]))) return false;
  }
  return true;
};

const cidr: Operator = (operand, field) => {
  const [network = "", bits = ""] = String(operand).split("/");
  if (typeof field !== "string" || !(isIPv4(field) || isIPv6(field))) return false;
  const family = isIPv4(network) ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return list.check(field, isIPv4(field) ? "ipv4" : "ipv6");
};

/** `*` stands for any characters; a backslash takes its meaning away. Compared piece by piece: no pattern can be made slow. */
const wildcard = (text: string, pattern: string): boolean => {
  const pieces = piecesOf(pattern);
  const [first = "", ...rest] = pieces;
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? "";
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let position = first.length;
  const end = text.length - last.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, position);
    if (found === -1 || found + piece.length > end) return false;
    position = found + piece.length;
  }
  return true;
};

const piecesOf = (pattern: string): readonly string[] => {
  const pieces = [""];
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern.charAt(index);
    if (char === "*") pieces.push("");
    else pieces[pieces.length - 1] += char === "\\" ? pattern.charAt(++index) : char;
  }
  return pieces;
};

const OPERATORS: Readonly<Record<string, Operator>> = {
  // AWS: only leaves exist.
  exists: (operand, field) => (field !== undefined && !isObject(field)) === operand,
  prefix: onText((text, operand) => text.startsWith(operand)),
  suffix: onText((text, operand) => text.endsWith(operand)),
  "equals-ignore-case": onText((text, operand) => text.toLowerCase() === operand.toLowerCase()),
  wildcard: onText(wildcard),
  "anything-but": anythingBut,
  numeric,
  cidr,
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Tells a pattern, or a part of one, from the rules that stand in it. */
export const isPattern = (value: unknown): value is Pattern => isObject(value);
