import * as model from "@aws-sdk/client-api-gateway";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { getAccount, updateAccount } from "./operations/account.ts";
import { createApiKey, deleteApiKey, getApiKey, getApiKeys, updateApiKey } from "./operations/apiKeys.ts";
import {
  createAuthorizer,
  deleteAuthorizer,
  getAuthorizer,
  getAuthorizers,
  updateAuthorizer,
} from "./operations/authorizers.ts";
import {
  createBasePathMapping,
  deleteBasePathMapping,
  getBasePathMapping,
  getBasePathMappings,
  updateBasePathMapping,
} from "./operations/basePathMappings.ts";
import { flushStageAuthorizersCache, flushStageCache } from "./operations/caches.ts";
import {
  deleteClientCertificate,
  generateClientCertificate,
  getClientCertificate,
  getClientCertificates,
  updateClientCertificate,
} from "./operations/clientCertificates.ts";
import {
  createDeployment,
  deleteDeployment,
  getDeployment,
  getDeployments,
  updateDeployment,
} from "./operations/deployments.ts";
import {
  createDocumentationPart,
  deleteDocumentationPart,
  getDocumentationPart,
  getDocumentationParts,
  importDocumentationParts,
  updateDocumentationPart,
} from "./operations/documentationParts.ts";
import {
  createDocumentationVersion,
  deleteDocumentationVersion,
  getDocumentationVersion,
  getDocumentationVersions,
  updateDocumentationVersion,
} from "./operations/documentationVersions.ts";
import {
  createDomainName,
  deleteDomainName,
  getDomainName,
  getDomainNames,
  updateDomainName,
} from "./operations/domainNames.ts";
import {
  deleteGatewayResponse,
  getGatewayResponse,
  getGatewayResponses,
  putGatewayResponse,
  updateGatewayResponse,
} from "./operations/gatewayResponses.ts";
import { getExport } from "./operations/getExport.ts";
import { importApiKeys } from "./operations/importApiKeys.ts";
import { importRestApi, putRestApi } from "./operations/importRestApi.ts";
import {
  deleteIntegration,
  deleteIntegrationResponse,
  getIntegration,
  getIntegrationResponse,
  putIntegration,
  putIntegrationResponse,
  updateIntegration,
  updateIntegrationResponse,
} from "./operations/integrations.ts";
import {
  deleteMethod,
  deleteMethodResponse,
  getMethod,
  getMethodResponse,
  putMethod,
  putMethodResponse,
  updateMethod,
  updateMethodResponse,
} from "./operations/methods.ts";
import { createModel, deleteModel, getModel, getModels, getModelTemplate, updateModel } from "./operations/models.ts";
import { createResource, deleteResource, getResource, getResources, updateResource } from "./operations/resources.ts";
import { createRestApi, deleteRestApi, getRestApi, getRestApis, updateRestApi } from "./operations/restApis.ts";
import { createStage, deleteStage, getStage, getStages, updateStage } from "./operations/stages.ts";
import { getTags, tagResource, untagResource } from "./operations/tags.ts";
import { testInvokeAuthorizer, testInvokeMethod } from "./operations/testInvoke.ts";
import {
  createUsagePlan,
  createUsagePlanKey,
  deleteUsagePlan,
  deleteUsagePlanKey,
  getUsage,
  getUsagePlan,
  getUsagePlanKey,
  getUsagePlanKeys,
  getUsagePlans,
  updateUsage,
  updateUsagePlan,
} from "./operations/usagePlans.ts";
import {
  createRequestValidator,
  deleteRequestValidator,
  getRequestValidator,
  getRequestValidators,
  updateRequestValidator,
} from "./operations/validators.ts";
import { createVpcLink, deleteVpcLink, getVpcLink, getVpcLinks, updateVpcLink } from "./operations/vpcLinks.ts";
import { accountType } from "./resources/account.ts";
import { clientCertificateType } from "./resources/clientCertificate.ts";
import { deploymentType } from "./resources/deployment.ts";
import { documentationPartType, documentationVersionType } from "./resources/documentation.ts";
import { basePathMappingType, domainNameType } from "./resources/domains.ts";
import { methodType } from "./resources/method.ts";
import {
  authorizerType,
  gatewayResponseType,
  modelType,
  requestValidatorType,
  resourceType,
} from "./resources/parts.ts";
import { restApiType } from "./resources/restApi.ts";
import { stageType } from "./resources/stage.ts";
import { apiKeyType, usagePlanKeyType, usagePlanType } from "./resources/usage.ts";
import { vpcLinkType } from "./resources/vpcLink.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon API Gateway's REST APIs. */
export default defineService<Room, "apigateway">({
  name: "apigateway",
  model,
  scope: "region",
  constraints,
  namesInputInViolations: true,
  open: openRoom,
  operations: {
    CreateApiKey: createApiKey,
    CreateAuthorizer: createAuthorizer,
    CreateBasePathMapping: createBasePathMapping,
    CreateDeployment: createDeployment,
    CreateDocumentationPart: createDocumentationPart,
    CreateDocumentationVersion: createDocumentationVersion,
    CreateDomainName: createDomainName,
    CreateModel: createModel,
    CreateRequestValidator: createRequestValidator,
    CreateResource: createResource,
    CreateRestApi: createRestApi,
    CreateStage: createStage,
    CreateUsagePlan: createUsagePlan,
    CreateUsagePlanKey: createUsagePlanKey,
    CreateVpcLink: createVpcLink,
    DeleteApiKey: deleteApiKey,
    DeleteAuthorizer: deleteAuthorizer,
    DeleteBasePathMapping: deleteBasePathMapping,
    DeleteClientCertificate: deleteClientCertificate,
    DeleteDeployment: deleteDeployment,
    DeleteDocumentationPart: deleteDocumentationPart,
    DeleteDocumentationVersion: deleteDocumentationVersion,
    DeleteDomainName: deleteDomainName,
    DeleteGatewayResponse: deleteGatewayResponse,
    DeleteIntegration: deleteIntegration,
    DeleteIntegrationResponse: deleteIntegrationResponse,
    DeleteMethod: deleteMethod,
    DeleteMethodResponse: deleteMethodResponse,
    DeleteModel: deleteModel,
    DeleteRequestValidator: deleteRequestValidator,
    DeleteResource: deleteResource,
    DeleteRestApi: deleteRestApi,
    DeleteStage: deleteStage,
    DeleteUsagePlan: deleteUsagePlan,
    DeleteUsagePlanKey: deleteUsagePlanKey,
    DeleteVpcLink: deleteVpcLink,
    FlushStageAuthorizersCache: flushStageAuthorizersCache,
    FlushStageCache: flushStageCache,
    GenerateClientCertificate: generateClientCertificate,
    GetAccount: getAccount,
    GetApiKey: getApiKey,
    GetApiKeys: getApiKeys,
    GetAuthorizer: getAuthorizer,
    GetAuthorizers: getAuthorizers,
    GetBasePathMapping: getBasePathMapping,
    GetBasePathMappings: getBasePathMappings,
    GetClientCertificate: getClientCertificate,
    GetClientCertificates: getClientCertificates,
    GetDeployment: getDeployment,
    GetDeployments: getDeployments,
    GetDocumentationPart: getDocumentationPart,
    GetDocumentationParts: getDocumentationParts,
    GetDocumentationVersion: getDocumentationVersion,
    GetDocumentationVersions: getDocumentationVersions,
    GetDomainName: getDomainName,
    GetDomainNames: getDomainNames,
    GetExport: getExport,
    GetGatewayResponse: getGatewayResponse,
    GetGatewayResponses: getGatewayResponses,
    GetIntegration: getIntegration,
    GetIntegrationResponse: getIntegrationResponse,
    GetMethod: getMethod,
    GetMethodResponse: getMethodResponse,
    GetModel: getModel,
    GetModelTemplate: getModelTemplate,
    GetModels: getModels,
    GetRequestValidator: getRequestValidator,
    GetRequestValidators: getRequestValidators,
    GetResource: getResource,
    GetResources: getResources,
    GetRestApi: getRestApi,
    GetRestApis: getRestApis,
    GetStage: getStage,
    GetStages: getStages,
    GetTags: getTags,
    GetUsage: getUsage,
    GetUsagePlan: getUsagePlan,
    GetUsagePlanKey: getUsagePlanKey,
    GetUsagePlanKeys: getUsagePlanKeys,
    GetUsagePlans: getUsagePlans,
    GetVpcLink: getVpcLink,
    GetVpcLinks: getVpcLinks,
    ImportApiKeys: importApiKeys,
    ImportDocumentationParts: importDocumentationParts,
    ImportRestApi: importRestApi,
    PutGatewayResponse: putGatewayResponse,
    PutIntegration: putIntegration,
    PutIntegrationResponse: putIntegrationResponse,
    PutMethod: putMethod,
    PutMethodResponse: putMethodResponse,
    PutRestApi: putRestApi,
    TagResource: tagResource,
    TestInvokeAuthorizer: testInvokeAuthorizer,
    TestInvokeMethod: testInvokeMethod,
    UntagResource: untagResource,
    UpdateAccount: updateAccount,
    UpdateApiKey: updateApiKey,
    UpdateAuthorizer: updateAuthorizer,
    UpdateBasePathMapping: updateBasePathMapping,
    UpdateClientCertificate: updateClientCertificate,
    UpdateDeployment: updateDeployment,
    UpdateDocumentationPart: updateDocumentationPart,
    UpdateDocumentationVersion: updateDocumentationVersion,
    UpdateDomainName: updateDomainName,
    UpdateGatewayResponse: updateGatewayResponse,
    UpdateIntegration: updateIntegration,
    UpdateIntegrationResponse: updateIntegrationResponse,
    UpdateMethod: updateMethod,
    UpdateMethodResponse: updateMethodResponse,
    UpdateModel: updateModel,
    UpdateRequestValidator: updateRequestValidator,
    UpdateResource: updateResource,
    UpdateRestApi: updateRestApi,
    UpdateStage: updateStage,
    UpdateUsage: updateUsage,
    UpdateUsagePlan: updateUsagePlan,
    UpdateVpcLink: updateVpcLink,
  },
  iam,
  resources: [
    restApiType,
    resourceType,
    methodType,
    deploymentType,
    stageType,
    accountType,
    authorizerType,
    modelType,
    requestValidatorType,
    gatewayResponseType,
    documentationPartType,
    documentationVersionType,
    apiKeyType,
    usagePlanType,
    usagePlanKeyType,
    domainNameType,
    basePathMappingType,
    vpcLinkType,
    clientCertificateType,
  ],
});
