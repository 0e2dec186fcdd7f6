import { BucketLocationConstraint } from "@aws-sdk/client-s3";

/** The region that buckets have who name none. */
export const DEFAULT_REGION = "us-east-1";
/** The old name of eu-west-1 in location constraints. */
export const LEGACY_EU = "EU";

/** A region as a location constraint; us-east-1 is none. */
export const constraintOf = (region: string): BucketLocationConstraint | undefined =>
  Object.values(BucketLocationConstraint).find((constraint) => constraint === region);

/** The host of a region's websites. AWS: older regions join it with a dash, later ones with a dot. */
export const websiteEndpoint = (region: string): string =>
  `s3-website${DASHED_REGIONS.has(region) ? "-" : "."}${region}.amazonaws.com`;

/** https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints */
const DASHED_REGIONS: ReadonlySet<string> = new Set([
  "us-east-1",
  "us-west-1",
  "us-west-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "eu-west-1",
  "sa-east-1",
  "us-gov-west-1",
]);
