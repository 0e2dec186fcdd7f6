import type { Comparison, Operator, Value } from "./expression.ts";

/** What a keyword stands for where it is asked: one value, those of several segments, or none. */
export type Values = Value | readonly Value[] | undefined;

/** Whether a comparison holds of the values its keyword has. */
export const holds = ({ operator, value }: Comparison, values: Values): boolean => {
  const given = listOf(values);
  if (operator === undefined || value === undefined) return given.some((one) => one !== false);
  if (operator === "!=") return given.length > 0 && !given.some((one) => isEqual(one, value));
  return given.some((one) => COMPARE[operator](one, value));
};

const listOf = (values: Values): readonly Value[] => {
  if (values === undefined) return [];
  return typeof values === "object" ? values : [values];
};

/** Booleans may be written as texts. */
const isEqual = (one: Value, other: Value): boolean =>
  one === other || (typeof one === "boolean" && String(one) === String(other).toLowerCase());

const ofNumbers = (test: (one: number, other: number) => boolean) => (one: Value, other: Value) =>
  typeof one === "number" && typeof other === "number" && test(one, other);

const ofTexts = (test: (one: string, other: string) => boolean) => (one: Value, other: Value) =>
  typeof one === "string" && typeof other === "string" && test(one, other);

const COMPARE: Readonly<Record<Exclude<Operator, "!=">, (one: Value, other: Value) => boolean>> = {
  "=": isEqual,
  "<": ofNumbers((one, other) => one < other),
  "<=": ofNumbers((one, other) => one <= other),
  ">": ofNumbers((one, other) => one > other),
  ">=": ofNumbers((one, other) => one >= other),
  CONTAINS: ofTexts((one, other) => one.includes(other)),
  BEGINSWITH: ofTexts((one, other) => one.startsWith(other)),
  ENDSWITH: ofTexts((one, other) => one.endsWith(other)),
};
