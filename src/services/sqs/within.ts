import { invalidValue } from "./errors.ts";

/** A number that must lie between two others. */
export const within = (name: string, value: number, min: number, max: number): number => {
  if (value >= min && value <= max) return value;
  throw invalidValue(value, name, `Must be between ${min} and ${max}, if provided.`);
};
