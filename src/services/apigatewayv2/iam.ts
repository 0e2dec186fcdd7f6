import { type HttpMethod, managementAction } from "../../engines/gateway/managementAction.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { Room } from "./room.ts";

interface Named {
  readonly ApiId: string;
}

const collection = (method: HttpMethod, name: string) =>
  managementAction<Named>(method, ({ ApiId }) => `/apis/${ApiId}/${name}`);

const part = <Id extends string>(method: HttpMethod, name: string, id: Id) =>
  managementAction<Named & { readonly [K in Id]: string }>(
    method,
    (input) => `/apis/${input.ApiId}/${name}/${input[id]}`,
  );

const domain = (method: HttpMethod, tail = "") =>
  managementAction<{ readonly DomainName: string }>(method, ({ DomainName }) => `/domainnames/${DomainName}${tail}`);

const mapping = (method: HttpMethod) =>
  managementAction<{ readonly DomainName: string; readonly ApiMappingId: string }>(
    method,
    ({ DomainName, ApiMappingId }) => `/domainnames/${DomainName}/apimappings/${ApiMappingId}`,
  );

/** All that belongs to a route or an integration. */
const below = <Id extends string>(method: HttpMethod, holders: string, holder: Id, name: string) =>
  managementAction<Named & { readonly [K in Id]: string }>(
    method,
    (input) => `/apis/${input.ApiId}/${holders}/${input[holder]}/${name}`,
  );

/** One of what belongs to a route or an integration. */
const oneBelow = <Id extends string, Own extends string>(
  method: HttpMethod,
  holders: string,
  holder: Id,
  name: string,
  own: Own,
) =>
  managementAction<Named & { readonly [K in Id | Own]: string }>(
    method,
    (input) => `/apis/${input.ApiId}/${holders}/${input[holder]}/${name}/${input[own]}`,
  );

const api = (method: HttpMethod) => managementAction<Named>(method, ({ ApiId }) => `/apis/${ApiId}`);

const vpcLink = (method: HttpMethod) =>
  managementAction<{ readonly VpcLinkId: string }>(method, ({ VpcLinkId }) => `/vpclinks/${VpcLinkId}`);

const tags = (method: HttpMethod) =>
  managementAction<{ readonly ResourceArn: string }>(
    method,
    ({ ResourceArn }) => `/tags/${encodeURIComponent(ResourceArn)}`,
  );

export const iam: IamTable<Room, "apigatewayv2"> = {
  CreateApi: managementAction("POST", () => "/apis"),
  ImportApi: managementAction("PUT", () => "/apis"),
  GetApis: managementAction("GET", () => "/apis"),
  GetApi: api("GET"),
  UpdateApi: api("PATCH"),
  ReimportApi: api("PUT"),
  DeleteApi: api("DELETE"),
  DeleteCorsConfiguration: collection("DELETE", "cors"),
  CreateRoute: collection("POST", "routes"),
  GetRoutes: collection("GET", "routes"),
  GetRoute: part("GET", "routes", "RouteId"),
  UpdateRoute: part("PATCH", "routes", "RouteId"),
  DeleteRoute: part("DELETE", "routes", "RouteId"),
  CreateIntegration: collection("POST", "integrations"),
  GetIntegrations: collection("GET", "integrations"),
  GetIntegration: part("GET", "integrations", "IntegrationId"),
  UpdateIntegration: part("PATCH", "integrations", "IntegrationId"),
  DeleteIntegration: part("DELETE", "integrations", "IntegrationId"),
  CreateDomainName: managementAction("POST", () => "/domainnames"),
  GetDomainNames: managementAction("GET", () => "/domainnames"),
  GetDomainName: domain("GET"),
  UpdateDomainName: domain("PATCH"),
  DeleteDomainName: domain("DELETE"),
  CreateApiMapping: domain("POST", "/apimappings"),
  GetApiMappings: domain("GET", "/apimappings"),
  GetApiMapping: mapping("GET"),
  UpdateApiMapping: mapping("PATCH"),
  DeleteApiMapping: mapping("DELETE"),
  CreateModel: collection("POST", "models"),
  GetModels: collection("GET", "models"),
  GetModel: part("GET", "models", "ModelId"),
  GetModelTemplate: below("GET", "models", "ModelId", "template"),
  UpdateModel: part("PATCH", "models", "ModelId"),
  DeleteModel: part("DELETE", "models", "ModelId"),
  CreateRouteResponse: below("POST", "routes", "RouteId", "routeresponses"),
  GetRouteResponses: below("GET", "routes", "RouteId", "routeresponses"),
  GetRouteResponse: oneBelow("GET", "routes", "RouteId", "routeresponses", "RouteResponseId"),
  UpdateRouteResponse: oneBelow("PATCH", "routes", "RouteId", "routeresponses", "RouteResponseId"),
  DeleteRouteRequestParameter: oneBelow("DELETE", "routes", "RouteId", "requestparameters", "RequestParameterKey"),
  DeleteRouteResponse: oneBelow("DELETE", "routes", "RouteId", "routeresponses", "RouteResponseId"),
  CreateIntegrationResponse: below("POST", "integrations", "IntegrationId", "integrationresponses"),
  GetIntegrationResponses: below("GET", "integrations", "IntegrationId", "integrationresponses"),
  GetIntegrationResponse: oneBelow(
    "GET",
    "integrations",
    "IntegrationId",
    "integrationresponses",
    "IntegrationResponseId",
  ),
  UpdateIntegrationResponse: oneBelow(
    "PATCH",
    "integrations",
    "IntegrationId",
    "integrationresponses",
    "IntegrationResponseId",
  ),
  DeleteIntegrationResponse: oneBelow(
    "DELETE",
    "integrations",
    "IntegrationId",
    "integrationresponses",
    "IntegrationResponseId",
  ),
  CreateAuthorizer: collection("POST", "authorizers"),
  GetAuthorizers: collection("GET", "authorizers"),
  GetAuthorizer: part("GET", "authorizers", "AuthorizerId"),
  UpdateAuthorizer: part("PATCH", "authorizers", "AuthorizerId"),
  DeleteAuthorizer: part("DELETE", "authorizers", "AuthorizerId"),
  CreateStage: collection("POST", "stages"),
  GetStages: collection("GET", "stages"),
  GetStage: part("GET", "stages", "StageName"),
  UpdateStage: part("PATCH", "stages", "StageName"),
  DeleteStage: part("DELETE", "stages", "StageName"),
  DeleteAccessLogSettings: part("DELETE", "stages", "StageName"),
  DeleteRouteSettings: part("DELETE", "stages", "StageName"),
  CreateDeployment: collection("POST", "deployments"),
  GetDeployments: collection("GET", "deployments"),
  GetDeployment: part("GET", "deployments", "DeploymentId"),
  UpdateDeployment: part("PATCH", "deployments", "DeploymentId"),
  DeleteDeployment: part("DELETE", "deployments", "DeploymentId"),
  ExportApi: part("GET", "exports", "Specification"),
  CreateVpcLink: managementAction("POST", () => "/vpclinks"),
  GetVpcLinks: managementAction("GET", () => "/vpclinks"),
  GetVpcLink: vpcLink("GET"),
  UpdateVpcLink: vpcLink("PATCH"),
  DeleteVpcLink: vpcLink("DELETE"),
  GetTags: tags("GET"),
  TagResource: tags("POST"),
  UntagResource: tags("DELETE"),
};
