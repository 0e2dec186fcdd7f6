import type { Call } from "../../../kernel/context.ts";

/** Calls as they come over the wire, where a member without a value is not there at all, and shuts out no default. */
export const spokenCall =
  (call: Call): Call =>
  (service, operation, input) =>
    call(service, operation, spoken(input));

const spoken = <T>(value: T): T => {
  const isList = Array.isArray(value);
  if (!isList && !isPlain(value)) return value;
  const entries: (readonly unknown[])[] = Object.entries(value)
    .filter(([, member]) => isList || member !== undefined)
    .map(([name, member]) => [name, spoken(member)]);
  return Object.assign(isList ? [] : {}, Object.fromEntries(entries));
};

/** True for members and maps; bytes, streams and moments stay what they are. */
const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
