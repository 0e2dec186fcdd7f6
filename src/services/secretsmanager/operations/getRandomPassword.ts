import { invalidParameter } from "../errors.ts";
import { DEFAULT_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS = "0123456789";
const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

export const getRandomPassword =
  ({ ids }: Pick<Room, "ids">): Operation<"GetRandomPassword"> =>
  async (_ctx, input) => {
    const length = input.PasswordLength ?? DEFAULT_PASSWORD_LENGTH;
    if (length < 1 || length > MAX_PASSWORD_LENGTH) {
      throw invalidParameter(`Password length must be between 1 and ${MAX_PASSWORD_LENGTH}.`);
    }
    const excluded = input.ExcludeCharacters ?? "";
    const types = [
      input.ExcludeLowercase ? "" : LOWER,
      input.ExcludeUppercase ? "" : UPPER,
      input.ExcludeNumbers ? "" : DIGITS,
      input.ExcludePunctuation ? "" : PUNCTUATION,
      input.IncludeSpace ? " " : "",
    ].map((type) => [...type].filter((char) => !excluded.includes(char)));
    const usable = types.filter((type) => type.length > 0);
    const all = usable.flat();
    if (all.length === 0) throw invalidParameter("The password can't be generated: every character is excluded.");
    const required = input.RequireEachIncludedType === false ? [] : usable;
    if (required.length > length) throw invalidParameter("The password length is too short for the required types.");
    return { RandomPassword: compose(required, all, length, ids) };
  };

/** One character of each required type, the rest of any, in random order. */
const compose = (required: readonly string[][], all: readonly string[], length: number, ids: Room["ids"]): string => {
  const pick = (from: readonly string[]) => from[below(from.length, ids)] ?? "";
  const chars = [...required.map(pick), ...Array.from({ length: length - required.length }, () => pick(all))];
  for (let index = chars.length - 1; index > 0; index--) {
    const other = below(index + 1, ids);
    [chars[index], chars[other]] = [chars[other] ?? "", chars[index] ?? ""];
  }
  return chars.join("");
};

/** A random whole number below a bound, from enough bytes that the remainder's bias is below one in a million. */
const below = (bound: number, ids: Room["ids"]): number => ids.bytes(4).readUInt32BE() % bound;
