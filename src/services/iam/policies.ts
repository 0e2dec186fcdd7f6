import type { Attachment } from "./attachments.ts";
import { policyNotFound } from "./errors.ts";
import { type AwsManagedPolicy, awsManagedPolicy } from "./managedPolicies.ts";
import type { PolicyRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { encodedDocument, tagView } from "./views.ts";

/** A managed policy of either kind; AWS's own have one version here, the one in force. */
export const findAnyPolicy = ({ policies }: Pick<Room, "policies">, arn: string): PolicyRecord => {
  const aws = awsManagedPolicy(arn);
  if (aws) return asRecord(aws);
  const own = policies.get(arn.slice(arn.lastIndexOf("/") + 1));
  if (own?.arn !== arn) throw policyNotFound(arn);
  return own;
};

/** AWS's policy in the form of the account's own. */
export const asRecord = ({ versionId, document, ...policy }: AwsManagedPolicy): PolicyRecord => ({
  ...policy,
  versions: [{ versionId, document, createdAt: policy.updatedAt }],
  defaultVersionId: versionId,
  nextVersion: Number(versionId.slice(1)) + 1,
  tags: [],
});

/** A policy as ListPolicies gives it; GetPolicy and CreatePolicy add its tags and description. */
export const policyListView = (policy: PolicyRecord, attachments: readonly Attachment[]) => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersionId,
  AttachmentCount: attachments.filter(({ asBoundary }) => !asBoundary).length,
  PermissionsBoundaryUsageCount: attachments.filter(({ asBoundary }) => asBoundary).length,
  IsAttachable: !policy.path.startsWith("/aws-service-role/"),
  CreateDate: new Date(policy.createdAt),
  UpdateDate: new Date(policy.updatedAt),
});

export const policyView = (policy: PolicyRecord, attachments: readonly Attachment[]) => ({
  ...policyListView(policy, attachments),
  ...(policy.description === undefined ? {} : { Description: policy.description }),
  Tags: policy.tags.map(tagView),
});

export const versionView = (policy: PolicyRecord, version: PolicyRecord["versions"][number]) => ({
  VersionId: version.versionId,
  IsDefaultVersion: version.versionId === policy.defaultVersionId,
  CreateDate: new Date(version.createdAt),
});

export const versionDetailView = (policy: PolicyRecord, version: PolicyRecord["versions"][number]) => ({
  ...versionView(policy, version),
  Document: encodedDocument(version.document),
});
