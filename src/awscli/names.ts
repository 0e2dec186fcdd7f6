/**
 * Finds the name an AWS CLI word stands for. The CLI has its own rules to turn `DescribeStacks` into `describe-stacks` and
 * `SSEKMSKeyId` into `ssekms-key-id`; without dashes and capitals both are the same word.
 */
export const nameOf = (word: string, names: Iterable<string>): string | undefined => {
  const wanted = plain(word);
  for (const name of names) if (plain(name) === wanted) return name;
  return undefined;
};

/** `DescribeStacks` as the AWS CLI spells it. */
export const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();

const plain = (word: string): string => word.replaceAll("-", "").toLowerCase();
