import { OperationIdAlreadyExistsException, OperationInProgressException } from "@aws-sdk/client-cloudformation";
import { NotImplemented } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import type { Room } from "../room.ts";
import { operationsOf } from "./find.ts";
import type { InstancePlace, OperationPreferences, StackSetOperationRecord, StackSetRecord } from "./records.ts";
import { runStackSetOperation } from "./run.ts";

/** What requests say of where an operation goes. */
interface TargetInput {
  readonly Accounts?: readonly string[] | undefined;
  readonly DeploymentTargets?:
    | {
        readonly Accounts?: readonly string[] | undefined;
        readonly OrganizationalUnitIds?: readonly string[] | undefined;
      }
    | undefined;
  readonly Regions?: readonly string[] | undefined;
}

interface PreferencesInput {
  readonly RegionConcurrencyType?: string | undefined;
  readonly RegionOrder?: readonly string[] | undefined;
  readonly FailureToleranceCount?: number | undefined;
  readonly FailureTolerancePercentage?: number | undefined;
  readonly MaxConcurrentCount?: number | undefined;
  readonly MaxConcurrentPercentage?: number | undefined;
}

/** The accounts and regions that a request names, region by region. */
export const placesOf = (input: TargetInput): readonly InstancePlace[] => {
  if (input.DeploymentTargets?.OrganizationalUnitIds !== undefined) {
    throw new NotImplemented("stack sets over organizational units");
  }
  const accounts = input.Accounts ?? input.DeploymentTargets?.Accounts ?? [];
  const regions = input.Regions ?? [];
  if (accounts.length === 0) throw validationError("Accounts list cannot be empty");
  if (regions.length === 0) throw validationError("Regions list cannot be empty");
  return regions.flatMap((region) => accounts.map((account) => ({ account, region })));
};

export const preferencesOf = (input: PreferencesInput = {}): OperationPreferences => {
  if (input.FailureToleranceCount !== undefined && input.FailureTolerancePercentage !== undefined) {
    throw validationError("Only one of FailureToleranceCount and FailureTolerancePercentage can be specified");
  }
  if (input.MaxConcurrentCount !== undefined && input.MaxConcurrentPercentage !== undefined) {
    throw validationError("Only one of MaxConcurrentCount and MaxConcurrentPercentage can be specified");
  }
  return {
    parallelRegions: input.RegionConcurrencyType === "PARALLEL",
    regionOrder: input.RegionOrder ?? [],
    failureToleranceCount: input.FailureToleranceCount,
    failureTolerancePercentage: input.FailureTolerancePercentage,
    maxConcurrentCount: input.MaxConcurrentCount,
    maxConcurrentPercentage: input.MaxConcurrentPercentage,
  };
};

/** Refuses an operation that another one stands in the way of, or whose id has been used. */
export const checkFree = (room: Room, stackSet: StackSetRecord, operationId: string | undefined): void => {
  const others = operationsOf(room, stackSet.stackSetId);
  if (others.some((other) => other.operationId === operationId)) {
    throw new OperationIdAlreadyExistsException({
      message: `Operation with id ${operationId} already exists`,
      $metadata: {},
    });
  }
  const busy = others.find(({ status }) => status === "RUNNING" || status === "QUEUED" || status === "STOPPING");
  if (busy === undefined || stackSet.isManaged) return;
  throw new OperationInProgressException({
    message: `Another Operation on StackSet ${stackSet.stackSetId} is in progress: ${busy.operationId}`,
    $metadata: {},
  });
};

/** Begins an operation on a stack set; answers its id. */
export const beginOperation = (
  room: Room,
  stackSet: StackSetRecord,
  fields: Pick<StackSetOperationRecord, "action" | "preferences"> & {
    readonly operationId: string | undefined;
    readonly retainStacks?: boolean;
    readonly isImport?: boolean;
    readonly places: readonly InstancePlace[];
  },
): string => {
  const { operationId = room.ids.uuid(), places, ...rest } = fields;
  room.tables.stackSetOperations.put([stackSet.stackSetId, operationId], {
    retainStacks: false,
    ...rest,
    operationId,
    stackSetId: stackSet.stackSetId,
    status: "QUEUED",
    reason: undefined,
    administrationRoleArn: stackSet.administrationRoleArn,
    executionRoleName: stackSet.executionRoleName,
    results: inOrder(places, rest.preferences).map((place) => ({ ...place, status: "PENDING", reason: undefined })),
    createdAt: room.clock.now(),
    endedAt: undefined,
  });
  launchOperation(room, stackSet.stackSetId, operationId);
  return operationId;
};

/** Takes up the operations that were under way when the process ended. */
export const resumeOperations = (room: Room): void => {
  for (const { value } of room.tables.stackSetOperations.range()) {
    if (value.endedAt === undefined) launchOperation(room, value.stackSetId, value.operationId);
  }
};

/** AWS: operations on one stack set go one after the other. */
const launchOperation = (room: Room, stackSetId: string, operationId: string): void => {
  room.running.begin(operationId);
  room.deps.tasks.spawn(`the operation ${operationId} on ${stackSetId}`, async (stopping) => {
    try {
      await room.running.inTurn(stackSetId, () => runStackSetOperation(room, stackSetId, operationId, stopping));
    } finally {
      room.running.end(operationId);
    }
  });
};

const inOrder = (places: readonly InstancePlace[], { regionOrder }: OperationPreferences): readonly InstancePlace[] => {
  const rank = ({ region }: InstancePlace): number => {
    const index = regionOrder.indexOf(region);
    return index < 0 ? regionOrder.length : index;
  };
  return [...places].sort((left, right) => rank(left) - rank(right));
};
