import { type Diagnostic, validateDefinition } from "../../engines/states/validate.ts";
import { invalidDefinition } from "./errors.ts";
import { checkIntegrations } from "./integrations/integration.ts";
import type { MachineType } from "./records.ts";

/** Throws AWS's refusal of a definition that is not one, and NotImplemented for one that asks for what is not built. */
export const checkDefinition = (text: string, type: MachineType): void => {
  const problems = validateDefinition(text, { type }).filter(({ severity }) => severity === "ERROR");
  if (problems.length > 0) throw invalidDefinition(linesOf(problems));
  checkIntegrations(JSON.parse(text));
};

/** Problems as a refusal tells them. */
export const linesOf = (problems: readonly Diagnostic[]): string => problems.map(lineOf).join(", ");

const lineOf = ({ code, message, location }: Diagnostic): string =>
  `${code}: ${message}${location === undefined ? "" : ` at ${location}`}`;
