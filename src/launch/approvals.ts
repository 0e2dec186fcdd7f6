import { type ApprovalStatus, GetPipelineStateCommand, PutApprovalResultCommand } from "@aws-sdk/client-codepipeline";
import { LaunchFailed } from "./progress.ts";
import { pipelineNames } from "./runs.ts";
import type { Clients } from "./target.ts";

/** An action that waits for a person. */
export interface Approval {
  readonly pipeline: string;
  readonly stage: string;
  readonly action: string;
  readonly run: string;
  /** What the pipeline says for the person to decide. */
  readonly question: string;
}

interface Waiting extends Approval {
  readonly token: string;
}

/** Which approval is meant; everything may stay open where only one waits. */
export interface ApprovalWish {
  readonly pipeline?: string | undefined;
  readonly action?: string | undefined;
}

/** Gives the answer to the one approval that waits and fits. Throws LaunchFailed when none does, or several. */
export const answerApproval = async (
  clients: Clients,
  wish: ApprovalWish,
  answer: { readonly status: ApprovalStatus; readonly summary: string },
): Promise<Approval> => {
  const waiting = (await waitingApprovals(clients, wish.pipeline)).filter(
    ({ action }) => wish.action === undefined || action === wish.action,
  );
  const [only] = waiting;
  if (only === undefined) throw new LaunchFailed("No action waits for an approval.", "aloft status");
  if (waiting.length > 1) {
    const all = waiting.map(({ pipeline, action }) => `${action} of ${pipeline}`).join(", ");
    throw new LaunchFailed(
      `Several wait: ${all}.`,
      `aloft ${answer.status === "Approved" ? "approve" : "reject"} --pipeline ${only.pipeline} --action ${only.action}`,
    );
  }
  const { token, ...approval } = only;
  await clients.codepipeline.send(
    new PutApprovalResultCommand({
      pipelineName: approval.pipeline,
      stageName: approval.stage,
      actionName: approval.action,
      token,
      result: answer,
    }),
  );
  return approval;
};

/** What waits for a person, in all pipelines or in this one only. */
export const approvalsThatWait = async (clients: Clients, only?: string): Promise<readonly Approval[]> =>
  (await waitingApprovals(clients, only)).map(({ token: _, ...approval }) => approval);

const waitingApprovals = async (clients: Clients, only: string | undefined): Promise<readonly Waiting[]> => {
  const names = only === undefined ? await pipelineNames(clients) : [only];
  const found = await Promise.all(names.map((name) => waitingOf(clients, name)));
  return found.flat();
};

const waitingOf = async ({ codepipeline }: Clients, pipeline: string): Promise<readonly Waiting[]> => {
  const { stageStates = [] } = await codepipeline.send(new GetPipelineStateCommand({ name: pipeline }));
  return stageStates.flatMap(({ stageName: stage = "", latestExecution, actionStates = [] }) =>
    actionStates.flatMap(({ actionName: action = "", latestExecution: latest }) =>
      latest?.token === undefined || latest.status !== "InProgress"
        ? []
        : [
            {
              pipeline,
              stage,
              action,
              run: latestExecution?.pipelineExecutionId ?? "",
              question: latest.summary ?? "",
              token: latest.token,
            },
          ],
    ),
  );
};
