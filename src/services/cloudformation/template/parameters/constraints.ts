import { TemplateError } from "../errors.ts";
import { MAX_PARAMETER_VALUE_BYTES } from "../limits.ts";
import type { ParameterDefinition } from "./definition.ts";

/** Refuses a value that a parameter does not allow. For a stored parameter this is the name, not what is stored there. */
export const checkParameter = (definition: ParameterDefinition, value: string): void => {
  if (Buffer.byteLength(value) > MAX_PARAMETER_VALUE_BYTES) {
    throw new TemplateError(
      `Parameter '${definition.name}' must not be longer than ${MAX_PARAMETER_VALUE_BYTES} bytes.`,
    );
  }
  const fault = faultOf(definition, value);
  if (fault === undefined) return;
  const { description } = definition.constraints;
  throw new TemplateError(
    description === undefined
      ? `Parameter '${definition.name}' ${fault}`
      : `Parameter ${definition.name} failed to satisfy constraint: ${description}`,
    ["Parameters", definition.name],
  );
};

const faultOf = (definition: ParameterDefinition, value: string): string | undefined => {
  const items = definition.type.isList ? listItems(value) : [value];
  for (const item of items) {
    const fault = valueFault(definition, item);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const valueFault = ({ type, constraints }: ParameterDefinition, value: string): string | undefined => {
  const { allowedValues, allowedPattern, minLength, maxLength, minValue, maxValue } = constraints;
  if (allowedValues !== undefined && !allowedValues.includes(value)) return "must be one of AllowedValues";
  if (type.isNumber && !isNumber(value)) return "must be a number.";
  if (allowedPattern !== undefined && !allowedPattern.test(value))
    return `must match pattern ${sourceOf(allowedPattern)}`;
  if (minLength !== undefined && value.length < minLength) return `must contain at least ${minLength} characters`;
  if (maxLength !== undefined && value.length > maxLength) return `must contain at most ${maxLength} characters`;
  if (minValue !== undefined && Number(value) < minValue) return `must be a number not less than ${minValue}`;
  if (maxValue !== undefined && Number(value) > maxValue) return `must be a number not greater than ${maxValue}`;
  return undefined;
};

/** A list parameter's items: divided at commas, and without the blanks around them. */
export const listItems = (value: string): readonly string[] =>
  value === "" ? [] : value.split(",").map((item) => item.trim());

const isNumber = (value: string): boolean => value.trim() !== "" && Number.isFinite(Number(value));

const sourceOf = (pattern: RegExp): string => pattern.source.slice("^(?:".length, -")$".length);
