import type * as sdk from "@aws-sdk/client-iam";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { Cipher, RoomDeps } from "../../kernel/service.ts";
import type { Collection, Records } from "../../store/records.ts";
import { type IdentityPolicies, openIdentityPolicies } from "./identityPolicies.ts";
import {
  ACCESS_KEYS,
  type AccessKeyRecord,
  type GroupRecord,
  type InstanceProfileRecord,
  MFA_DEVICES,
  type MfaDeviceRecord,
  type Named,
  type OidcProviderRecord,
  openNamed,
  type PolicyRecord,
  type ReportRecord,
  type RoleRecord,
  SERVICE_CREDENTIALS,
  type ServiceCredentialRecord,
  type UserRecord,
} from "./records.ts";
import { openUsage, type Usage } from "./usage.ts";

/** An operation of IAM. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"iam", O>;

/** The state of IAM in one account. */
export interface Room {
  readonly account: string;
  readonly partition: string;
  readonly roles: Named<RoleRecord>;
  readonly users: Named<UserRecord>;
  readonly groups: Named<GroupRecord>;
  readonly policies: Named<PolicyRecord>;
  readonly instanceProfiles: Named<InstanceProfileRecord>;
  /** By access key id. */
  readonly accessKeys: Collection<AccessKeyRecord>;
  /** By id. */
  readonly serviceCredentials: Collection<ServiceCredentialRecord>;
  /** By serial number. */
  readonly mfaDevices: Collection<MfaDeviceRecord>;
  /** By ARN. */
  readonly oidcProviders: Collection<OidcProviderRecord>;
  /** By what they are about. */
  readonly reports: Collection<ReportRecord>;
  /** Single values of the account, such as its alias. */
  readonly settings: Collection<string>;
  /** What binds each identity, compiled. */
  readonly identityPolicies: IdentityPolicies;
  readonly usage: Usage;
  readonly records: Records;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cipher: Cipher;
}

export const openRoom = ({ account, partition, records, clock, ids, cipher }: RoomDeps): Room => {
  const changed = () => identityPolicies.forget();
  const collections = {
    roles: openNamed<RoleRecord>(records, "roles", changed),
    users: openNamed<UserRecord>(records, "users", changed),
    groups: openNamed<GroupRecord>(records, "groups", changed),
    policies: openNamed<PolicyRecord>(records, "policies", changed),
  };
  const identityPolicies = openIdentityPolicies(collections);
  return {
    account,
    partition,
    ...collections,
    instanceProfiles: openNamed<InstanceProfileRecord>(records, "instanceProfiles", changed),
    accessKeys: records.collection(ACCESS_KEYS),
    serviceCredentials: records.collection(SERVICE_CREDENTIALS),
    mfaDevices: records.collection(MFA_DEVICES),
    oidcProviders: records.collection("oidcProviders"),
    reports: records.collection("reports"),
    settings: records.collection("settings"),
    identityPolicies,
    usage: openUsage(records),
    records,
    clock,
    ids,
    cipher,
  };
};

/** Narrows what kernel's rooms hold to IAM's own. */
export const isIamRoom = (room: unknown): room is Room =>
  typeof room === "object" && room !== null && "identityPolicies" in room;
