/** A moment, told as a date. */
export interface Moment {
  readonly ms: number;
}

/** What a field or an expression holds; undefined where there is none. */
export type Value = string | number | boolean | Moment | undefined;

export const isMoment = (value: Value): value is Moment => typeof value === "object";

/** A value as a result tells it. */
export const told = (value: Value): string | undefined => {
  if (value === undefined) return undefined;
  if (isMoment(value)) return new Date(value.ms).toISOString().replace("T", " ").replace("Z", "");
  // AWS: truth is told as a number.
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "number" ? String(Number(value.toPrecision(15))) : value;
};

/** A value as a number: text that reads as one counts. */
export const numberIn = (value: Value): number | undefined => {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (value === undefined) return undefined;
  if (isMoment(value)) return value.ms;
  const number = value.trim() === "" ? Number.NaN : Number(value);
  return Number.isNaN(number) ? undefined : number;
};

export const isTrue = (value: Value): boolean =>
  value === true || (typeof value === "number" && value !== 0) || value === "true";

/** Numbers as numbers, everything else as text; undefined when one of the two is not there. */
export const compare = (a: Value, b: Value): number | undefined => {
  if (a === undefined || b === undefined) return undefined;
  const [x, y] = [numberIn(a), numberIn(b)];
  if (x !== undefined && y !== undefined) return x - y;
  const [s, t] = [told(a) ?? "", told(b) ?? ""];
  return s === t ? 0 : s < t ? -1 : 1;
};

/** The order of results: what is not there comes last. */
export const order = (a: Value, b: Value): number => {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compare(a, b) ?? 0;
};
