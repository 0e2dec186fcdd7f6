import { inspect } from "../../../engines/states/inspect.ts";
import { runThread } from "../../../engines/states/run.ts";
import { tryState } from "../../../engines/states/trial.ts";
import { textOf } from "../../../engines/states/values.ts";
import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import { invalid, unsupportedState } from "../errors.ts";
import { checkIntegrations } from "../integrations/integration.ts";
import type { Operation, Room } from "../room.ts";
import { jsonIn } from "../trial/jsonIn.ts";
import { mockOf } from "../trial/mock.ts";
import { standing } from "../trial/standing.ts";
import { isOfMany, needsMock, type Subject, subjectOf } from "../trial/subject.ts";
import { inspectionView, tellerOf, verdictView } from "../trial/views.ts";

type Asked = InputOf<AwsModels["states"], "TestState">;

/** Runs one state alone. https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html */
export const testState =
  (room: Room): Operation<"TestState"> =>
  async (ctx, asked) => {
    const subject = subjectOf(asked.definition, asked.stateName);
    const mock = mockOf(subject, asked);
    if (!mock) checkRuns(subject, asked);
    const { run, at } = standing(room, ctx, subject, asked);
    const attempts = asked.stateConfiguration?.retrierRetryCount ?? 0;
    const given = asked.stateConfiguration?.mapItemReaderData;
    const readerItems = given === undefined ? undefined : listIn(given);
    const trial = { at, attempts, ...(mock ? { mock } : {}) };
    const verdict = await tryState(run, trial, { signal: ctx.signal, runThread });
    const data = await inspect(at, verdict.result, readerItems);
    const tell = tellerOf([
      [at.input, asked.input],
      [mock && "result" in mock ? mock.result : null, asked.mock?.result],
    ]);
    const isInspected = asked.inspectionLevel !== undefined && asked.inspectionLevel !== "INFO";
    return {
      ...verdictView(verdict, tell),
      ...(isInspected ? { inspectionData: inspectionView(data, verdict, at, tell) } : {}),
    };
  };

/** AWS: what is not to be called for real needs a mock. */
const checkRuns = (subject: Subject, { roleArn }: Asked): void => {
  const { state } = subject;
  if (isOfMany(state))
    throw unsupportedState(
      "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
    );
  if (needsMock(subject))
    throw unsupportedState(
      `TestState API does not support the resource '${textOf(state, "Resource") ?? ""}' without a mock`,
    );
  if (textOf(state, "Type") !== "Task") return;
  if (roleArn === undefined) throw invalid("RoleArn must be specified when testing a Task state");
  checkIntegrations(state);
};

const listIn = (text: string): readonly JsonValue[] => {
  const value = jsonIn(text);
  if (!Array.isArray(value)) throw invalid("Map item reader data must be an array");
  return value;
};
