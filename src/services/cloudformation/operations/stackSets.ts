import {
  LimitExceededException,
  NameAlreadyExistsException,
  StackSetNotEmptyException,
} from "@aws-sdk/client-cloudformation";
import type { Context } from "../../../kernel/context.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { checkCapabilities } from "../definition/capabilities.ts";
import { takeParameters } from "../definition/parameters.ts";
import { templateText } from "../definition/templateText.ts";
import { MAX_STACK_SETS } from "../limits.ts";
import { page } from "../paging.ts";
import { checkStackName, stackRequest } from "../requests.ts";
import type { Operation, Room } from "../room.ts";
import { givenByStack } from "../stackSets/adopt.ts";
import { beginOperation, checkFree, placesOf, preferencesOf } from "../stackSets/begin.ts";
import { findStackSet, instancesOf, stackSetOrNone } from "../stackSets/find.ts";
import type { StackSetRecord } from "../stackSets/records.ts";
import { stackSetSummaryView, stackSetView } from "../stackSets/view.ts";
import { parseTemplate } from "../template/parse.ts";
import { readTemplate } from "../template/read.ts";
import { readTransforms } from "../template/transforms.ts";

const PAGE_SIZE = 100;
const ADMINISTRATION_ROLE = "AWSCloudFormationStackSetAdministrationRole";
const EXECUTION_ROLE = "AWSCloudFormationStackSetExecutionRole";

export const createStackSet =
  (room: Room): Operation<"CreateStackSet"> =>
  async (ctx, input) => {
    refuseOrganizations(input);
    checkStackName(input.StackSetName, "stackSetName");
    const existing = stackSetOrNone(room, input.StackSetName);
    if (existing !== undefined) {
      const isSame =
        existing.clientRequestToken !== undefined && existing.clientRequestToken === input.ClientRequestToken;
      if (isSame) return { StackSetId: existing.stackSetId };
      throw new NameAlreadyExistsException({
        message: `StackSet with name ${input.StackSetName} already exists`,
        $metadata: {},
      });
    }
    const given = input.StackId === undefined ? input : { ...input, ...(await givenByStack(ctx, input)) };
    const content = await contentOf(room, ctx, given, undefined);
    const active = [...room.tables.stackSets.range()].filter(({ value }) => value.status === "ACTIVE").length;
    if (active >= MAX_STACK_SETS) {
      throw new LimitExceededException({ message: "Limit for stack set has been exceeded", $metadata: {} });
    }
    const stackSetId = `${input.StackSetName}:${room.ids.uuid()}`;
    room.tables.stackSets.put(stackSetId, {
      ...content,
      stackSetId,
      name: input.StackSetName,
      status: "ACTIVE",
      clientRequestToken: input.ClientRequestToken,
    });
    return { StackSetId: stackSetId };
  };

export const updateStackSet =
  (room: Room): Operation<"UpdateStackSet"> =>
  async (ctx, input) => {
    refuseOrganizations(input);
    const stackSet = findStackSet(room, input.StackSetName);
    const content = await contentOf(room, ctx, input, stackSet);
    const changed = { ...stackSet, ...content };
    const all = instancesOf(room, stackSet.stackSetId);
    const named = input.Accounts === undefined && input.DeploymentTargets === undefined ? undefined : placesOf(input);
    const places = named ?? all.map(({ account, region }) => ({ account, region }));
    checkFree(room, stackSet, input.OperationId);
    room.deps.records.atomically(() => {
      room.tables.stackSets.put(stackSet.stackSetId, changed);
      // AWS: whatever the operation does not reach is no longer what the set says.
      for (const instance of all) {
        room.tables.stackInstances.put([stackSet.stackSetId, instance.account, instance.region], {
          ...instance,
          status: "OUTDATED",
        });
      }
    });
    const isThere = new Set(all.map(({ account, region }) => `${account} ${region}`));
    const OperationId = beginOperation(room, changed, {
      action: "UPDATE",
      operationId: input.OperationId,
      preferences: preferencesOf(input.OperationPreferences),
      places: places.filter(({ account, region }) => isThere.has(`${account} ${region}`)),
    });
    return { OperationId };
  };

