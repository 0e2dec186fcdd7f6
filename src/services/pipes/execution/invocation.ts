import { isRefusal } from "../../../kernel/errors.ts";
import type { Exchange } from "./exchange.ts";
import type { Execution } from "./execution.ts";
import { failureOf, StageFailure } from "./failure.ts";

/** Makes the call of a stage and tells the log of it; what is refused is the stage's failure. */
export const invocation = async <T>(
  { journal, id }: Execution,
  stage: "Enrichment" | "Target",
  arn: string,
  call: () => Promise<T>,
): Promise<T> => {
  journal.note("TRACE", `${stage}InvocationStarted`);
  try {
    return await call();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const document = failureOf(stage, arn, id, error);
    journal.note("ERROR", `${stage}InvocationFailed`, { error: document });
    throw new StageFailure(document);
  }
};

/** The members of an exchange that are known. */
export const exchanged = ({ request, response }: Exchange): Exchange => ({
  ...(request === undefined ? {} : { request }),
  ...(response === undefined ? {} : { response }),
});
