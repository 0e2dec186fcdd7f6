import * as model from "@aws-sdk/client-apigatewayv2";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import {
  createApiMapping,
  deleteApiMapping,
  getApiMapping,
  getApiMappings,
  updateApiMapping,
} from "./operations/apiMappings.ts";
import { createApi, deleteApi, deleteCorsConfiguration, getApi, getApis, updateApi } from "./operations/apis.ts";
import {
  createAuthorizer,
  deleteAuthorizer,
  getAuthorizer,
  getAuthorizers,
  updateAuthorizer,
} from "./operations/authorizers.ts";
import {
  createDomainName,
  deleteDomainName,
  getDomainName,
  getDomainNames,
  updateDomainName,
} from "./operations/domainNames.ts";
import { exportApi } from "./operations/exportApi.ts";
import { importApi, reimportApi } from "./operations/importApi.ts";
import {
  createIntegrationResponse,
  deleteIntegrationResponse,
  getIntegrationResponse,
  getIntegrationResponses,
  updateIntegrationResponse,
} from "./operations/integrationResponses.ts";
import {
  createIntegration,
  deleteIntegration,
  getIntegration,
  getIntegrations,
  updateIntegration,
} from "./operations/integrations.ts";
import { createModel, deleteModel, getModel, getModels, getModelTemplate, updateModel } from "./operations/models.ts";
import {
  createRouteResponse,
  deleteRouteResponse,
  getRouteResponse,
  getRouteResponses,
  updateRouteResponse,
} from "./operations/routeResponses.ts";
import {
  createRoute,
  deleteRoute,
  deleteRouteRequestParameter,
  getRoute,
  getRoutes,
  updateRoute,
} from "./operations/routes.ts";
import {
  createDeployment,
  createStage,
  deleteAccessLogSettings,
  deleteDeployment,
  deleteRouteSettings,
  deleteStage,
  getDeployment,
  getDeployments,
  getStage,
  getStages,
  updateDeployment,
  updateStage,
} from "./operations/stages.ts";
import { getTags, tagResource, untagResource } from "./operations/tags.ts";
import { createVpcLink, deleteVpcLink, getVpcLink, getVpcLinks, updateVpcLink } from "./operations/vpcLinks.ts";
import { apiType } from "./resources/api.ts";
import { apiMappingType, domainNameType } from "./resources/domains.ts";
import { managedOverridesType } from "./resources/managedOverrides.ts";
import { authorizerType, deploymentType, integrationType, routeType } from "./resources/parts.ts";
import { integrationResponseType, modelType, routeResponseType } from "./resources/responses.ts";
import { stageType } from "./resources/stage.ts";
import { vpcLinkType } from "./resources/vpcLink.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon API Gateway's HTTP and WebSocket APIs. */
export default defineService<Room, "apigatewayv2">({
  name: "apigatewayv2",
  model,
  scope: "region",
  constraints,
  validationErrorCode: "BadRequestException",
  open: openRoom,
  operations: {
    CreateApi: createApi,
    CreateApiMapping: createApiMapping,
    CreateAuthorizer: createAuthorizer,
    CreateDeployment: createDeployment,
    CreateDomainName: createDomainName,
    CreateIntegration: createIntegration,
    CreateIntegrationResponse: createIntegrationResponse,
    CreateModel: createModel,
    CreateRoute: createRoute,
    CreateRouteResponse: createRouteResponse,
    CreateStage: createStage,
    CreateVpcLink: createVpcLink,
    DeleteAccessLogSettings: deleteAccessLogSettings,
    DeleteApi: deleteApi,
    DeleteApiMapping: deleteApiMapping,
    DeleteAuthorizer: deleteAuthorizer,
    DeleteCorsConfiguration: deleteCorsConfiguration,
    DeleteDeployment: deleteDeployment,
    DeleteDomainName: deleteDomainName,
    DeleteIntegration: deleteIntegration,
    DeleteIntegrationResponse: deleteIntegrationResponse,
    DeleteModel: deleteModel,
    DeleteRoute: deleteRoute,
    DeleteRouteRequestParameter: deleteRouteRequestParameter,
    DeleteRouteResponse: deleteRouteResponse,
    DeleteRouteSettings: deleteRouteSettings,
    DeleteStage: deleteStage,
    DeleteVpcLink: deleteVpcLink,
    ExportApi: exportApi,
    GetApi: getApi,
    GetApiMapping: getApiMapping,
    GetApiMappings: getApiMappings,
    GetApis: getApis,
    GetAuthorizer: getAuthorizer,
    GetAuthorizers: getAuthorizers,
    GetDeployment: getDeployment,
    GetDeployments: getDeployments,
    GetDomainName: getDomainName,
    GetDomainNames: getDomainNames,
    GetIntegration: getIntegration,
    GetIntegrationResponse: getIntegrationResponse,
    GetIntegrationResponses: getIntegrationResponses,
    GetIntegrations: getIntegrations,
    GetModel: getModel,
    GetModels: getModels,
    GetModelTemplate: getModelTemplate,
    GetRoute: getRoute,
    GetRouteResponse: getRouteResponse,
    GetRouteResponses: getRouteResponses,
    GetRoutes: getRoutes,
    GetStage: getStage,
    GetStages: getStages,
    GetTags: getTags,
    GetVpcLink: getVpcLink,
    GetVpcLinks: getVpcLinks,
    ImportApi: importApi,
    ReimportApi: reimportApi,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateApi: updateApi,
    UpdateApiMapping: updateApiMapping,
    UpdateAuthorizer: updateAuthorizer,
    UpdateDeployment: updateDeployment,
    UpdateDomainName: updateDomainName,
    UpdateIntegration: updateIntegration,
    UpdateIntegrationResponse: updateIntegrationResponse,
    UpdateModel: updateModel,
    UpdateRoute: updateRoute,
    UpdateRouteResponse: updateRouteResponse,
    UpdateStage: updateStage,
    UpdateVpcLink: updateVpcLink,
  },
  iam,
  resources: [
    apiType,
    routeType,
    integrationType,
    authorizerType,
    stageType,
    deploymentType,
    modelType,
    routeResponseType,
    integrationResponseType,
    domainNameType,
    apiMappingType,
    vpcLinkType,
    managedOverridesType,
  ],
  close: async ({ connections }) => connections.closeAll(),
});
