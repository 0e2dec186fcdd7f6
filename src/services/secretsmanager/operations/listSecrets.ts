import { invalidParameter } from "../errors.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { SecretRecord } from "../records.ts";
import { primaryRegionOf } from "../replicas.ts";
import type { Operation, Room } from "../room.ts";
import { owningServiceOf, secretListEntryView } from "../views.ts";

interface Filter {
  readonly Key?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

export const listSecrets =
  ({ secrets, clock }: Pick<Room, "secrets" | "clock">): Operation<"ListSecrets"> =>
  async (_ctx, input) => {
    const now = clock.now();
    const kept = [...secrets.list()].filter(
      (secret) =>
        (secret.purgeAt === undefined || secret.purgeAt > now) &&
        (input.IncludePlannedDeletion || secret.deletedAt === undefined) &&
        (input.Filters ?? []).every((filter) => matches(secret, filter)),
    );
    // AWS: the oldest come first unless asked otherwise.
    const ordered = kept.sort((a, b) => (input.SortOrder === "desc" ? -1 : 1) * (a.createdAt - b.createdAt));
    const { items, nextToken } = page(
      ordered,
      ({ name }) => name,
      input.NextToken,
      input.MaxResults ?? DEFAULT_PAGE_SIZE,
    );
    return { SecretList: items.map(secretListEntryView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

/** Any of the values may match; one that starts with `!` must not. */
export const matches = (secret: SecretRecord, { Key, Values = [] }: Filter): boolean => {
  const texts = searched(secret, Key ?? "");
  const negated = Values.filter((value) => value.startsWith("!"));
  const wanted = Values.filter((value) => !value.startsWith("!"));
  const has = (value: string) =>
    Key === "all" ? begins(texts.flatMap(words), value) : texts.some((text) => found(text, value, Key ?? ""));
  return !negated.some((value) => has(value.slice(1))) && (wanted.length === 0 || wanted.some(has));
};

const searched = (secret: SecretRecord, key: string): readonly string[] => {
  const tags = secret.tags ?? [];
  const tagKeys = tags.map((tag) => tag.key);
  const tagValues = tags.map((tag) => tag.value);
  switch (key) {
    case "name":
      return [secret.name];
    case "description":
      return [secret.description ?? ""];
    case "tag-key":
      return tagKeys;
    case "tag-value":
      return tagValues;
    case "primary-region":
      return [primaryRegionOf(secret) ?? ""];
    case "owning-service":
      return [owningServiceOf(secret) ?? ""];
    case "all":
      return [secret.name, secret.description ?? "", ...tagKeys, ...tagValues];
    default:
      throw invalidParameter(`Invalid filter key: ${key}`);
  }
};

/** AWS: names and tags match from their start; descriptions word by word, and they and `all` without regard to case. */
const found = (text: string, value: string, key: string): boolean =>
  key === "description" ? begins(words(text), value) : text.startsWith(value);

/** Whether each word that is looked for begins one of these; a text without a word is nowhere. */
const begins = (known: readonly string[], value: string): boolean => {
  const wanted = words(value);
  return wanted.length > 0 && wanted.every((begin) => known.some((word) => word.startsWith(begin)));
};

/** AWS: `ABCServiceKey` is of three words, and so is `a-b/c`. */
const words = (text: string): readonly string[] =>
  text
    .split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
