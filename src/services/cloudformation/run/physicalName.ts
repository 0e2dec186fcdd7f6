import type { NameOptions } from "../../../kernel/resource.ts";

const RANDOM_LENGTH = 12;
const DEFAULT_MAX_LENGTH = 255;

/**
 * The name AWS would generate: stack, logical id and a random tail, with hyphens between.
 *
 * AWS: a name that is too long loses the ends of stack and logical id, never the tail.
 */
export const physicalName = (
  stackName: string,
  logicalId: string,
  token: string,
  { maxLength = DEFAULT_MAX_LENGTH, lowerCase = false, prefix = stackName }: NameOptions = {},
): string => {
  const tail = token.slice(0, RANDOM_LENGTH);
  const room = Math.max(0, maxLength - tail.length - 2);
  const forLogical = Math.min(logicalId.length, Math.max(Math.floor(room / 2), room - prefix.length));
  const stack = prefix.slice(0, room - forLogical);
  const parts = [stack, logicalId.slice(0, forLogical), tail].filter((part) => part !== "");
  const name = parts.join("-").replaceAll("--", "-");
  return (lowerCase ? name.toLowerCase() : name).slice(0, maxLength);
};
