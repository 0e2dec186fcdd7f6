import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import type { CompiledStack } from "../definition/compile.ts";
import { finish, LateRefusal, type Prepared, type Received, receive } from "../definition/prepare.ts";
import { validationError } from "../errors.ts";
import type { ChangeSetRecord, StackRecord } from "../records.ts";
import { stackRequest } from "../requests.ts";
import type { Operation, Room } from "../room.ts";
import { stackContext, stackPrincipal } from "../run/principal.ts";
import { sameJson } from "../schema/diff.ts";
import { surroundingsOf } from "../surroundings.ts";
import { TemplateError } from "../template/errors.ts";
import { typeFinder } from "../types.ts";
import { EARLY_VALIDATION_FAILED, isFatal, validateChanges } from "../validation/changes.ts";
import { changeBase } from "./base.ts";
import { computeChanges, isChange, outputsChange } from "./compute.ts";
import { askedImports, existingImports, refuseOtherChanges } from "./imports.ts";

/** What a change set is asked for with. */
export type ChangeSetInput = Parameters<Operation<"CreateChangeSet">>[1];

/** Why a change set that would change nothing has failed. */
export const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** A change set of which nothing is worked out yet. */
export const blankChangeSet = (
  room: Room,
  stack: StackRecord,
  changeSetId: string,
  input: ChangeSetInput,
  type: ChangeSetRecord["type"],
): ChangeSetRecord => ({
  changeSetId,
  name: input.ChangeSetName,
  stackId: stack.stackId,
  type,
  description: input.Description,
  createdAt: room.clock.now(),
  status: "CREATE_IN_PROGRESS",
  statusReason: undefined,
  executionStatus: "UNAVAILABLE",
  definition: undefined,
  changes: [],
  onStackFailure: input.OnStackFailure,
  clientToken: input.ClientToken,
  operationId: room.ids.uuid(),
  skipsValidation: input.DisableValidation ?? false,
  deployment: input.DeploymentConfig && {
    mode: input.DeploymentConfig.Mode,
    disableRollback: input.DeploymentConfig.DisableRollback,
  },
});

/** A change set's request as far as it can be refused at once. */
export const receiveChangeSet = (room: Room, ctx: Context, input: ChangeSetInput, stack: StackRecord) =>
  receive(room, ctx, stackRequest(input, { mustAcknowledgeExpansion: false }), stack.definition);

/** AWS: what shows only while the change set is worked out makes it a failed one; the rest refuses the request. */
export const fillChangeSet = async (
  room: Room,
  ctx: Context,
  input: ChangeSetInput,
  stack: StackRecord,
  blank: ChangeSetRecord,
  received: Received,
): Promise<ChangeSetRecord> => {
  const arns = { notificationArns: received.request.notificationArns ?? stack.definition?.notificationArns ?? [] };
  const around = { ...surroundingsOf(room, stack, arns), find: typeFinder(room) };
  let prepared: Prepared;
  try {
    prepared = await finish(room, ctx, received, around);
  } catch (error) {
    if (!(error instanceof LateRefusal)) throw error;
    return failedChangeSet(blank, errorMessage(error));
  }
  const { definition, compiled, missingExport } = prepared;
  const imports = await importsFor(room, ctx, input, stack, compiled);
  const base = await changeBase(room, ctx, stack, imports);
  const warning =
    missingExport &&
    `ChangeSet creation failed for resource [${missingExport.logicalId}] because: No export named ${missingExport.name}`;
  const asked = { ...blank, definition, warning, imports, importsExisting: input.ImportExistingResources ?? false };
  try {
    const changes = await computeChanges(base, compiled);
    const sameTags = sameJson(tagsOf(definition), tagsOf(stack.definition ?? definition));
    if (blank.type === "IMPORT") refuseOtherChanges(changes, outputsChange(base, compiled));
    if (sameTags && !isChange(base, compiled, changes)) return failedChangeSet(asked, NO_CHANGES);
    const principal = await stackPrincipal(room.deps, definition.roleArn, ctx.principal);
    const validations = blank.skipsValidation
      ? []
      : await validateChanges(room, stackContext(room.deps, principal), stack, compiled, changes);
    if (validations.some(isFatal)) return failedChangeSet({ ...asked, validations }, EARLY_VALIDATION_FAILED);
    return { ...asked, validations, changes, status: "CREATE_COMPLETE", executionStatus: "AVAILABLE" };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return failedChangeSet(asked, error.message);
  }
};

/** A change set that has come to nothing, and why. */
export const failedChangeSet = (changeSet: ChangeSetRecord, statusReason: string): ChangeSetRecord => ({
  ...changeSet,
  status: "FAILED",
  executionStatus: "UNAVAILABLE",
  statusReason,
});

const importsFor = async (
  room: Room,
  ctx: Context,
  input: ChangeSetInput,
  stack: StackRecord,
  compiled: CompiledStack,
) => {
  if (input.ChangeSetType === "IMPORT") return askedImports(room, compiled, input.ResourcesToImport ?? []);
  if ((input.ResourcesToImport ?? []).length > 0) {
    throw validationError("ResourcesToImport can only be specified for change sets of type IMPORT.");
  }
  return input.ImportExistingResources ? existingImports(room, ctx, stack, compiled) : undefined;
};

const tagsOf = ({ tags }: { readonly tags: readonly { readonly key: string; readonly value: string }[] }) =>
  tags.map(({ key, value }) => ({ key, value }));