export const deleteStackSet =
  (room: Room): Operation<"DeleteStackSet"> =>
  async (_ctx, input) => {
    const stackSet = stackSetOrNone(room, input.StackSetName);
    // AWS: a stack set that is not there is as good as deleted.
    if (stackSet === undefined || stackSet.status === "DELETED") return {};
    checkFree(room, { ...stackSet, isManaged: false }, undefined);
    if (instancesOf(room, stackSet.stackSetId).length > 0) {
      throw new StackSetNotEmptyException({ message: "StackSet is not empty", $metadata: {} });
    }
    room.tables.stackSets.put(stackSet.stackSetId, { ...stackSet, status: "DELETED" });
    return {};
  };

export const describeStackSet =
  (room: Room): Operation<"DescribeStackSet"> =>
  async (_ctx, input) => ({ StackSet: stackSetView(room, findStackSet(room, input.StackSetName)) });

export const listStackSets =
  (room: Room): Operation<"ListStackSets"> =>
  async (_ctx, input) => {
    const all = [...room.tables.stackSets.range()].map(({ value }) => value);
    const wanted = all.filter(({ status }) => input.Status === undefined || status === input.Status);
    const { items, nextToken } = page(wanted, input.NextToken, input.MaxResults ?? PAGE_SIZE);
    return {
      Summaries: items.map((stackSet) => stackSetSummaryView(room, stackSet)),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

/** What AWS does with organizations, of which there are none here. */
const refuseOrganizations = (input: {
  readonly PermissionModel?: string | undefined;
  readonly AutoDeployment?: { readonly Enabled?: boolean | undefined } | undefined;
  readonly CallAs?: string | undefined;
}): void => {
  if (input.PermissionModel === "SERVICE_MANAGED")
    throw new NotImplemented("stack sets with service-managed permissions");
  if (input.AutoDeployment?.Enabled) throw new NotImplemented("the automatic deployment of stack sets");
  if (input.CallAs === "DELEGATED_ADMIN") throw new NotImplemented("delegated administrators of stack sets");
};

type Content = Omit<StackSetRecord, "stackSetId" | "name" | "status" | "clientRequestToken">;

type ContentInput = Parameters<typeof stackRequest>[0] & {
  readonly Description?: string | undefined;
  readonly AdministrationRoleARN?: string | undefined;
  readonly ExecutionRoleName?: string | undefined;
  readonly ManagedExecution?: { readonly Active?: boolean | undefined } | undefined;
};

/** What a request makes of a stack set, checked as far as a template can be without a region. */
const contentOf = async (
  room: Room,
  ctx: Context,
  input: ContentInput,
  previous: StackSetRecord | undefined,
): Promise<Content> => {
  const request = stackRequest(input, { mustAcknowledgeExpansion: true });
  const templateBody = await templateText(ctx, request.source, previous?.templateBody);
  const { body } = parseTemplate(templateBody);
  if (readTransforms(body).length === 0) {
    checkCapabilities(readTemplate(body).resources.values(), request.capabilities, false);
  }
  return {
    templateBody,
    description: input.Description ?? previous?.description,
    parameters: await takeParameters(room, ctx, body, request.parameters, previous),
    capabilities: request.capabilities,
    tags: request.tags ?? previous?.tags ?? [],
    administrationRoleArn:
      input.AdministrationRoleARN ??
      previous?.administrationRoleArn ??
      `arn:${room.partition}:iam::${room.account}:role/${ADMINISTRATION_ROLE}`,
    executionRoleName: input.ExecutionRoleName ?? previous?.executionRoleName ?? EXECUTION_ROLE,
    isManaged: input.ManagedExecution?.Active ?? previous?.isManaged ?? false,
  };
};
