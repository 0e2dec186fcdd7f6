import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Records } from "./store/records.ts";

/** What the addresses of a cloud are computed from. */
export interface LocalAddressParts {
  readonly endpoint: () => string;
  readonly records: Records;
  readonly directory: (name: string) => string;
}

interface Rewrite {
  readonly pattern: RegExp;
  /** The local address, or undefined when nothing of that name is here. */
  readonly to: (parts: LocalAddressParts, groups: Readonly<Record<string, string>>) => string | undefined;
}

const REGION = "[a-z]{2}(?:-[a-z]+)+-\\d";

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

const hasApi = ({ records }: LocalAddressParts, api: string): boolean =>
  scopesOf(records, "apigatewayv2").some((scope) => records.scope(scope).collection("apis").has(api)) ||
  scopesOf(records, "apigateway").some((scope) => records.scope(scope).collection("restApis").has(api));

const hasBucket = ({ records }: LocalAddressParts, bucket: string): boolean =>
  scopesOf(records, "s3").some((scope) => records.scope(scope).collection("buckets").has(bucket));

const scopesOf = (records: Records, service: string): readonly string[] => [
  ...new Set(
    records
      .names()
      .filter((name) => name.startsWith(`${service}/`))
      .map((name) => name.split("/").slice(0, 3).join("/")),
  ),
];
