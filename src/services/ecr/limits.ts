// https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
export const MAX_REPOSITORIES = 100_000;
export const MAX_TAGS = 50;
export const DEFAULT_PAGE_SIZE = 100;
/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
export const MAX_LIFECYCLE_RULES = 50;
