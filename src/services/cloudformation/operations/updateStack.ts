import type { Context } from "../../../kernel/context.ts";
import { changeBase } from "../changes/base.ts";
import { computeChanges, isChange } from "../changes/compute.ts";
import { LateRefusal, prepare } from "../definition/prepare.ts";
import { noSuchStack, noUpdates } from "../errors.ts";
import { findStack } from "../find.ts";
import { policyText } from "../policyInput.ts";
import type { StackRecord } from "../records.ts";
import { isRepeated, stackRequest } from "../requests.ts";
import type { Operation, Room } from "../room.ts";
import { beginUpdate } from "../run/begin.ts";
import { setStatus } from "../run/journal.ts";
import { stackPrincipal } from "../run/principal.ts";
import { sameJson } from "../schema/diff.ts";
import { checkStackPolicy } from "../stackPolicy.ts";
import { checkUpdatable, obsoleteChangeSets } from "../stackState.ts";
import { surroundingsOf } from "../surroundings.ts";
import { typeFinder } from "../types.ts";
import { operationView } from "../views.ts";
import { unlessTransform } from "./createStack.ts";

export const updateStack =
  (room: Room): Operation<"UpdateStack"> =>
  async (ctx, input) => {
    const stack = findStack(room, input.StackName, noSuchStack);
    if (isRepeated(stack, input.ClientRequestToken)) return { StackId: stack.stackId };
    checkUpdatable(stack);
    if (room.returning.has(stack.stackId)) return goBack(room, ctx, stack);
    const policies = await policiesOf(ctx, input);
    const request = stackRequest(input, { mustAcknowledgeExpansion: true });
    const arns = { notificationArns: request.notificationArns ?? stack.definition?.notificationArns ?? [] };
    const around = { ...surroundingsOf(room, stack, arns), find: typeFinder(room) };
    const prepared = await prepare(room, ctx, request, stack.definition, around).catch(unlessTransform);
    if (prepared instanceof LateRefusal) {
      undoneByTransform(room, stack, prepared);
      return { StackId: stack.stackId };
    }
    const { definition, compiled } = prepared;
    const base = await changeBase(room, ctx, stack);
    const changes = await computeChanges(base, compiled);
    if (policies.lasting) checkStackPolicy(policies.lasting, new Set(compiled.resources.keys()));
    const sameTags = sameJson(asJson(definition.tags), asJson(stack.definition?.tags ?? []));
    // AWS: what transforms make is looked at only once the update has begun; it may come to nothing.
    const mayBeNothing = definition.isExpanded || stack.status.endsWith("FAILED");
    if (sameTags && !isChange(base, compiled, changes) && !mayBeNothing) throw noUpdates();
    const principal = await stackPrincipal(room.deps, definition.roleArn, ctx.principal);
    const current = findStack(room, stack.stackId);
    checkUpdatable(current);
    obsoleteChangeSets(room, stack.stackId);
    const disableRollback = input.DisableRollback ?? input.DeploymentConfig?.DisableRollback ?? false;
    const deploymentMode = input.DeploymentConfig?.Mode;
    const stackNow = { ...current, disableRollback, deploymentMode };
    beginUpdate(room, { ...stackNow, policy: policies.lasting ?? current.policy }, definition, {
      principal,
      // AWS: a policy for the update alone holds in place of the stack's own.
      policy: policies.passing ?? current.policy,
      clientRequestToken: input.ClientRequestToken,
      retainExceptOnCreate: input.RetainExceptOnCreate,
      onFailure: disableRollback ? "DO_NOTHING" : "ROLLBACK",
      skipsValidation: input.DisableValidation,
    });
    return { StackId: stack.stackId, ...operationView(room, stack.stackId) };
  };

/** As for a new stack: the update has begun, and is rolled back before it touches anything. */
const undoneByTransform = (room: Room, { stackId }: StackRecord, { message }: LateRefusal): void => {
  room.deps.records.atomically(() => {
    setStatus(room, stackId, "UPDATE_IN_PROGRESS", "User Initiated");
    setStatus(room, stackId, "UPDATE_ROLLBACK_IN_PROGRESS", `${message}. Rollback requested by user.`);
    setStatus(room, stackId, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
    setStatus(room, stackId, "UPDATE_ROLLBACK_COMPLETE");
  });
};

/** What its parent's rollback asks of a nested stack: to be again what it was. */
const goBack = async (room: Room, ctx: Context, stack: StackRecord) => {
  if (stack.previous !== undefined) {
    const principal = await stackPrincipal(room.deps, stack.previous.roleArn, ctx.principal);
    beginUpdate(room, stack, stack.previous, { principal, clientRequestToken: undefined });
  }
  return { StackId: stack.stackId };
};

const policiesOf = async (ctx: Context, input: Parameters<Operation<"UpdateStack">>[1]) => ({
  lasting: await policyText(ctx, { body: input.StackPolicyBody, url: input.StackPolicyURL }),
  passing: await policyText(ctx, { body: input.StackPolicyDuringUpdateBody, url: input.StackPolicyDuringUpdateURL }),
});

const asJson = (tags: readonly { readonly key: string; readonly value: string }[]) =>
  tags.map(({ key, value }) => ({ key, value }));
