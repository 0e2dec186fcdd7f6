import type { Mask } from "./port.ts";

/** A mask that learns secrets as they become known. */
export interface SecretMask extends Mask {
  add(secret: string): void;
}

/** What stands in a log where a secret was, as CodeBuild writes it. */
export const MASKED = "***";

/** Shorter values would turn ordinary words of a log into asterisks, and protect nothing. */
const MIN_SECRET_LENGTH = 4;

/** AWS: ids of access keys are hidden in logs of builds, whoever's they are. */
const ACCESS_KEY_ID = "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b";
const ACCESS_KEY_ID_LENGTH = 20;

/** A mask that hides ids of access keys, and the secrets it knows. Each line of a secret of many lines is hidden by itself, since output is read line by line. */
export const createSecretMask = (secrets: readonly string[] = []): SecretMask => {
  const known = new Set<string>();
  let pattern: RegExp | undefined;
  let longest = ACCESS_KEY_ID_LENGTH;
  const add = (secret: string) => {
    for (const line of secret.split(/\r?\n/)) {
      const text = line.trim();
      if (text.length < MIN_SECRET_LENGTH || known.has(text)) continue;
      known.add(text);
      longest = Math.max(longest, text.length);
      pattern = undefined;
    }
  };
  for (const secret of secrets) add(secret);
  return {
    add,
    get longest() {
      return longest;
    },
    apply: (text) => {
      pattern ??= patternOf(known);
      return text.replace(pattern, MASKED);
    },
  };
};

/** Longer secrets first: one may hold another. */
const patternOf = (secrets: ReadonlySet<string>): RegExp => {
  const alternatives = [...secrets]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp([...alternatives, ACCESS_KEY_ID].join("|"), "g");
};
