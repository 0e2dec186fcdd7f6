import * as model from "@aws-sdk/client-lambda";
import { defineService } from "../../kernel/rooms.ts";
import { resumeEvents } from "./asyncQueue.ts";
import { resumePollers } from "./eventSources/pollers.ts";
import { iam } from "./iam.ts";
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from "./operations/aliases.ts";
import {
  createCodeSigningConfig,
  deleteCodeSigningConfig,
  deleteFunctionCodeSigningConfig,
  getCodeSigningConfig,
  getFunctionCodeSigningConfig,
  listCodeSigningConfigs,
  listFunctionsByCodeSigningConfig,
  putFunctionCodeSigningConfig,
  updateCodeSigningConfig,
} from "./operations/codeSigning.ts";
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from "./operations/concurrency.ts";
import { createFunction } from "./operations/createFunction.ts";
import {
  deleteFunctionEventInvokeConfig,
  getFunctionEventInvokeConfig,
  listFunctionEventInvokeConfigs,
  putFunctionEventInvokeConfig,
  updateFunctionEventInvokeConfig,
} from "./operations/eventInvoke.ts";
import {
  createEventSourceMapping,
  deleteEventSourceMapping,
  getEventSourceMapping,
  listEventSourceMappings,
  updateEventSourceMapping,
} from "./operations/eventSourceMappings.ts";
import {
  getFunctionRecursionConfig,
  getRuntimeManagementConfig,
  putFunctionRecursionConfig,
  putRuntimeManagementConfig,
} from "./operations/functionSettings.ts";
import {
  deleteFunction,
  getAccountSettings,
  getFunction,
  getFunctionConfiguration,
  listFunctions,
} from "./operations/functions.ts";
import {
  createFunctionUrlConfig,
  deleteFunctionUrlConfig,
  getFunctionUrlConfig,
  listFunctionUrlConfigs,
  updateFunctionUrlConfig,
} from "./operations/functionUrls.ts";
import { invoke, invokeAsync, invokeWithResponseStream } from "./operations/invoke.ts";
import {
  addLayerVersionPermission,
  getLayerVersionPolicy,
  removeLayerVersionPermission,
} from "./operations/layerPermissions.ts";
import {
  deleteLayerVersion,
  getLayerVersion,
  getLayerVersionByArn,
  listLayers,
  listLayerVersions,
  publishLayerVersion,
} from "./operations/layers.ts";
import { addPermission, getPolicy, removePermission } from "./operations/permissions.ts";
import {
  deleteProvisionedConcurrencyConfig,
  getProvisionedConcurrencyConfig,
  listProvisionedConcurrencyConfigs,
  putProvisionedConcurrencyConfig,
} from "./operations/provisionedConcurrency.ts";
import { listVersionsByFunction, publishVersion } from "./operations/publishVersion.ts";
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from "./operations/resourcePolicies.ts";
import { listTags, tagResource, untagResource } from "./operations/tags.ts";
import { updateFunctionCode, updateFunctionConfiguration } from "./operations/updateFunction.ts";
import { ownerOf } from "./owner.ts";
import { resumeProvisioned } from "./provisioned.ts";
import { aliasType } from "./resources/alias.ts";
import { codeSigningConfigType } from "./resources/codeSigningConfig.ts";
import { eventInvokeConfigType } from "./resources/eventInvokeConfig.ts";
import { eventSourceMappingType } from "./resources/eventSourceMapping.ts";
import { functionType } from "./resources/function.ts";
import { layerVersionType } from "./resources/layerVersion.ts";
import { layerVersionPermissionType } from "./resources/layerVersionPermission.ts";
import { permissionType } from "./resources/permission.ts";
import { resourcePolicyType } from "./resources/resourcePolicy.ts";
import { urlType } from "./resources/url.ts";
import { versionType } from "./resources/version.ts";
import { openRoom, type Room } from "./room.ts";
import { checkedByModel } from "./runtimes.ts";
import { sweepFolders } from "./sweep.ts";

