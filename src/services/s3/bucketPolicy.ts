import type { JsonObject } from "../../kernel/json.ts";
import type { Principal } from "../../kernel/principal.ts";
import { isPublicPolicy, statementsOf } from "../../kernel/publicPolicy.ts";
import { ALL_USERS, AUTHENTICATED_USERS, canonicalId } from "./grants.ts";
import type { BucketRecord, GrantRecord, ObjectRecord, Permission } from "./records.ts";

/**
 * All that a bucket itself says of who may do what: its policy, and the access lists of the bucket and an object,
 * written as statements. Undefined when it says nothing.
 */
export const resourcePolicyOf = (
  bucket: BucketRecord,
  principal: Principal,
  object: ObjectRecord | undefined,
): JsonObject | undefined => {
  const statements = [
    ...policyStatements(bucket, principal),
    ...aclStatements(bucket, bucket.acl, BUCKET_ACTIONS, [
      `arn:aws:s3:::${bucket.name}`,
      `arn:aws:s3:::${bucket.name}/*`,
    ]),
    ...(object ? aclStatements(bucket, object.acl, OBJECT_ACTIONS, [`arn:aws:s3:::${bucket.name}/${object.key}`]) : []),
  ];
  return statements.length === 0 ? undefined : { Version: "2012-10-17", Statement: statements };
};

const parsed = new WeakMap<BucketRecord, JsonObject>();

/** AWS: under RestrictPublicBuckets a public policy allows only the owner's account and AWS's services. */
const policyStatements = (bucket: BucketRecord, principal: Principal): readonly JsonObject[] => {
  if (bucket.policy === undefined) return [];
  const policy = parsed.get(bucket) ?? JSON.parse(bucket.policy);
  parsed.set(bucket, policy);
  const isStranger =
    principal.kind === "anonymous" || (principal.kind !== "service" && principal.account !== bucket.account);
  const restricted = isStranger && bucket.publicAccess?.restrictPublicBuckets && isPublicPolicy(policy);
  return statementsOf(policy).filter((statement) => !restricted || statement["Effect"] === "Deny");
};

type ActionTable = Readonly<Record<Permission, readonly string[]>>;

const aclStatements = (
  bucket: BucketRecord,
  acl: readonly GrantRecord[],
  actions: ActionTable,
  resources: readonly string[],
): readonly JsonObject[] => {
  // AWS: where the bucket's owner owns all objects, access lists have no say.
  if (bucket.ownership === "BucketOwnerEnforced") return [];
  const ignoresPublic = bucket.publicAccess?.ignorePublicAcls === true;
  return acl.flatMap(({ grantee, permission }) => {
    const isPublic = grantee === ALL_USERS || grantee === AUTHENTICATED_USERS;
    const principal = isPublic && !ignoresPublic ? PUBLIC_PRINCIPALS[grantee] : ownPrincipal(bucket, grantee);
    return principal ? [{ Effect: "Allow", ...principal, Action: actions[permission], Resource: resources }] : [];
  });
};

const PUBLIC_PRINCIPALS: Readonly<Record<string, JsonObject>> = {
  [ALL_USERS]: { Principal: "*" },
  [AUTHENTICATED_USERS]: { Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalType": "Anonymous" } } },
};

/** The owner's own grants add nothing to what its identity policies say. */
const ownPrincipal = (bucket: BucketRecord, grantee: string): JsonObject | undefined =>
  grantee === canonicalId(bucket.account) ? undefined : { Principal: { CanonicalUser: grantee } };

const READ_BUCKET = ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"];
const WRITE_BUCKET = ["s3:PutObject", "s3:DeleteObject"];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions */
const BUCKET_ACTIONS: ActionTable = {
  READ: READ_BUCKET,
  WRITE: WRITE_BUCKET,
  READ_ACP: ["s3:GetBucketAcl"],
  WRITE_ACP: ["s3:PutBucketAcl"],
  FULL_CONTROL: [...READ_BUCKET, ...WRITE_BUCKET, "s3:GetBucketAcl", "s3:PutBucketAcl"],
};

const READ_OBJECT = ["s3:GetObject", "s3:GetObjectVersion"];

const OBJECT_ACTIONS: ActionTable = {
  READ: READ_OBJECT,
  WRITE: [],
  READ_ACP: ["s3:GetObjectAcl", "s3:GetObjectVersionAcl"],
  WRITE_ACP: ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
  FULL_CONTROL: [
    ...READ_OBJECT,
    "s3:GetObjectAcl",
    "s3:GetObjectVersionAcl",
    "s3:PutObjectAcl",
    "s3:PutObjectVersionAcl",
  ],
};
