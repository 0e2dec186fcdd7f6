import { createHash } from "node:crypto";
import { invalidParameter, limitExceeded, tokenInUse, tokenMissing } from "./errors.ts";
import { MAX_DEPRECATED_VERSIONS, MAX_STAGES_PER_SECRET } from "./limits.ts";
import { CURRENT, PENDING, PREVIOUS, type SecretRecord, type VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A value as the API takes it. */
export interface SecretValue {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

/** A request that may bring a value, and the id of the version it makes. */
interface VersionRequest extends SecretValue {
  readonly ClientRequestToken?: string | undefined;
}

/** The version that a request makes, sealed; none where it brings no value. AWS: its id is the caller's to give, and SDKs do. */
export const newVersion = (
  { cipher, clock }: Pick<Room, "cipher" | "clock">,
  { ClientRequestToken: versionId, SecretString, SecretBinary }: VersionRequest,
  stages: readonly string[],
): VersionRecord | undefined => {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  const plain = SecretString ?? SecretBinary;
  if (plain === undefined) return undefined;
  if (versionId === undefined) throw tokenMissing();
  return {
    versionId,
    createdAt: clock.now(),
    stages,
    sealed: cipher.seal(plain),
    kind: SecretString === undefined ? "binary" : "string",
    digest: createHash("sha256").update(plain).digest("hex"),
  };
};

/** The value of a version, as the API gives it. */
export const openValue = ({ cipher }: Pick<Room, "cipher">, version: VersionRecord): SecretValue => {
  const plain = cipher.open(version.sealed);
  return version.kind === "string" ? { SecretString: plain.toString("utf8") } : { SecretBinary: plain };
};

/** The secret's version of that id if a request repeats it; a different value under the same id is refused. */
export const repeatedVersion = (secret: SecretRecord, version: VersionRecord): VersionRecord | undefined => {
  const known = secret.versions.find(({ versionId, isEmpty }) => versionId === version.versionId && !isEmpty);
  if (known && known.digest !== version.digest) throw tokenInUse(version.versionId, secret.arn);
  return known;
};

/** The secret with one more version, which takes its stages from the others. */
export const withVersion = (secret: SecretRecord, added: VersionRecord, now: number): SecretRecord => {
  const replaced = added.stages.includes(CURRENT) ? currentOf(secret) : undefined;
  const others = withoutEmptyVersion(secret, added.versionId).versions.map((version) => {
    const kept = version.stages.filter((stage) => !added.stages.includes(stage));
    if (version === replaced)
      return { ...version, stages: [...kept.filter((stage) => !SUCCEEDED.has(stage)), PREVIOUS] };
    return { ...version, stages: replaced ? kept.filter((stage) => stage !== PREVIOUS) : kept };
  });
  return { ...secret, changedAt: now, versions: pruned([...others, added]) };
};

/** The secret with a version that a rotation is to fill; the one it has, if it was to be filled before. */
export const withEmptyVersion = (secret: SecretRecord, versionId: string, now: number): SecretRecord => {
  if (secret.versions.some((version) => version.versionId === versionId)) return secret;
  const nothing = { isEmpty: true, sealed: "", kind: "string", digest: "" } as const;
  return withVersion(secret, { versionId, createdAt: now, stages: [PENDING], ...nothing }, now);
};

/** The secret without a version that has not been filled. */
export const withoutEmptyVersion = (secret: SecretRecord, versionId: string): SecretRecord => ({
  ...secret,
  versions: secret.versions.filter((version) => version.versionId !== versionId || !version.isEmpty),
});

/** What a version no longer is once a newer value is current. */
const SUCCEEDED: ReadonlySet<string> = new Set([PENDING, PREVIOUS]);

/** The secret with a stage moved to one version, or taken from all. */
export const withStageAt = (
  secret: SecretRecord,
  stage: string,
  versionId: string | undefined,
  now: number,
): SecretRecord => {
  const current = currentOf(secret);
  const movesCurrent = stage === CURRENT && current?.versionId !== versionId;
  const versions = secret.versions.map((version) => {
    const dropped = version.stages.filter((each) => each !== stage && !(movesCurrent && each === PREVIOUS));
    if (version.versionId === versionId) return { ...version, stages: [...dropped, stage] };
    return { ...version, stages: movesCurrent && version === current ? [...dropped, PREVIOUS] : dropped };
  });
  return { ...secret, changedAt: now, versions };
};

const currentOf = (secret: SecretRecord) => secret.versions.find(({ stages }) => stages.includes(CURRENT));

/** Versions without a stage are deprecated; AWS keeps the newest hundred of them. */
const pruned = (versions: readonly VersionRecord[]): readonly VersionRecord[] => {
  const stages = versions.flatMap((version) => version.stages);
  if (stages.length > MAX_STAGES_PER_SECRET) {
    throw limitExceeded(`You can't attach more than ${MAX_STAGES_PER_SECRET} staging labels to a secret.`);
  }
  const deprecated = versions.filter((version) => version.stages.length === 0);
  const surplus = new Set(deprecated.slice(0, Math.max(0, deprecated.length - MAX_DEPRECATED_VERSIONS)));
  return versions.filter((version) => !surplus.has(version));
};
