import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import type { Principal } from "../../kernel/principal.ts";
import { isPublicPolicy, listOf, statementsOf } from "../../kernel/publicPolicy.ts";
import { ALL_USERS, AUTHENTICATED_USERS, canonicalId, LOG_DELIVERY } from "./grants.ts";
import { LOGGING_SERVICE } from "./itself.ts";
import type { BucketRecord, GrantRecord, ObjectRecord, Permission } from "./records.ts";

/**
 * All that a bucket itself says of who may do what: its policy, and the access lists of the bucket and an object,
 * written as statements. `owner` is whose the bucket is, or the object where the request is about what its owner alone
 * can give. Undefined when it says nothing.
 */
export const resourcePolicyOf = (
  bucket: BucketRecord,
  principal: Principal,
  object: ObjectRecord | undefined,
  owner: string,
): JsonObject | undefined => {
  const arn = `arn:aws:s3:::${bucket.name}`;
  const ofBucket = { bucket, owner: bucket.account, acl: bucket.acl };
  // AWS: a bucket's policy can deny, but not allow, what somebody else owns.
  const policy = policyStatements(bucket, principal).filter(
    ({ Effect }) => owner === bucket.account || Effect === "Deny",
  );
  const statements = [
    ...policy,
    ...aclStatements(ofBucket, principal, BUCKET_ACTIONS, [arn, `${arn}/*`]),
    ...(object
      ? aclStatements({ bucket, owner, acl: object.acl }, principal, OBJECT_ACTIONS, [`${arn}/${object.key}`])
      : aclStatements(ofBucket, principal, NO_OBJECT_ACTIONS, [`${arn}/*`])),
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
  return statementsOf(policy)
    .filter((statement) => !restricted || statement["Effect"] === "Deny")
    .map((statement) => withAccount(statement, principal));
};

/** AWS: a canonical id in a policy stands for its account. */
const withAccount = (statement: JsonObject, principal: Principal): JsonObject => {
  const { Principal: named } = statement;
  if (!isJsonObject(named) || named["CanonicalUser"] === undefined || principal.kind === "anonymous") return statement;
  if (!listOf(named["CanonicalUser"]).includes(canonicalId(principal.account))) return statement;
  return { ...statement, Principal: { ...named, AWS: [...listOf(named["AWS"]), principal.account] } };
};

type ActionTable = Readonly<Record<Permission, readonly string[]>>;

/** An access list of a bucket or of an object in it, and whose that is. */
interface OwnedAcl {
  readonly bucket: BucketRecord;
  readonly owner: string;
  readonly acl: readonly GrantRecord[];
}

const aclStatements = (
  { bucket, owner, acl }: OwnedAcl,
  caller: Principal,
  actions: ActionTable,
  resources: readonly string[],
): readonly JsonObject[] => {
  // AWS: where the bucket's owner owns all objects, access lists have no say.
  if (bucket.ownership === "BucketOwnerEnforced") return [];
  const ignoresPublic = bucket.publicAccess?.ignorePublicAcls === true;
  return acl.flatMap(({ grantee, permission }) => {
    const isPublic = grantee === ALL_USERS || grantee === AUTHENTICATED_USERS;
    const principal = isPublic && !ignoresPublic ? PUBLIC_PRINCIPALS[grantee] : namedPrincipal(owner, caller, grantee);
    return principal ? [{ Effect: "Allow", ...principal, Action: actions[permission], Resource: resources }] : [];
  });
};

const PUBLIC_PRINCIPALS: Readonly<Record<string, JsonObject>> = {
  [ALL_USERS]: { Principal: "*" },
  [AUTHENTICATED_USERS]: { Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalType": "Anonymous" } } },
};

/** The owner's own grants add nothing to what its identity policies say; others concern a caller of the account they name. */
const namedPrincipal = (owner: string, caller: Principal, grantee: string): JsonObject | undefined => {
  if (grantee === LOG_DELIVERY) return { Principal: { Service: LOGGING_SERVICE } };
  if (caller.kind === "anonymous" || caller.account === owner) return undefined;
  return grantee === canonicalId(caller.account) ? { Principal: { AWS: caller.account } } : undefined;
};

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

/** AWS: who may list a bucket is told of what is not there, and who may write to it sets the lists of what it makes. */
const NO_OBJECT_ACTIONS: ActionTable = {
  READ: READ_OBJECT,
  WRITE: ["s3:PutObjectAcl"],
  READ_ACP: [],
  WRITE_ACP: [],
  FULL_CONTROL: [...READ_OBJECT, "s3:PutObjectAcl"],
};

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

/** What the owner of an object allows, and the owner of its bucket cannot. */
export const isOwnersToGive = (action: string): boolean => OBJECT_ACTIONS.FULL_CONTROL.includes(action);
