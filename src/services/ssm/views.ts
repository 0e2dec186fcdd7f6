import type { Found } from "./find.ts";
import { policiesFrom } from "./policies/parse.ts";
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

const metadataView = (version: VersionRecord, now: number) => ({
  Name: version.name,
  Type: version.type,
  KeyId: version.keyId,
  LastModifiedDate: new Date(version.modifiedAt),
  LastModifiedUser: version.modifiedBy,
  Description: version.description,
  AllowedPattern: version.allowedPattern,
  Version: version.version,
  Tier: version.tier,
  Policies: policiesView(version, now),
  DataType: version.dataType,
});

export const descriptionView = ({ arn }: ParameterRecord, version: VersionRecord, now: number) => ({
  ...metadataView(version, now),
  ARN: arn,
});

export const historyView = (room: Pick<Room, "cipher" | "clock">, version: VersionRecord, decrypt?: boolean) => ({
  ...metadataView(version, room.clock.now()),
  Value: plainValue(room, version, decrypt),
  Labels: [...version.labels],
});

const policiesView = ({ policies, modifiedAt }: VersionRecord, now: number) =>
  (policies === undefined ? [] : policiesFrom(policies)).map(({ type, text, dueAt }) => ({
    PolicyText: text,
    PolicyType: type,
    PolicyStatus: dueAt(modifiedAt) <= now ? "Finished" : "Pending",
  }));
