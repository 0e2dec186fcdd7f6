import { invalidArgument, invalidRequest, malformedXml, notConfigured } from "../errors.ts";
import { findBucket } from "../find.ts";
import { MAX_CORS_RULES } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { checkWebsite } from "../website/checkWebsite.ts";

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
    const [rule, ...more] = input.ServerSideEncryptionConfiguration.Rules ?? [];
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

export const putBucketWebsite =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"PutBucketWebsite"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    checkWebsite(input.WebsiteConfiguration);
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

const CORS_METHODS: ReadonlySet<string> = new Set(["GET", "PUT", "HEAD", "POST", "DELETE"]);

const unsupportedMethod = (method: string) =>
  invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);

const manyWildcards = (origin: string) =>
  invalidRequest(`AllowedOrigin "${origin}" can not have more than one wildcard.`);
