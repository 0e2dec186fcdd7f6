import { pagesByPlace } from "../../kernel/paging.ts";
import { machineArn, partsOf } from "./arns.ts";
import { invalidToken, machineDeleting, noActivity, noExecution, noMachine, noResource } from "./errors.ts";
import { MAX_PAGE_SIZE, PAGE_SIZE } from "./limits.ts";
import type {
  ActivityRecord,
  AliasRecord,
  ExecutionRecord,
  MachineRecord,
  Revision,
  VersionRecord,
} from "./records.ts";
import type { Room } from "./room.ts";

/** The machine an ARN names; the ARN of a version or an alias is one of its machine too. */
export const findMachine = ({ machines }: Pick<Room, "machines">, arn: string): MachineRecord => {
  const machine = machines.get(partsOf(arn, "stateMachine")[0] ?? "");
  if (!machine) throw noMachine(arn);
  return machine;
};

/** The same, unless it is being deleted. */
export const findLiveMachine = (room: Pick<Room, "machines">, arn: string): MachineRecord => {
  const machine = findMachine(room, arn);
  if (machine.isDeleting) throw machineDeleting(arn);
  return machine;
};

/** What an execution of an ARN runs. */
export interface Chosen {
  readonly machine: MachineRecord;
  readonly revision: Revision;
  readonly version?: number;
  readonly alias?: string;
}

/** The revision that an ARN of a machine, a version or an alias stands for. */
export const choose = (room: Room, arn: string): Chosen => {
  const machine = findLiveMachine(room, arn);
  const qualifier = partsOf(arn, "stateMachine")[1];
  if (qualifier === undefined) return { machine, revision: machine };
  if (/^\d+$/.test(qualifier)) {
    const revision = room.versions.get([machine.name, Number(qualifier)]);
    if (!revision) throw noMachine(arn);
    return { machine, revision, version: revision.version };
  }
  const alias = room.aliases.get([machine.name, qualifier]);
  if (!alias) throw noMachine(arn);
  const version = routed(alias, (room.deps.ids.bytes(1)[0] ?? 0) / 256);
  const revision = room.versions.get([machine.name, version]);
  if (!revision) throw noMachine(machineArn(room.deps, machine.name, version));
  return { machine, revision, version, alias: alias.name };
};

/** The version that a roll from 0 to 1 gives, by the weights of an alias. */
const routed = ({ routes }: AliasRecord, roll: number): number => {
  const [first, second] = routes;
  if (!second || !first) return first?.version ?? 0;
  return roll * 100 < first.weight ? first.version : second.version;
};

export const findVersion = (room: Room, arn: string): VersionRecord | undefined => {
  const [machine = "", version = ""] = partsOf(arn, "stateMachine");
  return room.versions.get([machine, Number(version)]);
};

/** An alias that is there; `missing` says it of one that is not. */
export const findAlias = (room: Room, arn: string, missing = noResource): AliasRecord => {
  const [machine = "", name = ""] = partsOf(arn, "stateMachine");
  const alias = room.aliases.get([machine, name]);
  if (!alias) throw missing(arn);
  return alias;
};

/** AWS: executions of express machines are not kept, and are of a type that no operation takes. */
export const findExecution = ({ executions }: Pick<Room, "executions">, arn: string): ExecutionRecord => {
  const execution = executions.get(partsOf(arn, "execution").join(":"));
  if (!execution) throw noExecution(arn);
  return execution;
};

export const findActivity = ({ activities }: Pick<Room, "activities">, arn: string): ActivityRecord => {
  const activity = activities.get(partsOf(arn, "activity").join(":"));
  if (!activity) throw noActivity(arn);
  return activity;
};

interface Page {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

const pageAt = pagesByPlace(() => invalidToken("Invalid token"));

/** One page of what is found; the token is how many came before it. */
export const page = <T>(all: Iterable<T>, { maxResults, nextToken }: Page) =>
  pageAt(all, nextToken, Math.min(maxResults || PAGE_SIZE, MAX_PAGE_SIZE));
