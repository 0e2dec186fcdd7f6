import type { Found } from "./find.ts";
import type { ParameterRecord, VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A parameter's value. AWS: a SecureString that is not to be decrypted is answered as it lies, encrypted. */
export const plainValue = (
  { cipher }: Pick<Room, "cipher">,
  { type, value }: VersionRecord,
  decrypt = false,
): string => (type === "SecureString" && decrypt ? cipher.open(value).toString() : value);

export const parameterView = (
  room: Pick<Room, "cipher">,
  { name, parameter, version, selector }: Found,
  decrypt?: boolean,
) => ({
  Name: name,
  Type: version.type,
  Value: plainValue(room, version, decrypt),
  Version: version.version,
  ...(selector === undefined ? {} : { Selector: selector }),
  LastModifiedDate: new Date(version.modifiedAt),
  ARN: parameter.arn,
  DataType: version.dataType,
});

const metadataView = (version: VersionRecord) => ({
  Name: version.name,
  Type: version.type,
  KeyId: version.keyId,
  LastModifiedDate: new Date(version.modifiedAt),
  LastModifiedUser: version.modifiedBy,
  Description: version.description,
  AllowedPattern: version.allowedPattern,
  Version: version.version,
  Tier: version.tier,
  Policies: policiesView(version),
  DataType: version.dataType,
});

export const descriptionView = ({ arn }: ParameterRecord, version: VersionRecord) => ({
  ...metadataView(version),
  ARN: arn,
});

export const historyView = (room: Pick<Room, "cipher">, version: VersionRecord, decrypt?: boolean) => ({
  ...metadataView(version),
  Value: plainValue(room, version, decrypt),
  Labels: [...version.labels],
});

const policiesView = ({ policies }: VersionRecord) =>
  policies === undefined
    ? []
    : JSON.parse(policies).map((policy: { readonly Type?: string }) => ({
        PolicyText: JSON.stringify(policy),
        PolicyType: policy.Type,
        PolicyStatus: "Pending",
      }));
