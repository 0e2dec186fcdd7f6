import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { bytesOf, newArtifact, putArtifact } from "../artifacts.ts";
import type { Provide } from "./provider.ts";

/** Where an execution keeps the key that one of its source actions is told to take. */
export const overriddenKey = (action: string): string => `${action}/S3_OBJECT_KEY`;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html */
export const s3Source: Provide = async (job) => {
  const { pipeline, run, ctx, configuration, execution, began } = job;
  const { S3Bucket = "" } = configuration;
  const S3ObjectKey = execution.overrides[overriddenKey(run.action.name)] ?? configuration["S3ObjectKey"] ?? "";
  const VersionId = execution.overrides[run.action.name];
  const object = await (async () => {
    try {
      return await ctx.call("s3", "GetObject", { Bucket: S3Bucket, Key: S3ObjectKey, VersionId });
    } catch (error) {
      if (errorCode(error) !== "NoSuchKey") throw error;
      throw new ActionFailure("ConfigurationError", `The object with key '${S3ObjectKey}' does not exist.`);
    }
  })();
  // AWS: the bucket of a source must keep versions.
  if (object.VersionId === undefined || object.VersionId === "null")
    throw new ActionFailure(
      "ConfigurationError",
      `The S3 bucket '${S3Bucket}' must have versioning enabled to be a source.`,
    );
  const [artifactName = ""] = run.action.outputArtifacts;
  const output = newArtifact(job, artifactName);
  await putArtifact(ctx, pipeline, output, await bytesOf(object.Body));
  const url = `https://console.aws.amazon.com/s3/object/${S3Bucket}/${S3ObjectKey}`;
  began({ id: object.VersionId, url });
  const summary = `Amazon S3 version id: ${object.VersionId}`;
  return {
    status: "Succeeded",
    summary,
    outputs: [output],
    variables: {
      BucketName: S3Bucket,
      ETag: (object.ETag ?? "").replaceAll('"', ""),
      ObjectKey: S3ObjectKey,
      VersionId: object.VersionId,
    },
    revisions: [{ actionName: run.action.name, artifactName, revisionId: object.VersionId, summary, url }],
  };
};
