import type { External, Outcome } from "../../../engines/pipeline/model.ts";
import { outputPlaces } from "../artifacts.ts";
import { executionUrl } from "../entityUrl.ts";
import type { AnswerRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { Job } from "./provider.ts";

/** Waits for the answer to an action's run: a decision or a job's result. */
export const answerTo = ({ room, run, signal }: Pick<Job, "room" | "run" | "signal">): Promise<AnswerRecord> =>
  new Promise((resolve, reject) => {
    const leave = () => {
      room.answered.delete(look);
      signal.removeEventListener("abort", abort);
    };
    const abort = () => {
      leave();
      reject(signal.reason);
    };
    const look = () => {
      const answer = room.tables.answers.get(run.id);
      if (!answer) return;
      leave();
      resolve(answer);
    };
    if (signal.aborted) return abort();
    room.answered.add(look);
    signal.addEventListener("abort", abort, { once: true });
    look();
  });

/** Keeps an answer, and wakes who waits for it. */
export const giveAnswer = (room: Room, runId: string, answer: AnswerRecord): void => {
  room.tables.answers.put(runId, answer);
  for (const wake of [...room.answered]) wake();
};

/** What a worker or a function says of its job. */
export const outcomeOf = (job: Job, { status, summary, externalId, ...answer }: AnswerRecord): Outcome => {
  const { room, run, pipeline, execution } = job;
  if (externalId) job.began(shownAt(job, externalId));
  if (status !== "Succeeded")
    return { status: "Failed", summary, error: { code: answer.failureType ?? "JobFailed", message: summary } };
  const revisionId = answer.revision?.id ?? execution.overrides[run.action.name];
  const [artifactName = ""] = run.action.outputArtifacts;
  return {
    status: "Succeeded",
    summary,
    outputs: outputPlaces(room, pipeline, run),
    ...(answer.variables ? { variables: answer.variables } : {}),
    ...(revisionId === undefined || run.action.category !== "Source"
      ? {}
      : { revisions: [{ actionName: run.action.name, artifactName, revisionId, ...revisionFacts(answer, summary) }] }),
  };
};

/** What an action is known by elsewhere, and the page that shows it there. */
export const shownAt = ({ room, run, configuration }: Job, id: string): External => {
  const url = executionUrl(room, { action: run.action, configuration }, id);
  return url === undefined ? { id } : { id, url };
};

const revisionFacts = ({ revision }: Pick<AnswerRecord, "revision">, summary: string) => ({
  summary: revision?.summary ?? summary,
  ...(revision?.created === undefined ? {} : { created: revision.created }),
});
