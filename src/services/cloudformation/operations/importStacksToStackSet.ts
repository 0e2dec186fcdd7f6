import {
  InvalidOperationException,
  LimitExceededException,
  StackNotFoundException,
} from "@aws-sdk/client-cloudformation";
import type { Context } from "../../../kernel/context.ts";
import { errorMessage, NotImplemented } from "../../../kernel/errors.ts";
import { fetchTemplate } from "../definition/templateText.ts";
import { validationError } from "../errors.ts";
import { MAX_IMPORTED_STACKS, MAX_IMPORTED_STACKS_OF_FILE } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { stackAt } from "../stackSets/adopt.ts";
import { beginOperation, checkFree, preferencesOf } from "../stackSets/begin.ts";
import { findStackSet, newInstance } from "../stackSets/find.ts";
import { overriding } from "../stackSets/overrides.ts";
import type { StackInstanceRecord, StackSetRecord } from "../stackSets/records.ts";

const $metadata = {};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-import.html */
export const importStacksToStackSet =
  (room: Room): Operation<"ImportStacksToStackSet"> =>
  async (ctx, input) => {
    if (input.OrganizationalUnitIds?.length) throw new NotImplemented("stack sets over organizational units");
    const stackSet = findStackSet(room, input.StackSetName);
    const preferences = preferencesOf(input.OperationPreferences);
    const instances = await Promise.all(
      (await namedStacks(ctx, input)).map((stackId) => instanceOf(room, ctx, stackSet, stackId)),
    );
    return room.deps.records.atomically(() => {
      checkFree(room, stackSet, input.OperationId);
      for (const instance of instances) {
        refuseTaken(room, instance);
        room.tables.stackInstances.put([stackSet.stackSetId, instance.account, instance.region], instance);
      }
      const OperationId = beginOperation(room, stackSet, {
        action: "CREATE",
        isImport: true,
        operationId: input.OperationId,
        preferences,
        places: instances.map(({ account, region }) => ({ account, region })),
      });
      return { OperationId };
    });
  };

interface Named {
  readonly StackIds?: readonly string[] | undefined;
  readonly StackIdsUrl?: string | undefined;
}

/** AWS: ten ids in a request, or two hundred in a file. Differs: how the file parts them is not documented; anything may. */
const namedStacks = async (ctx: Context, { StackIds, StackIdsUrl }: Named): Promise<readonly string[]> => {
  if ((StackIds === undefined) === (StackIdsUrl === undefined)) {
    throw validationError("You must specify either StackIds or StackIdsUrl");
  }
  const ids = StackIds ?? (await fetchTemplate(ctx, StackIdsUrl ?? "")).match(/arn:[^\s",]+/g) ?? [];
  if (ids.length === 0) throw validationError("StackIds list cannot be empty");
  const limit = StackIds === undefined ? MAX_IMPORTED_STACKS_OF_FILE : MAX_IMPORTED_STACKS;
  if (ids.length <= limit) return ids;
  throw new LimitExceededException({ message: `Only ${limit} stacks can be imported at a time`, $metadata });
};

/** AWS: a stack keeps the values of its parameters, as overrides; those that nobody may see cannot be kept. */
const instanceOf = async (
  room: Room,
  ctx: Context,
  stackSet: StackSetRecord,
  stackId: string,
): Promise<StackInstanceRecord> => {
  const { arn, stack } = await stackAt(ctx, stackId).catch((error: unknown) => {
    if (!errorMessage(error).endsWith("does not exist")) throw error;
    throw new StackNotFoundException({ message: errorMessage(error), $metadata });
  });
  if (stackSet.parameters.some(({ isSealed }) => isSealed)) {
    throw new InvalidOperationException({ message: "Stacks with NoEcho parameters cannot be imported", $metadata });
  }
  const usual = new Map(stackSet.parameters.map(({ name, value }) => [name, value]));
  const own = (stack?.Parameters ?? []).filter(
    ({ ParameterKey = "", ParameterValue }) => usual.has(ParameterKey) && usual.get(ParameterKey) !== ParameterValue,
  );
  const overrides = (await overriding(room, ctx, stackSet, own))([]);
  const place = { account: arn.account, region: arn.region };
  return { ...newInstance(stackSet, place), stackName: stack?.StackName ?? "", stackId, overrides };
};

/** AWS: a stack belongs to one stack set, which has one stack in each account and region. */
const refuseTaken = ({ tables }: Room, { stackSetId, stackId, account, region }: StackInstanceRecord): void => {
  for (const { value } of tables.stackInstances.range()) {
    const isSamePlace = value.stackSetId === stackSetId && value.account === account && value.region === region;
    if (value.stackId !== stackId && !isSamePlace) continue;
    throw new InvalidOperationException({
      message:
        value.stackId === stackId
          ? `Stack ${stackId} already belongs to the stack set ${value.stackSetId}`
          : `The stack set ${stackSetId} already has a stack in account ${account}, region ${region}`,
      $metadata,
    });
  }
};
