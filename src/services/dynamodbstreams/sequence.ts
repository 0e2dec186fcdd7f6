import { validationError } from "./errors.ts";

/** AWS: 21 to 40 digits that grow within a shard. */
const BASE = 100_000_000_000_000_000_000n;

/** The sequence number of a change. */
export const sequenceOf = (number: number): string => String(BASE + BigInt(number));

/** The change's number again. Throws ValidationException for what never was a sequence number. */
export const numberOf = (sequence: string): number => {
  if (!/^\d{21,40}$/.test(sequence)) throw validationError(`Invalid SequenceNumber: ${sequence}`);
  return Number(BigInt(sequence) - BASE);
};
