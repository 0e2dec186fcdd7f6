import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { functionArn, functionReference, type Named } from "./find.ts";
import { policyDocument } from "./policy.ts";
import { type FunctionRecord, LATEST, type PolicyRecord } from "./records.ts";
import type { Room } from "./room.ts";

interface Known {
  readonly name: string;
  readonly policyKey: readonly [string, string];
  readonly record: FunctionRecord;
  readonly policy: PolicyRecord | undefined;
  readonly request: AuthorizationRequest;
}

const MAX_KNOWN = 1000;
const knownRequests = new WeakMap<Room, Map<string, Known>>();

/**
 * What an action on a function asks for. As long as neither the function nor its policy changes it is the same object, so
 * that IAM knows again what it has decided.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
const onFunction =
  (action: string) =>
  (room: Room, ctx: Context, input: Named): AuthorizationRequest => {
    const known = knownRequests.get(room) ?? new Map<string, Known>();
    knownRequests.set(room, known);
    const key = `${action} ${input.FunctionName} ${input.Qualifier ?? ""}`;
    const before = known.get(key);
    if (before && isCurrent(room, before)) return before.request;
    const { name, qualifier } = functionReference(ctx, input.FunctionName, input.Qualifier);
    const policyKey = [name, qualifier === LATEST ? "" : (qualifier ?? "")] as const;
    const policy = room.policies.get(policyKey);
    const record = room.functions.get(name);
    const request = {
      action: `lambda:${action}`,
      resource: functionArn(ctx, name, qualifier),
      conditions: tagConditions(record),
      resourceAccount: room.account,
      ...(policy ? { resourcePolicy: policyDocument(policy) } : {}),
    };
    if (known.size >= MAX_KNOWN) known.clear();
    if (record) known.set(key, { name, policyKey, record, policy, request });
    return request;
  };

const isCurrent = ({ functions, policies }: Room, { name, policyKey, record, policy }: Known): boolean =>
  functions.get(name) === record && policies.get(policyKey) === policy;

/** Actions on a function as a whole: a qualifier in the input is not part of the resource. */
const onWhole =
  (action: string) =>
  (room: Room, ctx: Context, { FunctionName }: { readonly FunctionName: string }): AuthorizationRequest =>
    onFunction(action)(room, ctx, { FunctionName: functionReference(ctx, FunctionName).name });

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `lambda:${action}`, resource: "*" });

const onResource =
  (action: string) =>
  (room: Room, ctx: Context, { Resource }: { readonly Resource: string }): AuthorizationRequest =>
    /:function:/.test(Resource)
      ? onFunction(action)(room, ctx, { FunctionName: Resource })
      : { action: `lambda:${action}`, resource: Resource };

const onPolicy =
  (action: string) =>
  (room: Room, ctx: Context, { ResourceArn }: { readonly ResourceArn: string }): AuthorizationRequest =>
    onFunction(action)(room, ctx, { FunctionName: ResourceArn });

const onCodeSigning =
  (action: string) =>
  (_room: Room, _ctx: Context, input: { readonly CodeSigningConfigArn: string }): AuthorizationRequest => ({
    action: `lambda:${action}`,
    resource: input.CodeSigningConfigArn,
  });

const onLayer =
  (action: string) =>
  (
    _room: Room,
    ctx: Context,
    input: { readonly LayerName: string; readonly VersionNumber?: number },
  ): AuthorizationRequest => {
    const arn = input.LayerName.startsWith("arn:") ? input.LayerName : ctx.arn("layer", input.LayerName);
    return {
      action: `lambda:${action}`,
      resource: input.VersionNumber === undefined ? arn : `${arn}:${input.VersionNumber}`,
    };
  };

