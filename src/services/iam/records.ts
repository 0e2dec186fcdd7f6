import type { Records } from "../../store/records.ts";

/** A policy written into one identity, as text. */
export interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

/** What users, roles and groups have in common: a name within a path, and policies. */
export interface PolicyHolder {
  readonly name: string;
  /** `/` or `/team/app/` */
  readonly path: string;
  /** `AROA…`, `AIDA…`, `AGPA…`: never given to another of the same name. */
  readonly id: string;
  readonly arn: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  readonly inlinePolicies: readonly InlinePolicy[];
  /** ARNs of the managed policies attached. */
  readonly attachedPolicies: readonly string[];
}

/** The stack's resource that something was made for. */
export interface MadeFor {
  readonly madeFor?: string;
}

export interface RoleRecord extends PolicyHolder, MadeFor {
  /** Who may assume it, as text. */
  readonly trustPolicy: string;
  readonly description?: string;
  readonly maxSessionDurationSeconds: number;
  readonly boundaryArn?: string;
  readonly tags: readonly TagRecord[];
  /** The service that alone may change it, for service-linked roles. */
  readonly linkedService?: string;
}

export interface UserRecord extends PolicyHolder, MadeFor {
  readonly boundaryArn?: string;
  readonly tags: readonly TagRecord[];
  /** Names of the groups it is in. */
  readonly groups: readonly string[];
  readonly loginProfile?: LoginProfileRecord;
}

/** A password for the console; kept sealed. */
export interface LoginProfileRecord {
  readonly sealedPassword: string;
  readonly createdAt: number;
  readonly resetRequired: boolean;
}

export type GroupRecord = PolicyHolder;

/** A managed policy of the customer's own. */
export interface PolicyRecord {
  readonly name: string;
  readonly path: string;
  /** `ANPA…` */
  readonly id: string;
  readonly arn: string;
  readonly description?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly versions: readonly PolicyVersionRecord[];
  readonly defaultVersionId: string;
  /** The number the next version gets; numbers are never given twice. */
  readonly nextVersion: number;
  readonly tags: readonly TagRecord[];
}

export interface PolicyVersionRecord {
  /** `v1` */
  readonly versionId: string;
  readonly document: string;
  readonly createdAt: number;
}

/** A user's long-term key; the secret is kept sealed. */
export interface AccessKeyRecord {
  readonly accessKeyId: string;
  readonly userName: string;
  readonly sealedSecret: string;
  readonly status: "Active" | "Inactive";
  readonly createdAt: number;
}

/** A user's name and password for one service that takes no signatures; the password is kept sealed. */
export interface ServiceCredentialRecord {
  /** `ACCA…` */
  readonly id: string;
  readonly userName: string;
  /** `codecommit.amazonaws.com` */
  readonly service: string;
  readonly serviceUserName: string;
  readonly sealedPassword: string;
  readonly status: "Active" | "Inactive";
  readonly createdAt: number;
}

export interface InstanceProfileRecord {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly roleName?: string;
  readonly tags: readonly TagRecord[];
}

/** An identity provider outside, whose tokens a role's trust policy may name. */
export interface OidcProviderRecord {
  readonly arn: string;
  /** Without its scheme. */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly createdAt: number;
  readonly tags: readonly TagRecord[];
}

/** A device of a second factor that is a program; its seed is kept sealed. */
export interface MfaDeviceRecord {
  /** Its ARN. */
  readonly serialNumber: string;
  readonly sealedSeed: string;
  readonly createdAt: number;
  readonly tags: readonly TagRecord[];
  /** Once a user has it. */
  readonly assigned?: MfaAssignment;
}

export interface MfaAssignment {
  readonly userName: string;
  readonly enabledAt: number;
  /** By how many steps its time is before ours. */
  readonly driftSteps: number;
  /** The step of the last code that was taken: none before it counts again. */
  readonly lastStep: number;
}

/** What was found out about the account at a time. */
export interface ReportRecord {
  readonly generatedAt: number;
  readonly content: string;
}

/** Records by a name that is unique without regard to case, as IAM's are. */
export interface Named<R extends { readonly name: string }> {
  get(name: string): R | undefined;
  /** Whether the name is taken, in whatever case. */
  taken(name: string): boolean;
  put(record: R): void;
  remove(name: string): void;
  /** In order of name. */
  list(): Iterable<R>;
  count(): number;
}

/** `changed` hears of every write, so that what was compiled from the records can be forgotten. */
export const openNamed = <R extends { readonly name: string }>(
  records: Records,
  collection: string,
  changed: () => void,
): Named<R> => {
  const byName = records.collection<R>(collection);
  return {
    get: (name) => {
      const found = byName.get(name.toLowerCase());
      return found?.name === name ? found : undefined;
    },
    taken: (name) => byName.has(name.toLowerCase()),
    put: (record) => {
      byName.put(record.name.toLowerCase(), record);
      changed();
    },
    remove: (name) => {
      byName.delete(name.toLowerCase());
      changed();
    },
    *list() {
      for (const { value } of byName.range()) yield value;
    },
    count: () => byName.count(),
  };
};

/** The collection of access keys, by their id. */
export const ACCESS_KEYS = "accessKeys";

/** The collection of names and passwords for single services, by their id. */
export const SERVICE_CREDENTIALS = "serviceCredentials";

/** The collection of devices of a second factor, by their serial number. */
export const MFA_DEVICES = "mfaDevices";
