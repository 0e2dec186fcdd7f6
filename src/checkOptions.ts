import { own } from "./kernel/own.ts";

/** By option: what fits, and how that is said. */
const CHECKS: Readonly<Record<string, readonly [isFit: (value: unknown) => boolean, takes: string]>> = {
  port: [
    (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535,
    "a number from 0 to 65535",
  ],
  host: [isText, "an address"],
  state: [isText, "a directory"],
  accountId: [(value) => typeof value === "string" && /^\d{12}$/.test(value), "twelve digits"],
  region: [(value) => typeof value === "string" && /^[a-z][a-z0-9-]*$/.test(value), "the name of a region"],
  auth: [(value) => value === "strict" || value === "open", '"strict" or "open"'],
  timeScale: [(value) => typeof value === "number" && value > 0, "a number above 0"],
  hosts: [(value) => Array.isArray(value) && value.every(isText), "a list of names"],
};

/** Programs without types may give anything. Throws a RangeError that says what an option takes. */
export const checkOptions = (options: object): void => {
  for (const [name, value] of Object.entries(options)) {
    const [isFit, takes] = own(CHECKS, name) ?? [];
    if (isFit && value !== undefined && !isFit(value))
      throw new RangeError(`startCloud's ${name} takes ${takes}, not ${JSON.stringify(value)}.`);
  }
};

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
