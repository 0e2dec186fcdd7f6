import { known } from "../../../kernel/errors.ts";
import { actionTimeoutMs } from "../limits.ts";
import { answerTo } from "./answers.ts";
import type { Job, Provide } from "./provider.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html */
export const approval: Provide = async (job) => {
  if (!job.run.external) await notify(job);
  const answer = await answerTo(job);
  const updatedBy = answer.by;
  return answer.status === "Approved"
    ? { status: "Succeeded", summary: answer.summary, updatedBy }
    : {
        status: "Failed",
        summary: answer.summary,
        updatedBy,
        // AWS shows no error of a rejection but its comment.
        error: { code: "JobFailed", message: answer.summary || "Rejected" },
      };
};

/** AWS: https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-json-format.html */
const notify = async ({ configuration, ctx, run, room, began }: Job): Promise<void> => {
  const { NotificationArn, CustomData, ExternalEntityLink } = configuration;
  const { region } = room.deps;
  const page = `https://console.aws.amazon.com/codesuite/codepipeline/pipelines/${run.pipelineName}/view?region=${region}`;
  if (NotificationArn) {
    const message = {
      region,
      consoleLink: page,
      approval: {
        pipelineName: run.pipelineName,
        stageName: run.stageName,
        actionName: run.action.name,
        token: known(run.token, "the approval's token"),
        expires: new Date(run.startedAt + actionTimeoutMs(run.action)).toISOString().slice(0, 16).concat("Z"),
        externalEntityLink: ExternalEntityLink ?? null,
        approvalReviewLink: `${page}#/${run.stageName}/${run.action.name}/approve/${run.token}`,
        customData: CustomData ?? null,
      },
    };
    await ctx.call("sns", "Publish", {
      TopicArn: NotificationArn,
      Subject: `APPROVAL NEEDED: AWS CodePipeline ${run.pipelineName} for action ${run.action.name}`.slice(0, 100),
      Message: JSON.stringify(message),
    });
  }
  // Kept, so that nobody is asked twice after a crash.
  began({ id: run.id });
};
