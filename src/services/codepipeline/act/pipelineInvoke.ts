import type * as sdk from "@aws-sdk/client-codepipeline";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import type { CallInputOf } from "../../../kernel/aws.ts";
import { errorMessage, known } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import type { Provide } from "./provider.ts";

type StartInput = CallInputOf<typeof sdk, "StartPipelineExecution">;
type Revision = NonNullable<StartInput["sourceRevisions"]>[number];

/**
 * AWS: starts another pipeline, and does not wait for it.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-PipelineInvoke.html
 */
export const pipelineInvoke: Provide = async ({ configuration, ctx, run, began }) => {
  const { PipelineName: name = "", SourceRevisions, Variables } = configuration;
  const { pipelineExecutionId } = await ctx.call("codepipeline", "StartPipelineExecution", {
    name,
    clientRequestToken: run.id,
    ...(SourceRevisions ? { sourceRevisions: listOf("SourceRevisions", SourceRevisions).map(revisionOf) } : {}),
    ...(Variables
      ? {
          variables: listOf("Variables", Variables).map(({ name: variable, value }) => ({
            name: String(variable ?? ""),
            value: String(value ?? ""),
          })),
        }
      : {}),
  });
  const id = known(pipelineExecutionId, "the execution's id");
  const url = `https://console.aws.amazon.com/codesuite/codepipeline/pipelines/${name}/executions/${id}?region=${ctx.region}`;
  began({ id, url });
  return { status: "Succeeded", summary: `Started the pipeline ${name}`, variables: { PipelineExecutionId: id } };
};

const TYPES = ["COMMIT_ID", "IMAGE_DIGEST", "S3_OBJECT_KEY", "S3_OBJECT_VERSION_ID"] as const;

const revisionOf = ({ actionName, revisionType, revisionValue }: JsonObject): Revision => ({
  actionName: String(actionName ?? ""),
  revisionType: TYPES.find((type) => type === revisionType),
  revisionValue: String(revisionValue ?? ""),
});

const listOf = (member: string, text: string): readonly JsonObject[] => {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed.filter(isJsonObject);
  } catch (error) {
    throw new ActionFailure("ConfigurationError", `Invalid JSON in ${member}: ${errorMessage(error)}`);
  }
  throw new ActionFailure("ConfigurationError", `${member} is not a JSON list.`);
};