/** AWS Lambda. */
export default defineService<Room, "lambda">({
  name: "lambda",
  model,
  scope: "region",
  constraints: checkedByModel,
  ownerOf,
  open: openRoom,
  operations: {
    AddLayerVersionPermission: addLayerVersionPermission,
    AddPermission: addPermission,
    CreateAlias: createAlias,
    CreateCodeSigningConfig: createCodeSigningConfig,
    CreateEventSourceMapping: createEventSourceMapping,
    CreateFunction: createFunction,
    CreateFunctionUrlConfig: createFunctionUrlConfig,
    DeleteAlias: deleteAlias,
    DeleteCodeSigningConfig: deleteCodeSigningConfig,
    DeleteEventSourceMapping: deleteEventSourceMapping,
    DeleteFunction: deleteFunction,
    DeleteFunctionCodeSigningConfig: deleteFunctionCodeSigningConfig,
    DeleteFunctionConcurrency: deleteFunctionConcurrency,
    DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig,
    DeleteFunctionUrlConfig: deleteFunctionUrlConfig,
    DeleteLayerVersion: deleteLayerVersion,
    DeleteProvisionedConcurrencyConfig: deleteProvisionedConcurrencyConfig,
    DeleteResourcePolicy: deleteResourcePolicy,
    GetAccountSettings: getAccountSettings,
    GetAlias: getAlias,
    GetCodeSigningConfig: getCodeSigningConfig,
    GetEventSourceMapping: getEventSourceMapping,
    GetFunction: getFunction,
    GetFunctionCodeSigningConfig: getFunctionCodeSigningConfig,
    GetFunctionConcurrency: getFunctionConcurrency,
    GetFunctionConfiguration: getFunctionConfiguration,
    GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
    GetFunctionRecursionConfig: getFunctionRecursionConfig,
    GetFunctionUrlConfig: getFunctionUrlConfig,
    GetLayerVersion: getLayerVersion,
    GetLayerVersionByArn: getLayerVersionByArn,
    GetLayerVersionPolicy: getLayerVersionPolicy,
    GetPolicy: getPolicy,
    GetProvisionedConcurrencyConfig: getProvisionedConcurrencyConfig,
    GetResourcePolicy: getResourcePolicy,
    GetRuntimeManagementConfig: getRuntimeManagementConfig,
    Invoke: invoke,
    InvokeAsync: invokeAsync,
    InvokeWithResponseStream: invokeWithResponseStream,
    ListAliases: listAliases,
    ListCodeSigningConfigs: listCodeSigningConfigs,
    ListEventSourceMappings: listEventSourceMappings,
    ListFunctionEventInvokeConfigs: listFunctionEventInvokeConfigs,
    ListFunctionUrlConfigs: listFunctionUrlConfigs,
    ListFunctions: listFunctions,
    ListFunctionsByCodeSigningConfig: listFunctionsByCodeSigningConfig,
    ListLayerVersions: listLayerVersions,
    ListLayers: listLayers,
    ListProvisionedConcurrencyConfigs: listProvisionedConcurrencyConfigs,
    ListTags: listTags,
    ListVersionsByFunction: listVersionsByFunction,
    PublishLayerVersion: publishLayerVersion,
    PublishVersion: publishVersion,
    PutFunctionCodeSigningConfig: putFunctionCodeSigningConfig,
    PutFunctionConcurrency: putFunctionConcurrency,
    PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig,
    PutFunctionRecursionConfig: putFunctionRecursionConfig,
    PutProvisionedConcurrencyConfig: putProvisionedConcurrencyConfig,
    PutResourcePolicy: putResourcePolicy,
    PutRuntimeManagementConfig: putRuntimeManagementConfig,
    RemoveLayerVersionPermission: removeLayerVersionPermission,
    RemovePermission: removePermission,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateAlias: updateAlias,
    UpdateCodeSigningConfig: updateCodeSigningConfig,
    UpdateEventSourceMapping: updateEventSourceMapping,
    UpdateFunctionCode: updateFunctionCode,
    UpdateFunctionConfiguration: updateFunctionConfiguration,
    UpdateFunctionEventInvokeConfig: updateFunctionEventInvokeConfig,
    UpdateFunctionUrlConfig: updateFunctionUrlConfig,
  },
  iam,
  resources: [
    resourcePolicyType,
    functionType,
    versionType,
    aliasType,
    permissionType,
    layerVersionType,
    layerVersionPermissionType,
    codeSigningConfigType,
    urlType,
    eventInvokeConfigType,
    eventSourceMappingType,
  ],
  resume: (room) => {
    sweepFolders(room);
    resumeEvents(room);
    resumePollers(room);
    resumeProvisioned(room);
  },
  close: async (room) => {
    room.polling.stopAll();
    await room.engine[Symbol.asyncDispose]();
  },
});
