import { machineAt } from "../../engines/states/scope.ts";
import type { AwsModels, OutputOf } from "../../kernel/aws.ts";
import { activityArn, executionArn, machineArn, mapRunArn, nameOfMachine } from "./arns.ts";
import {
  type ActivityRecord,
  type AliasRecord,
  type ChildPlace,
  type ExecutionRecord,
  type HistoryRecord,
  INITIAL_REVISION,
  type MachineRecord,
  type Revision,
  type VersionRecord,
} from "./records.ts";
import type { Room } from "./room.ts";

type Has = Pick<Room, "deps">;
type HistoryEvent = NonNullable<OutputOf<AwsModels["states"], "GetExecutionHistory">["events"]>[number];

const UNLOGGED = { level: "OFF" } as const;

const revisionView = ({ definition, roleArn, logging, tracing, revisionId }: Revision) => ({
  definition,
  roleArn,
  loggingConfiguration: { includeExecutionData: false, ...(logging ?? UNLOGGED) },
  tracingConfiguration: { enabled: tracing?.enabled ?? false },
  ...(revisionId === INITIAL_REVISION ? {} : { revisionId }),
});

/** A machine, or a version of it, as it is described. AWS: a first revision has no id. */
export const machineView = ({ deps }: Has, machine: MachineRecord, version?: VersionRecord) => ({
  stateMachineArn: machineArn(deps, machine.name, version?.version),
  name: machine.name,
  status: machine.isDeleting ? ("DELETING" as const) : ("ACTIVE" as const),
  type: machine.type,
  creationDate: new Date(version?.createdAt ?? machine.createdAt),
  encryptionConfiguration: machine.encryption ?? { type: "AWS_OWNED_KEY" as const },
  ...(version?.description === undefined ? {} : { description: version.description }),
  ...revisionView(version ?? machine),
});

export const machineItem = ({ deps }: Has, { name, type, createdAt }: MachineRecord) => ({
  stateMachineArn: machineArn(deps, name),
  name,
  type,
  creationDate: new Date(createdAt),
});

/** The machine as an execution runs it; of a child's, the states of its Map. */
export const machineOfExecution = ({ deps }: Has, execution: ExecutionRecord, revision: Revision) => ({
  stateMachineArn: machineArn(deps, nameOfMachine(execution), execution.version),
  name: execution.machine,
  updateDate: new Date(execution.startedAt),
  ...revisionView(revision),
  ...(execution.mapRun ? childView({ deps }, execution.mapRun, revision) : {}),
});

const childView = ({ deps }: Has, { run, label, scope }: ChildPlace, { definition }: Revision) => ({
  mapRunArn: mapRunArn(deps, run),
  label,
  definition: JSON.stringify(machineAt(JSON.parse(definition), scope)),
});

export const versionItem = ({ deps }: Has, { machine, version, createdAt }: VersionRecord) => ({
  stateMachineVersionArn: machineArn(deps, machine, version),
  creationDate: new Date(createdAt),
});

export const aliasView = ({ deps }: Has, alias: AliasRecord) => ({
  stateMachineAliasArn: machineArn(deps, alias.machine, alias.name),
  name: alias.name,
  ...(alias.description === undefined ? {} : { description: alias.description }),
  routingConfiguration: alias.routes.map(({ version, weight }) => ({
    stateMachineVersionArn: machineArn(deps, alias.machine, version),
    weight,
  })),
  creationDate: new Date(alias.createdAt),
  updateDate: new Date(alias.updatedAt),
});

/** AWS: a Fail state that names no error leaves none. */
export const failureView = ({ error, cause }: { readonly error: string; readonly cause?: string }) => ({
  ...(error === "" ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});

/** How an execution ended, as its members say. */
export const outcomeView = ({ outcome, status }: ExecutionRecord) => {
  // AWS: of one that took too long, the status is all that is said.
  if (!outcome || status === "TIMED_OUT") return {};
  if ("output" in outcome) return { output: JSON.stringify(outcome.output), outputDetails: { included: true } };
  return failureView(outcome);
};

const identity = ({ deps }: Has, execution: ExecutionRecord) => ({
  executionArn: executionArn(deps, execution),
  stateMachineArn: machineArn(deps, nameOfMachine(execution)),
  name: execution.name,
  status: execution.status,
  startDate: new Date(execution.startedAt),
  ...(execution.stoppedAt === undefined ? {} : { stopDate: new Date(execution.stoppedAt) }),
  ...(execution.version === undefined
    ? {}
    : { stateMachineVersionArn: machineArn(deps, execution.machine, execution.version) }),
  ...(execution.alias === undefined
    ? {}
    : { stateMachineAliasArn: machineArn(deps, execution.machine, execution.alias) }),
  ...(execution.mapRun === undefined ? {} : { mapRunArn: mapRunArn(deps, execution.mapRun.run) }),
  redriveCount: execution.redriveCount,
  ...(execution.redrivenAt === undefined ? {} : { redriveDate: new Date(execution.redrivenAt) }),
});

export const executionItem = identity;

export const inputTextOf = ({ input, inputText }: ExecutionRecord): string => inputText ?? JSON.stringify(input);

export const executionView = (room: Has, execution: ExecutionRecord) => ({
  ...identity(room, execution),
  input: inputTextOf(execution),
  inputDetails: { included: true },
  ...outcomeView(execution),
  ...(execution.traceHeader === undefined ? {} : { traceHeader: execution.traceHeader }),
  ...redriveView(execution),
});

const redriveView = ({ status, mapRun }: ExecutionRecord) => {
  if (status === "RUNNING")
    return {
      redriveStatus: "NOT_REDRIVABLE" as const,
      redriveStatusReason: "Execution is RUNNING and cannot be redriven",
    };
  if (status === "SUCCEEDED")
    return {
      redriveStatus: "NOT_REDRIVABLE" as const,
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    };
  return { redriveStatus: mapRun ? ("REDRIVABLE_BY_MAP_RUN" as const) : ("REDRIVABLE" as const) };
};

/** An event with its details under the member that its type names. */
export const eventView = ({ id, type, previous, at, details }: HistoryRecord, withData: boolean): HistoryEvent => {
  const shown =
    details && Object.fromEntries(Object.entries(details).filter(([name]) => withData || !DATA.includes(name)));
  const event = { timestamp: new Date(at), type, id, previousEventId: previous };
  // Types are set aside here: the engine writes each type's details as the model has them, and the SDK's own client reads
  // them in the tests.
  return (shown ? { ...event, [detailsMember(type)]: shown } : event) as HistoryEvent;
};

const DATA = ["input", "output", "inputDetails", "outputDetails", "parameters"];

const detailsMember = (type: string): string => {
  if (/StateEntered$/.test(type)) return "stateEnteredEventDetails";
  if (/StateExited$/.test(type)) return "stateExitedEventDetails";
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
};

export const activityView = ({ deps }: Has, { name, createdAt }: ActivityRecord) => ({
  activityArn: activityArn(deps, name),
  name,
  creationDate: new Date(createdAt),
});
