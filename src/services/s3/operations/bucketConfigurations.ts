import { invalidArgument, invalidRequest, malformedXml, notConfigured } from "../errors.ts";
import { applyLifecycles } from "../expiry.ts";
import { findBucket } from "../find.ts";
import { type LifecycleRule, lifecycleView } from "../lifecycle.ts";
import { MAX_CORS_RULES, MAX_LIFECYCLE_RULES } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

type ConfigurableRoom = Pick<Room, "buckets" | "configurations">;

export const putBucketCors =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"PutBucketCors"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    const { CORSRules } = input.CORSConfiguration;
    if (CORSRules.length === 0 || CORSRules.length > MAX_CORS_RULES) throw malformedXml();
    for (const { AllowedMethods, AllowedOrigins } of CORSRules) {
      for (const method of AllowedMethods) if (!CORS_METHODS.has(method)) throw unsupportedMethod(method);
      for (const origin of AllowedOrigins) if (origin.split("*").length > 2) throw manyWildcards(origin);
    }
    configurations.cors.put(name, input.CORSConfiguration);
    return {};
  };

export const getBucketCors =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"GetBucketCors"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    const cors = configurations.cors.get(name);
    if (!cors) throw notConfigured("NoSuchCORSConfiguration", "The CORS configuration does not exist", name);
    return cors;
  };

export const deleteBucketCors =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"DeleteBucketCors"> =>
  async (_ctx, input) => {
    configurations.cors.delete(findBucket({ buckets }, input).name);
    return {};
  };

export const putBucketEncryption =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"PutBucketEncryption"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    const [rule, ...more] = input.ServerSideEncryptionConfiguration.Rules;
    if (!rule || more.length > 0) throw malformedXml();
    const { SSEAlgorithm, KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault ?? {};
    if (SSEAlgorithm === "AES256" && KMSMasterKeyID !== undefined) {
      throw invalidArgument(
        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
        "ApplyServerSideEncryptionByDefault",
      );
    }
    configurations.encryption.put(name, input.ServerSideEncryptionConfiguration);
    return {};
  };

export const getBucketEncryption =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"GetBucketEncryption"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    // AWS: since January 2023 every bucket encrypts with S3's own keys unless told otherwise.
    const byDefault = {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const }, BucketKeyEnabled: false }],
    };
    return { ServerSideEncryptionConfiguration: configurations.encryption.get(name) ?? byDefault };
  };

export const deleteBucketEncryption =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"DeleteBucketEncryption"> =>
  async (_ctx, input) => {
    configurations.encryption.delete(findBucket({ buckets }, input).name);
    return {};
  };

export const putBucketLifecycleConfiguration =
  (room: Room): Operation<"PutBucketLifecycleConfiguration"> =>
  async (_ctx, input) => {
    const { name } = findBucket(room, input);
    const { Rules = [] } = input.LifecycleConfiguration ?? {};
    if (Rules.length === 0 || Rules.length > MAX_LIFECYCLE_RULES) throw malformedXml();
    for (const rule of Rules) {
      if (rule.Status !== "Enabled" && rule.Status !== "Disabled") throw malformedXml();
      const acts = ACTIONS.some((action) => rule[action] !== undefined);
      if (!acts) throw invalidRequest("At least one action needs to be specified in a rule");
      checkDays(rule);
    }
    room.configurations.lifecycle.put(name, { Rules });
    room.daily.start(() => applyLifecycles(room));
    return {};
  };

export const getBucketLifecycleConfiguration =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"GetBucketLifecycleConfiguration"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    const lifecycle = configurations.lifecycle.get(name);
    if (!lifecycle) {
      const message = "The lifecycle configuration does not exist";
      throw notConfigured("NoSuchLifecycleConfiguration", message, name);
    }
    return lifecycleView(lifecycle);
  };

export const deleteBucketLifecycle =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"DeleteBucketLifecycle"> =>
  async (_ctx, input) => {
    configurations.lifecycle.delete(findBucket({ buckets }, input).name);
    return {};
  };

export const putBucketWebsite =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"PutBucketWebsite"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    const { IndexDocument, RedirectAllRequestsTo, ErrorDocument, RoutingRules } = input.WebsiteConfiguration;
    if (RedirectAllRequestsTo && (IndexDocument || ErrorDocument || RoutingRules)) throw malformedXml();
    if (!RedirectAllRequestsTo && !IndexDocument) throw malformedXml();
    if (IndexDocument && (IndexDocument.Suffix === "" || IndexDocument.Suffix.includes("/"))) {
      throw invalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", IndexDocument.Suffix);
    }
    configurations.website.put(name, input.WebsiteConfiguration);
    return {};
  };

export const getBucketWebsite =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"GetBucketWebsite"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    const website = configurations.website.get(name);
    if (!website) {
      const message = "The specified bucket does not have a website configuration";
      throw notConfigured("NoSuchWebsiteConfiguration", message, name);
    }
    return website;
  };

export const deleteBucketWebsite =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"DeleteBucketWebsite"> =>
  async (_ctx, input) => {
    configurations.website.delete(findBucket({ buckets }, input).name);
    return {};
  };

/** AWS: days are counted from one. */
const checkDays = ({
  Expiration,
  NoncurrentVersionExpiration,
  AbortIncompleteMultipartUpload,
}: LifecycleRule): void => {
  const days = {
    "'Days' for Expiration action": Expiration?.Days,
    "'NoncurrentDays' for NoncurrentVersionExpiration action": NoncurrentVersionExpiration?.NoncurrentDays,
    "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action":
      AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  };
  for (const [name, value] of Object.entries(days)) {
    if (value !== undefined && value <= 0) throw invalidArgument(`${name} must be a positive integer`);
  }
};

const CORS_METHODS: ReadonlySet<string> = new Set(["GET", "PUT", "HEAD", "POST", "DELETE"]);

const unsupportedMethod = (method: string) =>
  invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);

const manyWildcards = (origin: string) =>
  invalidRequest(`AllowedOrigin "${origin}" can not have more than one wildcard.`);

const ACTIONS = [
  "Expiration",
  "Transitions",
  "NoncurrentVersionTransitions",
  "NoncurrentVersionExpiration",
  "AbortIncompleteMultipartUpload",
] as const;
