import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { changeBase } from "../changes/base.ts";
import { computeChanges, isChange, outputsChange } from "../changes/compute.ts";
import { askedImports, existingImports, refuseOtherChanges } from "../changes/imports.ts";
import type { CompiledStack } from "../definition/compile.ts";
import { LateRefusal, type Prepared, prepare } from "../definition/prepare.ts";
import { changeSetAlreadyExists, validationError } from "../errors.ts";
import { stackOrNone } from "../find.ts";
import type { ChangeSetRecord, StackRecord } from "../records.ts";
import { checkStackName, newStackId, stackRequest } from "../requests.ts";
import type { Operation, Room } from "../room.ts";
import { keepStack, newStack } from "../run/begin.ts";
import { setStatus } from "../run/journal.ts";
import { sameJson } from "../schema/diff.ts";
import { checkUpdatable } from "../stackState.ts";
import { surroundingsOf } from "../surroundings.ts";
import { TemplateError } from "../template/errors.ts";
import { typeFinder } from "../types.ts";

type Input = Parameters<Operation<"CreateChangeSet">>[1];

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export const createChangeSet =
  (room: Room): Operation<"CreateChangeSet"> =>
  async (ctx, input) => {
    const type = input.ChangeSetType ?? "UPDATE";
    const { stack, isNew } = stackFor(room, ctx, input, type);
    // AWS: names are unique among the active ones; one that has been executed is not active any more.
    const before = isNew ? undefined : room.tables.changeSets.get([stack.stackId, input.ChangeSetName]);
    if (before && before.executionStatus !== "EXECUTE_COMPLETE") throw changeSetAlreadyExists(input.ChangeSetName);
    const changeSetId = ctx.arn(`changeSet/${input.ChangeSetName}/${room.ids.uuid()}`);
    const blank = blankChangeSet(room, stack, changeSetId, input, type);
    const changeSet = await filled(room, ctx, input, stack, blank);
    room.deps.records.atomically(() => {
      if (isNew) {
        keepStack(room, stack);
        setStatus(room, stack.stackId, "REVIEW_IN_PROGRESS", "User Initiated");
      }
      room.tables.changeSets.put([stack.stackId, input.ChangeSetName], changeSet);
    });
    return { Id: changeSetId, StackId: stack.stackId };
  };

const stackFor = (
  room: Room,
  ctx: Context,
  { StackName, ChangeSetName }: Input,
  type: ChangeSetRecord["type"],
): { readonly stack: StackRecord; readonly isNew: boolean } => {
  const existing = stackOrNone(room, StackName);
  if (type === "UPDATE") {
    if (existing === undefined) throw validationError(`Stack [${StackName}] does not exist`);
    if (existing.status !== "REVIEW_IN_PROGRESS") checkUpdatable(existing);
    return { stack: existing, isNew: false };
  }
  if (type === "IMPORT" && existing !== undefined && existing.status !== "REVIEW_IN_PROGRESS") {
    checkUpdatable(existing);
    return { stack: existing, isNew: false };
  }
  if (existing === undefined) {
    checkStackName(StackName);
    const stackId = newStackId(ctx, StackName, room.ids.uuid());
    return {
      stack: newStack(room, { stackId, stackName: StackName, parentId: undefined, rootId: undefined }),
      isNew: true,
    };
  }
  if (existing.status === "REVIEW_IN_PROGRESS") return { stack: existing, isNew: false };
  throw validationError(
    `Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
  );
};

const blankChangeSet = (
  room: Room,
  stack: StackRecord,
  changeSetId: string,
  input: Input,
  type: ChangeSetRecord["type"],
): ChangeSetRecord => ({
  changeSetId,
  name: input.ChangeSetName,
  stackId: stack.stackId,
  type,
  description: input.Description,
  createdAt: room.clock.now(),
  status: "FAILED",
  statusReason: undefined,
  executionStatus: "UNAVAILABLE",
  definition: undefined,
  changes: [],
  onStackFailure: input.OnStackFailure,
  deployment: input.DeploymentConfig && {
    mode: input.DeploymentConfig.Mode,
    disableRollback: input.DeploymentConfig.DisableRollback,
  },
});

/** AWS: what shows only while the change set is worked out makes it a failed one; the rest refuses the request. */
const filled = async (
  room: Room,
  ctx: Context,
  input: Input,
  stack: StackRecord,
  blank: ChangeSetRecord,
): Promise<ChangeSetRecord> => {
  const request = stackRequest(input, { mustAcknowledgeExpansion: false });
  const arns = { notificationArns: request.notificationArns ?? stack.definition?.notificationArns ?? [] };
  const around = { ...surroundingsOf(room, stack, arns), find: typeFinder(room) };
  let prepared: Prepared;
  try {
    prepared = await prepare(room, ctx, request, stack.definition, around);
  } catch (error) {
    if (!(error instanceof LateRefusal)) throw error;
    return { ...blank, statusReason: errorMessage(error) };
  }
  const { definition, compiled } = prepared;
  const imports = await importsFor(room, ctx, input, stack, compiled);
  const base = await changeBase(room, stack, imports);
  const asked = { ...blank, definition, imports, importsExisting: input.ImportExistingResources ?? false };
  try {
    const changes = await computeChanges(base, compiled);
    const sameTags = sameJson(tagsOf(definition), tagsOf(stack.definition ?? definition));
    if (blank.type === "IMPORT") refuseOtherChanges(changes, outputsChange(base, compiled));
    if (sameTags && !isChange(base, compiled, changes)) return { ...asked, statusReason: NO_CHANGES };
    return { ...asked, changes, status: "CREATE_COMPLETE", executionStatus: "AVAILABLE" };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { ...asked, statusReason: error.message };
  }
};

const importsFor = async (room: Room, ctx: Context, input: Input, stack: StackRecord, compiled: CompiledStack) => {
  if (input.ChangeSetType === "IMPORT") return askedImports(room, compiled, input.ResourcesToImport ?? []);
  if ((input.ResourcesToImport ?? []).length > 0) {
    throw validationError("ResourcesToImport can only be specified for change sets of type IMPORT.");
  }
  return input.ImportExistingResources ? existingImports(room, ctx, stack, compiled) : undefined;
};

const tagsOf = ({ tags }: { readonly tags: readonly { readonly key: string; readonly value: string }[] }) =>
  tags.map(({ key, value }) => ({ key, value }));