/** AWS: the policies of layer versions let other accounts get them. */
const onSharedLayer = (room: Room, layerArn: string, version: number): AuthorizationRequest => {
  const policy = room.layerPolicies.get([layerArn.split(":").at(-1) ?? "", version]);
  return {
    action: "lambda:GetLayerVersion",
    resource: `${layerArn}:${version}`,
    resourceAccount: room.account,
    ...(policy ? { resourcePolicy: policyDocument(policy) } : {}),
  };
};

const onMapping =
  (action: string) =>
  (room: Room, ctx: Context, { UUID }: { readonly UUID: string }): AuthorizationRequest => {
    const mapping = room.eventSources.get(UUID);
    return {
      action: `lambda:${action}`,
      resource: ctx.arn("event-source-mapping", UUID),
      conditions: mapping ? { "lambda:FunctionArn": functionArn(ctx, mapping.functionName) } : {},
    };
  };

/** AWS: whoever gives a function a role must be allowed to pass it. */
const passRole = (role: string): AuthorizationRequest => ({
  action: "iam:PassRole",
  resource: role,
  conditions: { "iam:PassedToService": "lambda.amazonaws.com" },
});

const tagConditions = (record: FunctionRecord | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(record?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));

export const iam: IamTable<Room, "lambda"> = {
  CreateFunction: (room, ctx, input) => [
    {
      ...onWhole("CreateFunction")(room, ctx, input),
      conditions: Object.fromEntries(
        Object.entries(input.Tags ?? {}).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
      ),
    },
    passRole(input.Role),
  ],
  UpdateFunctionConfiguration: (room, ctx, input) => [
    onWhole("UpdateFunctionConfiguration")(room, ctx, input),
    ...(input.Role === undefined ? [] : [passRole(input.Role)]),
  ],
  UpdateFunctionCode: onWhole("UpdateFunctionCode"),
  GetFunction: onFunction("GetFunction"),
  GetFunctionConfiguration: onFunction("GetFunctionConfiguration"),
  DeleteFunction: onFunction("DeleteFunction"),
  ListFunctions: onAll("ListFunctions"),
  GetAccountSettings: onAll("GetAccountSettings"),
  PublishVersion: onWhole("PublishVersion"),
  ListVersionsByFunction: onWhole("ListVersionsByFunction"),
  CreateAlias: onWhole("CreateAlias"),
  GetAlias: onWhole("GetAlias"),
  UpdateAlias: onWhole("UpdateAlias"),
  DeleteAlias: onWhole("DeleteAlias"),
  ListAliases: onWhole("ListAliases"),
  AddPermission: onFunction("AddPermission"),
  RemovePermission: onFunction("RemovePermission"),
  GetPolicy: onFunction("GetPolicy"),
  PutResourcePolicy: onPolicy("PutResourcePolicy"),
  GetResourcePolicy: onPolicy("GetResourcePolicy"),
  DeleteResourcePolicy: onPolicy("DeleteResourcePolicy"),
  Invoke: onFunction("InvokeFunction"),
  InvokeWithResponseStream: onFunction("InvokeFunction"),
  PutFunctionConcurrency: onWhole("PutFunctionConcurrency"),
  GetFunctionConcurrency: onWhole("GetFunctionConcurrency"),
  DeleteFunctionConcurrency: onWhole("DeleteFunctionConcurrency"),
  ListTags: onResource("ListTags"),
  TagResource: onResource("TagResource"),
  UntagResource: onResource("UntagResource"),
  PutFunctionEventInvokeConfig: onFunction("PutFunctionEventInvokeConfig"),
  UpdateFunctionEventInvokeConfig: onFunction("UpdateFunctionEventInvokeConfig"),
  GetFunctionEventInvokeConfig: onFunction("GetFunctionEventInvokeConfig"),
  DeleteFunctionEventInvokeConfig: onFunction("DeleteFunctionEventInvokeConfig"),
  ListFunctionEventInvokeConfigs: onWhole("ListFunctionEventInvokeConfigs"),
  CreateFunctionUrlConfig: onFunction("CreateFunctionUrlConfig"),
  GetFunctionUrlConfig: onFunction("GetFunctionUrlConfig"),
  UpdateFunctionUrlConfig: onFunction("UpdateFunctionUrlConfig"),
  DeleteFunctionUrlConfig: onFunction("DeleteFunctionUrlConfig"),
  ListFunctionUrlConfigs: onWhole("ListFunctionUrlConfigs"),
  CreateEventSourceMapping: (_room, ctx, { FunctionName }) => ({
    action: "lambda:CreateEventSourceMapping",
    resource: "*",
    conditions: { "lambda:FunctionArn": functionArn(ctx, functionReference(ctx, FunctionName).name) },
  }),
  GetEventSourceMapping: onMapping("GetEventSourceMapping"),
  UpdateEventSourceMapping: onMapping("UpdateEventSourceMapping"),
  DeleteEventSourceMapping: onMapping("DeleteEventSourceMapping"),
  ListEventSourceMappings: onAll("ListEventSourceMappings"),
  CreateCodeSigningConfig: onAll("CreateCodeSigningConfig"),
  ListCodeSigningConfigs: onAll("ListCodeSigningConfigs"),
  GetCodeSigningConfig: onCodeSigning("GetCodeSigningConfig"),
  UpdateCodeSigningConfig: onCodeSigning("UpdateCodeSigningConfig"),
  DeleteCodeSigningConfig: onCodeSigning("DeleteCodeSigningConfig"),
  ListFunctionsByCodeSigningConfig: onCodeSigning("ListFunctionsByCodeSigningConfig"),
  PutFunctionCodeSigningConfig: (room, ctx, input) => [
    onWhole("PutFunctionCodeSigningConfig")(room, ctx, input),
    onCodeSigning("PutFunctionCodeSigningConfig")(room, ctx, input),
  ],
  GetFunctionCodeSigningConfig: onWhole("GetFunctionCodeSigningConfig"),
  DeleteFunctionCodeSigningConfig: onWhole("DeleteFunctionCodeSigningConfig"),
  PutFunctionRecursionConfig: onWhole("PutFunctionRecursionConfig"),
  GetFunctionRecursionConfig: onWhole("GetFunctionRecursionConfig"),
  PutRuntimeManagementConfig: onFunction("PutRuntimeManagementConfig"),
  GetRuntimeManagementConfig: onFunction("GetRuntimeManagementConfig"),
  AddLayerVersionPermission: onLayer("AddLayerVersionPermission"),
  RemoveLayerVersionPermission: onLayer("RemoveLayerVersionPermission"),
  GetLayerVersionPolicy: onLayer("GetLayerVersionPolicy"),
  PutProvisionedConcurrencyConfig: onFunction("PutProvisionedConcurrencyConfig"),
  GetProvisionedConcurrencyConfig: onFunction("GetProvisionedConcurrencyConfig"),
  DeleteProvisionedConcurrencyConfig: onFunction("DeleteProvisionedConcurrencyConfig"),
  ListProvisionedConcurrencyConfigs: onWhole("ListProvisionedConcurrencyConfigs"),
  InvokeAsync: onFunction("InvokeFunction"),
  PublishLayerVersion: onLayer("PublishLayerVersion"),
  GetLayerVersion: (room, ctx, { LayerName, VersionNumber }) =>
    onSharedLayer(room, LayerName.startsWith("arn:") ? LayerName : ctx.arn("layer", LayerName), VersionNumber),
  GetLayerVersionByArn: (room, _ctx, { Arn }) => {
    const [, layer = Arn, version] = /^(.*):(\d+)$/.exec(Arn) ?? [];
    return onSharedLayer(room, layer, Number(version));
  },
  DeleteLayerVersion: onLayer("DeleteLayerVersion"),
  ListLayerVersions: onAll("ListLayerVersions"),
  ListLayers: onAll("ListLayers"),
};
