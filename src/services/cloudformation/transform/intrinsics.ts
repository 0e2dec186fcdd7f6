import { Dict, isDict, isText, literal, textOf, type Value } from "./values/value.ts";

/** `{Ref: name}`. */
export const ref = (name: Value): Dict => Dict.plain({ Ref: name });

export const getAtt = (logicalId: Value, attribute: string): Dict =>
  Dict.plain({ "Fn::GetAtt": [logicalId, literal(attribute)] });

/** `Fn::Sub` of text the transform wrote, with variables if any. */
export const sub = (text: Value, variables?: Dict): Dict =>
  Dict.plain({ "Fn::Sub": variables && variables.size > 0 ? [text, variables] : text });

export const join = (separator: string, values: Value): Dict =>
  Dict.plain({ "Fn::Join": [literal(separator), values] });

const NO_VALUE = "AWS::NoValue";

export const conditional = (condition: Value, then: Value, otherwise: Value = ref(literal(NO_VALUE))): Dict =>
  Dict.plain({ "Fn::If": [condition, then, otherwise] });

export const not = (condition: Value): Dict => Dict.plain({ "Fn::Not": [Dict.plain({ Condition: condition })] });

export const anyOf = (conditions: readonly Value[]): Dict =>
  Dict.plain({ "Fn::Or": conditions.map((condition) => Dict.plain({ Condition: condition })) });

/** The only key of a one-key map, by which intrinsic functions are known. */
export const onlyKey = (value: Value): string | undefined =>
  isDict(value) && value.size === 1 ? value.keys()[0] : undefined;

export const isIntrinsic = (value: Value): boolean => {
  const key = onlyKey(value);
  return key !== undefined && (key === "Ref" || key === "Condition" || key.startsWith("Fn::"));
};

export const isIf = (value: Value): boolean => onlyKey(value) === "Fn::If";

export const isNoValue = (value: Value): boolean =>
  isDict(value) && onlyKey(value) === "Ref" && textOf(value.get("Ref")) === NO_VALUE;

/** The three parts of an `Fn::If`, or the service's complaint about their number. */
export const ifParts = (value: Value): readonly [Value, Value, Value] | string => {
  const parts = isDict(value) ? value.get("Fn::If") : null;
  if (!Array.isArray(parts) || parts.length !== 3) return "Fn::If requires 3 arguments";
  return [parts[0] ?? null, parts[1] ?? null, parts[2] ?? null];
};

/** The logical id that a Ref or GetAtt names. */
export const logicalIdIn = (value: Value): string | undefined => {
  if (!isDict(value) || !isIntrinsic(value)) return undefined;
  const name = textOf(value.get("Ref"));
  if (name !== undefined) return name;
  const target = value.get("Fn::GetAtt");
  if (Array.isArray(target) && target.length === 2) return textOf(target[0] ?? null);
  const path = textOf(target)?.split(".");
  return path?.length === 2 ? path[0] : undefined;
};

const CONDITIONS_PER_OR = 10;

/** Conditions joined by `Fn::Or`, which takes at most ten, so they are chained. */
export const combinedConditions = (conditions: readonly string[], name: string): Dict | undefined => {
  if (conditions.length < 2) return undefined;
  const definitions = Dict.plain();
  let rest = [...conditions];
  let number = Math.floor((conditions.length - 2) / (CONDITIONS_PER_OR - 1));
  while (rest.length > 1) {
    const chained = number > 0 ? `${name}${number}` : name;
    number -= 1;
    definitions.set(chained, anyOf(rest.slice(0, CONDITIONS_PER_OR)));
    rest = [...rest.slice(CONDITIONS_PER_OR), chained];
  }
  return definitions;
};

/** `${LogicalId}` or `${LogicalId.Attribute}`, for use inside `Fn::Sub`. */
export const shorthand = (reference: Dict): string => {
  const target = reference.get("Fn::GetAtt");
  const parts = Array.isArray(target) ? target : [reference.get("Ref")];
  return `\${${parts.filter(isText).map(textOf).join(".")}}`;
};
