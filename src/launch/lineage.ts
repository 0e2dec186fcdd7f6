import { HeadObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import type { Clients } from "./target.ts";

type Revisions = Readonly<Record<string, string>>;

/** Where an artifact of a run lies. */
export interface RunArtifact {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
}

/** What of an action tells where artifacts come from. */
interface Step {
  readonly stage: string;
  readonly action: string;
  readonly inputs: readonly RunArtifact[];
  readonly outputs: readonly RunArtifact[];
}

/** Where an artifact that an action took comes from, and what it holds. */
export interface Lineage {
  /** `Build / BuildSAM`; absent when an earlier run made it. */
  readonly from?: string;
  /** Of the sources it was made of, by their actions. */
  readonly revisions: Revisions;
  /** `sha256:…`, or the object's ETag; absent when it is gone. */
  readonly digest?: string;
}

/** Follows the artifacts of a run from action to action; an action's revisions are those of all that it took. */
export const lineageOf = (actions: readonly Step[], sources: Revisions): ((taken: RunArtifact) => Lineage) => {
  const made = new Map<string, Lineage>();
  const lookUp = ({ key }: RunArtifact): Lineage => made.get(key) ?? { revisions: sources };
  for (const { stage, action, inputs, outputs } of actions) {
    const own = sources[action];
    const revisions: Revisions =
      inputs.length === 0 && own !== undefined
        ? { [action]: own }
        : Object.assign({}, ...inputs.map((taken) => lookUp(taken).revisions));
    // What is copied to another region keeps its key.
    for (const { key } of outputs) made.set(key, { from: `${stage} / ${action}`, revisions });
  }
  return lookUp;
};

/** What an artifact's object is known by. */
export const digestOf = async ({ s3 }: Clients, { bucket, key }: RunArtifact): Promise<string | undefined> => {
  try {
    const asked = new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: "ENABLED" });
    const { ChecksumSHA256, ChecksumType, ETag } = await s3.send(asked);
    if (ChecksumSHA256 !== undefined && ChecksumType !== "COMPOSITE")
      return `sha256:${Buffer.from(ChecksumSHA256, "base64").toString("hex")}`;
    return ETag && `etag:${ETag.replaceAll('"', "")}`;
  } catch (error) {
    // Its bucket keeps it no longer, or is not open to whoever asks.
    if (error instanceof S3ServiceException) return undefined;
    throw error;
  }
};
