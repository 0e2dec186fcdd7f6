import { LimitExceededException } from "@aws-sdk/client-cloudformation";
import { LateRefusal, prepare } from "../definition/prepare.ts";
import { insufficientCapabilities, stackAlreadyExists, validationError } from "../errors.ts";
import { stackOrNone } from "../find.ts";
import { MAX_STACKS } from "../limits.ts";
import { policyText } from "../policyInput.ts";
import type { StackRecord } from "../records.ts";
import { checkStackName, isRepeated, newStackId, stackRequest } from "../requests.ts";
import type { Operation, Room } from "../room.ts";
import { beginCreate } from "../run/begin.ts";
import { setStatus } from "../run/journal.ts";
import { keepStack, newStack } from "../run/newStack.ts";
import { stackPrincipal } from "../run/principal.ts";
import { checkStackPolicy } from "../stackPolicy.ts";
import { surroundingsOf } from "../surroundings.ts";
import { typeFinder } from "../types.ts";
import { operationView } from "../views.ts";

export const createStack =
  (room: Room): Operation<"CreateStack"> =>
  async (ctx, input) => {
    checkStackName(input.StackName);
    const existing = stackOrNone(room, input.StackName);
    // A nested stack that has waited for its parent's change set is made under its own id.
    const reviewed = isReviewed(room, existing) ? existing : undefined;
    if (existing !== undefined && reviewed === undefined) {
      if (isRepeated(existing, input.ClientRequestToken)) return { StackId: existing.stackId };
      throw stackAlreadyExists(input.StackName);
    }
    if (input.DisableRollback !== undefined && input.OnFailure !== undefined) {
      throw validationError("Only one of DisableRollback and OnFailure can be specified");
    }
    refuseTooMany(room);
    const policy = await policyText(ctx, { body: input.StackPolicyBody, url: input.StackPolicyURL });
    const stackId = reviewed?.stackId ?? newStackId(ctx, input.StackName, room.ids.uuid());
    const request = stackRequest(input, { mustAcknowledgeExpansion: true });
    const around = surroundingsOf(
      room,
      { stackId, stackName: input.StackName },
      { notificationArns: request.notificationArns ?? [] },
    );
    const prepared = await prepare(room, ctx, request, undefined, { ...around, find: typeFinder(room) }).catch(
      unlessTransform,
    );
    if (prepared instanceof LateRefusal) {
      undoneByTransform(
        room,
        newStack(room, { stackId, stackName: input.StackName, parentId: undefined, rootId: undefined }),
        prepared,
      );
      return { StackId: stackId };
    }
    const { definition, compiled } = prepared;
    if (policy !== undefined) checkStackPolicy(policy, new Set(compiled.resources.keys()));
    const principal = await stackPrincipal(room.deps, definition.roleArn, ctx.principal);
    const parent = takeParent(room, input.StackName);
    // Nothing has been written until here; another request may have taken the name meanwhile.
    if (reviewed === undefined && stackOrNone(room, input.StackName) !== undefined)
      throw stackAlreadyExists(input.StackName);
    const onFailure =
      input.OnFailure ?? (input.DisableRollback || input.DeploymentConfig?.DisableRollback ? "DO_NOTHING" : "ROLLBACK");
    const stack = newStack(room, {
      stackId,
      stackName: input.StackName,
      disableRollback: onFailure === "DO_NOTHING",
      deploymentMode: input.DeploymentConfig?.Mode,
      timeoutMinutes: input.TimeoutInMinutes,
      terminationProtection: input.EnableTerminationProtection ?? false,
      policy,
      parentId: parent?.parentId,
      rootId: parent?.rootId,
    });
    beginCreate(room, stack, definition, {
      principal,
      clientRequestToken: input.ClientRequestToken,
      retainExceptOnCreate: input.RetainExceptOnCreate,
      onFailure,
      timeoutMinutes: input.TimeoutInMinutes,
      skipsValidation: input.DisableValidation,
    });
    return { StackId: stackId, ...operationView(room, stackId) };
  };

/** What a transform refuses shows only once a stack has begun; everything else refuses the request. */
export const unlessTransform = (error: unknown): LateRefusal =>
  error instanceof LateRefusal && error.isOfTransform ? error : atOnce(error);

/** AWS: a stack whose transform refuses its template has begun to be made, and is rolled back at once. */
const undoneByTransform = (room: Room, stack: StackRecord, { message }: LateRefusal): void => {
  room.deps.records.atomically(() => {
    keepStack(room, stack);
    setStatus(room, stack.stackId, "CREATE_IN_PROGRESS", "User Initiated");
    setStatus(room, stack.stackId, "ROLLBACK_IN_PROGRESS", `${message}. Rollback requested by user.`);
    setStatus(room, stack.stackId, "ROLLBACK_COMPLETE");
  });
};

/** Where no change set can carry a late refusal, the request itself is refused. */
const atOnce = (error: unknown): never => {
  if (!(error instanceof LateRefusal)) throw error;
  if (error.code === "InsufficientCapabilitiesException") {
    throw insufficientCapabilities(error.message.replace(/^.*\[(.*)\]$/, "$1").split(", "));
  }
  throw validationError(error.message);
};

const isReviewed = ({ tables }: Room, stack: StackRecord | undefined): boolean =>
  stack?.status === "REVIEW_IN_PROGRESS" && stack.parentId !== undefined && tables.parents.has(stack.stackName);

const refuseTooMany = ({ tables }: Room): void => {
  if (tables.names.count() < MAX_STACKS) return;
  throw new LimitExceededException({ message: "Limit for stack has been exceeded", $metadata: {} });
};

const takeParent = ({ tables }: Room, name: string) => {
  const parent = tables.parents.get(name);
  tables.parents.delete(name);
  return parent;
};
