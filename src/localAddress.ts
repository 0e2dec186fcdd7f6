import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Records } from "./store/records.ts";

/** What the addresses of a cloud are computed from. */
export interface LocalAddressParts {
  readonly endpoint: () => string;
  readonly records: Records;
  /** Where the console is: `/_aloft/console/`. */
  readonly consolePath: string;
  readonly directory: (name: string) => string;
}

interface Rewrite {
  readonly pattern: RegExp;
  /** The local address, or undefined when nothing of that name is here. */
  readonly to: (parts: LocalAddressParts, groups: Readonly<Record<string, string>>) => string | undefined;
}

const REGION = "[a-z]{2}(?:-[a-z]+)+-\\d";

/** A link to something in AWS's console, by the collection that tells whether it is here. */
function consoleLink(service: string, collection: string, path: string, page: string): Rewrite {
  return {
    pattern: new RegExp(`https://(?:[a-z0-9-]+\\.)*console\\.aws\\.amazon\\.com/${path}[^\\s"'<>]*`, "g"),
    to: (parts, { name = "", run }) => {
      if (!has(parts, service, collection, name)) return undefined;
      const place = `${parts.endpoint()}${parts.consolePath}#/${page}/${name}`;
      return run === undefined ? place : `${place}/runs/${run}`;
    },
  };
}

/** Addresses as AWS and GitHub have them, and where the same things answer here. */
const REWRITES: readonly Rewrite[] = [
  {
    pattern: new RegExp(`https://(?<api>[a-z0-9]{10})\\.execute-api\\.${REGION}\\.amazonaws\\.com(?:\\.cn)?`, "g"),
    to: (parts, { api = "" }) => (hasApi(parts, api) ? onHost(parts, `${api}.execute-api`) : undefined),
  },
  {
    pattern: new RegExp(
      `https?://(?<bucket>[a-z0-9][a-z0-9.-]+)\\.s3-website[.-]${REGION}\\.amazonaws\\.com(?:\\.cn)?`,
      "g",
    ),
    to: (parts, { bucket = "" }) => (hasBucket(parts, bucket) ? onHost(parts, `${bucket}.s3-website`) : undefined),
  },
  {
    pattern: new RegExp(
      `https://(?<bucket>[a-z0-9][a-z0-9.-]+)\\.s3(?:[.-]${REGION})?\\.amazonaws\\.com(?:\\.cn)?`,
      "g",
    ),
    to: (parts, { bucket = "" }) => (hasBucket(parts, bucket) ? onHost(parts, `${bucket}.s3`) : undefined),
  },
  {
    pattern: /https:\/\/github\.com\/(?<owner>[A-Za-z0-9-]+)\/(?<repository>[A-Za-z0-9._-]+?)(?:\.git)?(?=$|[\s"'<>])/g,
    to: (parts, { owner = "", repository = "" }) => {
      const here = existsSync(join(parts.directory("git"), owner, `${repository}.git`));
      return here ? `${parts.endpoint()}/git/${owner}/${repository}.git` : undefined;
    },
  },
  {
    pattern: new RegExp(
      `https://git-codecommit\\.(?<region>${REGION})\\.amazonaws\\.com(?:\\.cn)?/v1/repos/(?<repository>[\\w.-]+)`,
      "g",
    ),
    to: (parts, { region = "", repository = "" }) =>
      has(parts, "codecommit", "repositoryNames", repository)
        ? `${onHost(parts, `git-codecommit.${region}`)}/v1/repos/${repository}`
        : undefined,
  },
  // Links into AWS's console lead into this one. What follows a name in them, a tab or a region, goes with it.
  consoleLink(
    "codepipeline",
    "pipelines",
    "codesuite/codepipeline/pipelines/(?<name>[\\w.@-]+)(?:/executions/(?<run>[0-9a-f-]{36}))?",
    "pipelines",
  ),
  consoleLink("lambda", "functions", "lambda/home\\?[^#\\s]*#/functions/(?<name>[\\w-]+)", "functions"),
  consoleLink(
    "dynamodb",
    "tables",
    "dynamodb(?:v2)?/home\\?[^#\\s]*#(?:tables:selected=|table\\?(?:initialTagKey=&)?name=)(?<name>[\\w.-]+)",
    "tables",
  ),
  consoleLink("s3", "buckets", "s3/buckets/(?<name>[a-z0-9.-]+)", "buckets"),
];

/**
 * Turns the addresses in a text into those under which the same things answer here; whatever is not here stays as it is.
 * Templates build AWS's addresses from names, so a stack's outputs would otherwise lead out of the machine.
 */
export const createLocalAddress =
  (parts: LocalAddressParts) =>
  (text: string): string =>
    text.includes("://") ? REWRITES.reduce((current, rewrite) => rewritten(parts, rewrite, current), text) : text;

const rewritten = (parts: LocalAddressParts, { pattern, to }: Rewrite, text: string): string =>
  text.replace(pattern, (match, ...rest) => to(parts, rest.at(-1)) ?? match);

/** Browsers and curl resolve every name below localhost to this machine. */
const onHost = ({ endpoint }: LocalAddressParts, name: string): string => {
  const { protocol, port } = new URL(endpoint());
  return `${protocol}//${name}.localhost:${port}`;
};

const hasApi = (parts: LocalAddressParts, api: string): boolean =>
  has(parts, "apigatewayv2", "apis", api) || has(parts, "apigateway", "restApis", api);

const hasBucket = (parts: LocalAddressParts, bucket: string): boolean => has(parts, "s3", "buckets", bucket);

/** Whether a service of any account and region has something of that name. */
const has = ({ records }: LocalAddressParts, service: string, collection: string, name: string): boolean =>
  scopesOf(records, service).some((scope) => records.scope(scope).collection(collection).has(name));

const scopesOf = (records: Records, service: string): readonly string[] => [
  ...new Set(
    records
      .names()
      .filter((name) => name.startsWith(`${service}/`))
      .map((name) => name.split("/").slice(0, 3).join("/")),
  ),
];
