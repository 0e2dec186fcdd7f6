import { createHash } from "node:crypto";
import type { Codec } from "../../store/records.ts";
import type { KeyRecord } from "./records.ts";

/** A key as versions of aloft kept it that knew symmetric keys only. */
interface SymmetricKeyRecord
  extends Pick<KeyRecord, "id" | "arn" | "description" | "enabled" | "policy" | "tags" | "createdAt" | "deletionAt"> {
  readonly rotationDays?: number;
  readonly sealedMaterial: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Keeps keys as JSON; those of earlier versions are read as what they are among the kinds that there are now. */
export const keyCodec: Codec<KeyRecord> = {
  encode: (key) => JSON.stringify(key),
  decode: (stored) => {
    const key: KeyRecord | SymmetricKeyRecord = JSON.parse(
      typeof stored === "string" ? stored : Buffer.from(stored).toString(),
    );
    return "sealedMaterial" in key ? symmetricKey(key) : key;
  },
};

const symmetricKey = ({ sealedMaterial, rotationDays: days, ...key }: SymmetricKeyRecord): KeyRecord => ({
  ...key,
  spec: "SYMMETRIC_DEFAULT",
  usage: "ENCRYPT_DECRYPT",
  origin: "AWS_KMS",
  manager: "CUSTOMER",
  multiRegion: false,
  ...(days === undefined ? {} : { rotation: { days, nextAt: key.createdAt + days * DAY_MS } }),
  rotations: [],
  material: { id: createHash("sha256").update(key.id).digest("hex"), sealed: sealedMaterial },
  formerMaterials: [],
});
