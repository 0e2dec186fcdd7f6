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
