import { splitOptions } from "../input/options.ts";
import { parseShorthand } from "../input/shorthand.ts";
import { usageError } from "../io.ts";

/** The options of `aws s3` commands. */
export interface S3Options {
  readonly positional: readonly string[];
  has(flag: string): boolean;
  text(option: string): string | undefined;
  /** In their order: what comes later wins. */
  readonly filters: readonly Filter[];
}

export interface Filter {
  readonly kind: "include" | "exclude";
  readonly pattern: string;
}

export const parseS3Options = (words: readonly string[]): S3Options => {
  const { options, positional } = splitOptions(words, (option) =>
    FLAGS.has(option) ? "none" : TEXTS.has(option) || option === "sse" ? "one" : undefined,
  );
  return {
    positional,
    has: (flag) => options.has(flag),
    text: (option) => options.get(option)?.at(-1),
    filters: filtersOf(words),
  };
};

/** What goes with an object that is written. */
export const objectHeaders = (options: S3Options): Record<string, unknown> => {
  const headers: Record<string, unknown> = {};
  for (const [option, member] of Object.entries(HEADERS)) {
    const value = options.text(option);
    if (value !== undefined) headers[member] = value;
  }
  const metadata = options.text("metadata");
  if (metadata !== undefined)
    headers["Metadata"] = metadata.startsWith("{") ? JSON.parse(metadata) : parseShorthand(metadata);
  return headers;
};

const HEADERS: Readonly<Record<string, string>> = {
  acl: "ACL",
  "cache-control": "CacheControl",
  "content-type": "ContentType",
  "content-encoding": "ContentEncoding",
  "content-disposition": "ContentDisposition",
  "content-language": "ContentLanguage",
  "storage-class": "StorageClass",
  sse: "ServerSideEncryption",
  "sse-kms-key-id": "SSEKMSKeyId",
  "website-redirect": "WebsiteRedirectLocation",
};

const TEXTS = new Set([
  ...Object.keys(HEADERS),
  "metadata",
  "metadata-directive",
  "exclude",
  "include",
  "expires-in",
  "page-size",
  "source-region",
  "expected-size",
  "index-document",
  "error-document",
]);

const FLAGS = new Set([
  "recursive",
  "dryrun",
  "quiet",
  "only-show-errors",
  "no-progress",
  "delete",
  "size-only",
  "exact-timestamps",
  "follow-symlinks",
  "no-follow-symlinks",
  "no-guess-mime-type",
  "human-readable",
  "summarize",
  "force",
]);

/** `splitOptions` gathers an option's words; only here does it matter which of two options came first. */
const filtersOf = (words: readonly string[]): readonly Filter[] =>
  words.flatMap((word, index) => {
    const [, kind, inline] = /^--(include|exclude)(?:=(.*))?$/s.exec(word) ?? [];
    if (kind !== "include" && kind !== "exclude") return [];
    const pattern = inline ?? words[index + 1];
    if (pattern === undefined) throw usageError(`argument ${word}: expected one argument`);
    return [{ kind, pattern }];
  });
