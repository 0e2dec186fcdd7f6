import { printed } from "../values/text.ts";
import { Decimal, Dict, isDict, isText, textOf, type Value } from "../values/value.ts";

/** One way in which a value does not have the shape it should. */
export interface ShapeProblem {
  readonly path: readonly string[];
  readonly message: string;
  readonly code: string;
}

/** Answers the value as its shape takes it, or what is wrong with it. */
export type Shape = (value: Value, path: readonly string[]) => Value | ShapeProblems;

export class ShapeProblems {
  readonly list: readonly ShapeProblem[];
  constructor(list: readonly ShapeProblem[]) {
    this.list = list;
  }
}

export interface Field {
  readonly shape: Shape;
  readonly required: boolean;
}

const problem = (path: readonly string[], message: string, code: string): ShapeProblems =>
  new ShapeProblems([{ path, message, code }]);

const NOT_NONE = (path: readonly string[]): ShapeProblems =>
  problem(path, "none is not an allowed value", "type_error.none.not_allowed");

export const must = (shape: Shape): Field => ({ shape, required: true });
export const may = (shape: Shape): Field => ({ shape, required: false });

export const any: Shape = (value) => value;

export const dict: Shape = (value, path) =>
  asDict(value) ?? problem(path, "value is not a valid dict", "type_error.dict");

/** AWS: whatever reads as pairs is a map too: an empty list or text, a list of pairs, a list of two-letter words. */
const asDict = (value: Value): Dict | undefined => {
  if (isDict(value)) return value;
  if (textOf(value) === "") return Dict.plain();
  if (!Array.isArray(value)) return undefined;
  const read = Dict.plain();
  for (const item of value) {
    const [key, entry, ...more] = pairOf(item);
    const name = key === undefined ? undefined : text(key, []);
    if (entry === undefined || more.length > 0 || name === undefined || name instanceof ShapeProblems) return undefined;
    read.set(textOf(name) ?? "", entry);
  }
  return read;
};

const pairOf = (item: Value): Value[] => {
  if (isDict(item)) return item.keys();
  return Array.isArray(item) ? item : [...(textOf(item) ?? "")];
};

export const text: Shape = (value, path) => {
  if (isText(value)) return value;
  if (value === null || isDict(value) || Array.isArray(value)) {
    return problem(path, "str type expected", "type_error.str");
  }
  return printed(value);
};

export const whole: Shape = (value, path) => {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (value instanceof Decimal) return Math.trunc(value.number);
  const digits = textOf(value)?.trim();
  if (digits !== undefined && /^[+-]?\d+$/.test(digits)) return Number(digits);
  return problem(path, "value is not a valid integer", "type_error.integer");
};

export const decimal: Shape = (value, path) => {
  if (typeof value === "number" || value instanceof Decimal) return value;
  if (typeof value === "boolean") return Number(value);
  const digits = textOf(value)?.trim();
  if (digits !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return Number(digits);
  return problem(path, "value is not a valid float", "type_error.float");
};

const TRUE = ["1", "on", "t", "true", "y", "yes"];
const FALSE = ["0", "off", "f", "false", "n", "no"];

export const flag: Shape = (value, path) => {
  if (typeof value === "boolean") return value;
  const number = value instanceof Decimal ? value.number : value;
  if (number === 0 || number === 1) return number === 1;
  const word = textOf(value)?.toLowerCase() ?? "";
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  return problem(path, "value could not be parsed to a boolean", "type_error.bool");
};

export const choice =
  (...names: readonly string[]): Shape =>
  (value, path) =>
    names.includes(textOf(value) ?? "") ? value : problem(path, "unexpected value", "value_error.const");

export const list =
  (item: Shape): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return problem(path, "value is not a valid list", "type_error.list");
    const read = value.map((entry, index) => {
      const at = [...path, String(index)];
      return entry === null && item !== any ? NOT_NONE(at) : item(entry, at);
    });
    const problems = read.flatMap((entry) => (entry instanceof ShapeProblems ? entry.list : []));
    return problems.length > 0 ? new ShapeProblems(problems) : read.filter(isValue);
  };

export const mapOf =
  (item: Shape): Shape =>
  (given, path) => {
    const value = dict(given, path);
    if (!isDict(value)) return value;
    const read = Dict.plain();
    const problems: ShapeProblem[] = [];
    for (const [key, entry] of value.entries()) {
      const result = entry === null && item !== any ? NOT_NONE([...path, key]) : item(entry, [...path, key]);
      if (result instanceof ShapeProblems) problems.push(...result.list);
      else read.set(key, result);
    }
    return problems.length > 0 ? new ShapeProblems(problems) : read;
  };

/** The first of the shapes that fits; what is wrong by all of them if none does. */
export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value, path) => {
    const problems: ShapeProblem[] = [];
    for (const shape of shapes) {
      const result = shape(value, path);
      if (!(result instanceof ShapeProblems)) return result;
      problems.push(...result.list);
    }
    return new ShapeProblems(problems);
  };

/** A map with just these fields. */
export const object =
  (fields: Readonly<Record<string, Field>>): Shape =>
  (given, path) => {
    const value = dict(given, path);
    if (!isDict(value)) return value;
    const read = Dict.plain();
    const problems: ShapeProblem[] = [];
    for (const [name, field] of Object.entries(fields)) {
      const result = readField(value, name, field, [...path, name]);
      if (result instanceof ShapeProblems) problems.push(...result.list);
      else if (result !== null) read.set(name, result);
    }
    for (const name of value
      .keys()
      .filter((key) => !Object.hasOwn(fields, key))
      .sort()) {
      problems.push({ path: [...path, name], message: "extra fields not permitted", code: "value_error.extra" });
    }
    return problems.length > 0 ? new ShapeProblems(problems) : read;
  };

const readField = (
  value: Dict,
  name: string,
  { shape, required }: Field,
  path: readonly string[],
): Value | ShapeProblems => {
  if (!value.has(name)) return required ? problem(path, "field required", "value_error.missing") : null;
  if (value.get(name) === null) return required ? NOT_NONE(path) : null;
  return shape(value.get(name), path);
};

const isValue = (value: Value | ShapeProblems): value is Value => !(value instanceof ShapeProblems);
