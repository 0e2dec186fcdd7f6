import type { Standing } from "../../../engines/states/flow.ts";
import type { Run } from "../../../engines/states/model.ts";
import { TRIAL_THREAD } from "../../../engines/states/trial.ts";
import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { executionArn, machineArn } from "../arns.ts";
import { invalid } from "../errors.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { runOf } from "../run/drive.ts";
import { fleetingLedger } from "../run/ledger.ts";
import { givenContext } from "./context.ts";
import { jsonIn } from "./jsonIn.ts";
import type { Subject } from "./subject.ts";

type Asked = InputOf<AwsModels["states"], "TestState">;

/** An execution that is nowhere kept, in which the state stands. */
export const standing = (room: Room, ctx: Context, subject: Subject, asked: Asked): { run: Run; at: Standing } => {
  const { name, state, isJsonata } = subject;
  const { deps } = room;
  const input = jsonIn(asked.input ?? "{}");
  const [machine, unique] = [deps.ids.uuid(), deps.ids.uuid()];
  const execution: ExecutionRecord = {
    id: `${machine}:${unique}`,
    machine,
    name: unique,
    type: "EXPRESS",
    revisionId: "",
    input,
    status: "RUNNING",
    startedAt: deps.clock.now(),
    redriveCount: 0,
    traceId: ctx.beginTrace(),
  };
  const definition: JsonObject = {
    StartAt: name,
    ...(isJsonata ? { QueryLanguage: "JSONata" } : {}),
    States: { [name]: state },
  };
  const revision = {
    revisionId: "",
    definition: "",
    roleArn: asked.roleArn ?? "",
    logging: undefined,
    tracing: undefined,
  };
  const run = runOf(
    room,
    execution,
    revision,
    definition,
    fleetingLedger(room, () => {}),
    ctx.signal,
  );
  const variables = objectIn(asked.variables);
  run.ledger.save({ id: TRIAL_THREAD, scope: [], state: name, input, variables, lastEvent: 0, retries: {} });
  const context =
    asked.context === undefined ? ownContext(room, execution, subject, asked) : givenContext(asked.context, subject);
  return { run, at: { state, isJsonata, input, variables, context, chance: run.chance } };
};

const ownContext = ({ deps }: Room, execution: ExecutionRecord, { name }: Subject, { roleArn }: Asked): JsonObject => ({
  Execution: {
    Id: executionArn(deps, execution),
    Input: execution.input,
    Name: execution.name,
    RoleArn: roleArn ?? null,
    StartTime: new Date(execution.startedAt).toISOString(),
  },
  StateMachine: { Id: machineArn(deps, execution.machine), Name: execution.machine },
  State: { Name: name, EnteredTime: new Date(execution.startedAt).toISOString(), RetryCount: 0 },
});

const objectIn = (text: string | undefined): JsonObject => {
  const value = jsonIn(text ?? "{}");
  if (!isJsonObject(value)) throw invalid("Variables must be a JSON object");
  return value;
};
