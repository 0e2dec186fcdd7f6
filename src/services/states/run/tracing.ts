import { createRuleSampler, loadRules } from "../../../engines/tracing/ruleSampler.ts";
import { createSegmentSender } from "../../../engines/tracing/sender.ts";
import { assumeRole } from "../../../kernel/assumeRole.ts";
import { rootOf } from "../../../kernel/principal.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import { isSampled, sampledAs } from "../../../kernel/traceId.ts";
import { machineArn } from "../arns.ts";
import type { ExecutionRecord, HistoryRecord, Revision } from "../records.ts";
import { executionSegments } from "./executionSegments.ts";
import { isTold, SERVICE } from "./traces.ts";

/** Decides which executions X-Ray is told of, and tells it of them. */
export interface MachineTracing {
  /** An execution's trace, with the decision where there is one to make. */
  decide(trace: ExecutionTrace): Promise<string>;
  /** Tells of an execution that has ended, where it was decided so. */
  tell(execution: ExecutionRecord, revision: Revision, events: Iterable<HistoryRecord>): void;
}

/** The trace that an execution begins in. */
export interface ExecutionTrace {
  readonly traceId: string;
  /** Whether whoever started it passed it on. */
  readonly isPassed: boolean;
  readonly machine: string;
  /** Whether the machine has tracing enabled. */
  readonly isTraced: boolean;
}

export const createMachineTracing = (deps: RoomDeps): MachineTracing => {
  const self = () => deps.contextAs(rootOf(deps.account, deps.partition));
  const sampler = createRuleSampler({ clock: deps.clock, ids: deps.ids, load: () => loadRules(self()) });
  // AWS: segments go as the machine's role, which must be allowed to send them.
  const segments = createSegmentSender<Sender>({
    tasks: deps.tasks,
    nameOf: ({ machine, roleArn }) => `${machine} as ${roleArn}`,
    contextOf: ({ machine, roleArn, name }) => {
      const sourceArn = machineArn(deps, machine);
      const service = deps.contextAs({ kind: "service", account: deps.account, service: SERVICE, sourceArn });
      return assumeRole(service, { service: SERVICE, sourceArn }, roleArn, name);
    },
  });
  return {
    decide: async ({ traceId, isPassed, machine, isTraced }) => {
      // AWS: an execution is traced where its machine says so, or whoever starts it passes a trace.
      if (isSampled(traceId) !== undefined || !(isTraced || isPassed)) return traceId;
      const { sampled } = await sampler.decide({
        ...{ serviceName: machine, serviceType: "AWS::StepFunctions::StateMachine", host: "", method: "", path: "" },
        resourceArn: machineArn(deps, machine),
      });
      return sampledAs(traceId, sampled);
    },
    tell: (execution, { roleArn }, events) => {
      const { machine, name, traceId } = execution;
      if (traceId === undefined || !isTold(execution)) return;
      segments.send({ machine, roleArn, name }, executionSegments(deps, { ...execution, traceId }, events));
    },
  };
};

interface Sender {
  readonly machine: string;
  readonly roleArn: string;
  /** The execution's, which names the session of the role. */
  readonly name: string;
}
