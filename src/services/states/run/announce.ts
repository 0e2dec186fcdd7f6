import { executionArn, machineArn, nameOfMachine } from "../arns.ts";
import { countExecution } from "../meter.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Tells CloudWatch where an execution stands, and the event stream of standard ones, once that is durable. https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export const announce = ({ deps, meter }: Room, execution: ExecutionRecord): void => {
  countExecution(meter, machineArn(deps, execution.machine), execution);
  if (execution.type === "EXPRESS") return;
  const time = deps.clock.now();
  deps.tasks.spawn(`tell of ${execution.id}`, async () => {
    await deps.records.committed();
    deps.events.emit({
      id: deps.ids.uuid(),
      time,
      source: "aws.states",
      detailType: "Step Functions Execution Status Change",
      account: deps.account,
      region: deps.region,
      resources: [executionArn(deps, execution)],
      detail: detailOf(deps, execution),
    });
  });
};

const detailOf = (deps: Room["deps"], execution: ExecutionRecord) => {
  const { outcome, machine, version, alias } = execution;
  const output = outcome && "output" in outcome ? JSON.stringify(outcome.output) : null;
  return {
    executionArn: executionArn(deps, execution),
    stateMachineArn: machineArn(deps, nameOfMachine(execution)),
    stateMachineVersionArn: version === undefined ? null : machineArn(deps, machine, version),
    stateMachineAliasArn: alias === undefined ? null : machineArn(deps, machine, alias),
    name: execution.name,
    status: execution.status,
    startDate: execution.startedAt,
    stopDate: execution.stoppedAt ?? null,
    input: JSON.stringify(execution.input),
    inputDetails: { included: true },
    output,
    outputDetails: output === null ? null : { included: true },
    error: outcome && "error" in outcome ? outcome.error : null,
    cause: (outcome && "error" in outcome ? outcome.cause : undefined) ?? null,
    redriveCount: execution.redriveCount,
    redriveDate: execution.redrivenAt ?? null,
    redriveStatus: execution.status === "RUNNING" || execution.status === "SUCCEEDED" ? "NOT_REDRIVABLE" : "REDRIVABLE",
    redriveStatusReason: null,
  };
};
