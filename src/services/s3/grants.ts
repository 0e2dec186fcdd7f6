import { hash } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import { aclNotSupported, invalidArgument, invalidRequest, malformedAcl } from "./errors.ts";
import { NOBODY } from "./ownership.ts";
import type { BucketRecord, GrantRecord, Permission } from "./records.ts";

/** The members by which requests set an access control list. */
export interface AclInput {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

export const ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
export const AUTHENTICATED_USERS = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
export const LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery";
const GROUPS: ReadonlySet<string> = new Set([ALL_USERS, AUTHENTICATED_USERS, LOG_DELIVERY]);

/** The canonical user id of an account: 64 hexadecimal digits. */
export const canonicalId = (account: string): string =>
  account === NOBODY ? NOBODYS_ID : hash("sha256", `canonical user of ${account}`);

/** AWS: the one user who owns what nobody signed. */
const NOBODYS_ID = "65a011a29cdf8ec533ec3d1ccaae921c";

export const ownerView = (account: string) => ({ ID: canonicalId(account) });

/** The owner alone may do everything: what there is without another list. */
export const privateAcl = (owner: string): readonly GrantRecord[] => [grantTo(owner, "FULL_CONTROL")];

/** The list a request sets on a bucket or an object, or undefined when it sets none. */
export const aclOf = (input: AclInput, owner: string, bucketOwner: string): readonly GrantRecord[] | undefined => {
  const granted = GRANT_HEADERS.flatMap(([member, permission]) => headerGrants(input[member], permission));
  if (input.ACL === undefined) return granted.length > 0 ? granted : undefined;
  if (granted.length > 0) throw invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
  const canned = CANNED[input.ACL];
  if (!canned) throw invalidArgument("", "x-amz-acl", input.ACL);
  return [...privateAcl(owner), ...canned(owner, bucketOwner)];
};

/** Refuses lists that a bucket does not take. AWS: a bucket whose owner owns all objects takes only what says just that. */
export const checkAclAllowed = (
  bucket: BucketRecord,
  input: AclInput,
  acl: readonly GrantRecord[] | undefined,
): void => {
  if (acl === undefined || bucket.ownership === undefined) return;
  if (bucket.ownership === "BucketOwnerEnforced" && input.ACL !== "bucket-owner-full-control") throw aclNotSupported();
};

/** Whether a list lets in everyone, or every AWS account. */
export const isPublicAcl = (acl: readonly GrantRecord[]): boolean =>
  acl.some(({ grantee }) => grantee === ALL_USERS || grantee === AUTHENTICATED_USERS);

interface GranteeInput {
  readonly Type?: string | undefined;
  readonly ID?: string | undefined;
  readonly URI?: string | undefined;
  readonly EmailAddress?: string | undefined;
}

/** A list as the API's document gives it. */
export interface AclDocument {
  readonly Owner?: { readonly ID?: string | undefined } | undefined;
  readonly Grants?:
    | readonly { readonly Grantee?: GranteeInput | undefined; readonly Permission?: string | undefined }[]
    | undefined;
}

/** AWS: a document names the owner, and only grantees that there can be. */
export const grantsFrom = ({ Owner, Grants }: AclDocument): readonly GrantRecord[] => {
  if (!Owner || !Grants) throw malformedAcl();
  if (Owner.ID !== undefined && !CANONICAL_ID.test(Owner.ID)) throw invalidGrantee("CanonicalUser/ID", "id", Owner.ID);
  return Grants.map(({ Grantee, Permission: name }) => {
    const permission = PERMISSIONS.find((each) => each === name);
    if (!permission || !Grantee) throw malformedAcl();
    return { ...granteeFrom(Grantee), permission };
  });
};

const CANONICAL_ID = /^[0-9a-f]{64}$/;

const invalidGrantee = (argument: string, what: string, value: string) =>
  invalidArgument(`Invalid ${what}`, argument, value);

export const grantsView = (acl: readonly GrantRecord[]) =>
  acl.map(({ kind, grantee, permission }) => ({ Grantee: granteeView(kind, grantee), Permission: permission }));

const granteeView = (kind: GrantRecord["kind"], grantee: string) => {
  return kind === "Group" ? { Type: kind, URI: grantee } : { Type: kind, ID: grantee };
};

const granteeFrom = ({ ID, URI, EmailAddress }: GranteeInput): Pick<GrantRecord, "kind" | "grantee"> => {
  if (URI !== undefined) {
    if (!GROUPS.has(URI)) throw invalidGrantee("Group/URI", "group uri", URI);
    return { kind: "Group", grantee: URI };
  }
  if (ID !== undefined) {
    if (!CANONICAL_ID.test(ID)) throw invalidGrantee("CanonicalUser/ID", "id", ID);
    return { kind: "CanonicalUser", grantee: ID };
  }
  if (EmailAddress !== undefined) throw unknownEmail();
  throw malformedAcl();
};

/** Accounts here have no addresses. */
const unknownEmail = () =>
  new AwsError(
    "UnresolvableGrantByEmailAddress",
    "The e-mail address you provided does not match any account on record.",
    400,
  );

export const PERMISSIONS: readonly Permission[] = ["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"];

const GRANT_HEADERS = [
  ["GrantFullControl", "FULL_CONTROL"],
  ["GrantRead", "READ"],
  ["GrantWrite", "WRITE"],
  ["GrantReadACP", "READ_ACP"],
  ["GrantWriteACP", "WRITE_ACP"],
] as const;

const grantTo = (account: string, permission: Permission): GrantRecord => ({
  kind: "CanonicalUser",
  grantee: canonicalId(account),
  permission,
});

const toGroup = (grantee: string, permission: Permission): GrantRecord => ({ kind: "Group", grantee, permission });

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED: Readonly<Record<string, (owner: string, bucketOwner: string) => readonly GrantRecord[]>> = {
  private: () => [],
  "public-read": () => [toGroup(ALL_USERS, "READ")],
  "public-read-write": () => [toGroup(ALL_USERS, "READ"), toGroup(ALL_USERS, "WRITE")],
  "authenticated-read": () => [toGroup(AUTHENTICATED_USERS, "READ")],
  // Differs: the image service's own grant is left out, as no such service runs here.
  "aws-exec-read": () => [],
  "log-delivery-write": () => [toGroup(LOG_DELIVERY, "WRITE"), toGroup(LOG_DELIVERY, "READ_ACP")],
  "bucket-owner-read": (owner, bucketOwner) => (owner === bucketOwner ? [] : [grantTo(bucketOwner, "READ")]),
  "bucket-owner-full-control": (owner, bucketOwner) =>
    owner === bucketOwner ? [] : [grantTo(bucketOwner, "FULL_CONTROL")],
};

/** `id="…", uri="…"`: the grantees of one permission. */
const headerGrants = (header: string | undefined, permission: Permission): readonly GrantRecord[] =>
  (header ?? "")
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [, type = "", value = ""] = /^\s*([A-Za-z]+)\s*=\s*"?([^"]*)"?\s*$/.exec(part) ?? [];
      if (type.toLowerCase() === "emailaddress") throw unknownEmail();
      const kind = GRANTEE_KINDS[type.toLowerCase()];
      if (!kind) throw invalidArgument("Argument format not recognized", GRANT_NAMES[permission], part.trim());
      if (kind === "CanonicalUser" && !CANONICAL_ID.test(value)) throw invalidGrantee("id", "id", value);
      if (kind === "Group" && !GROUPS.has(value)) throw invalidGrantee("uri", "group uri", value);
      return { kind, grantee: value, permission };
    });

const GRANT_NAMES: Readonly<Record<Permission, string>> = {
  FULL_CONTROL: "x-amz-grant-full-control",
  READ: "x-amz-grant-read",
  WRITE: "x-amz-grant-write",
  READ_ACP: "x-amz-grant-read-acp",
  WRITE_ACP: "x-amz-grant-write-acp",
};

const GRANTEE_KINDS: Readonly<Record<string, GrantRecord["kind"]>> = {
  id: "CanonicalUser",
  uri: "Group",
};
