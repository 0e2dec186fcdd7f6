import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { Room } from "./room.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** AWS: management is allowed by HTTP method and path. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html */
const at =
  <I>(method: Method, path: (input: I) => string) =>
  (_room: Room, ctx: Context, input: I): AuthorizationRequest => ({
    action: `apigateway:${method}`,
    resource: `arn:${ctx.partition}:apigateway:${ctx.region}::${path(input)}`,
  });

interface Named {
  readonly ApiId: string;
}

const collection = (method: Method, name: string) => at<Named>(method, ({ ApiId }) => `/apis/${ApiId}/${name}`);

const part = <Id extends string>(method: Method, name: string, id: Id) =>
  at<Named & { readonly [K in Id]: string }>(method, (input) => `/apis/${input.ApiId}/${name}/${input[id]}`);

const domain = (method: Method, tail = "") =>
  at<{ readonly DomainName: string }>(method, ({ DomainName }) => `/domainnames/${DomainName}${tail}`);

const mapping = (method: Method) =>
  at<{ readonly DomainName: string; readonly ApiMappingId: string }>(
    method,
    ({ DomainName, ApiMappingId }) => `/domainnames/${DomainName}/apimappings/${ApiMappingId}`,
  );

/** All that belongs to a route or an integration. */
const below = <Id extends string>(method: Method, holders: string, holder: Id, name: string) =>
  at<Named & { readonly [K in Id]: string }>(
    method,
    (input) => `/apis/${input.ApiId}/${holders}/${input[holder]}/${name}`,
  );

/** One of what belongs to a route or an integration. */
const oneBelow = <Id extends string, Own extends string>(
  method: Method,
  holders: string,
  holder: Id,
  name: string,
  own: Own,
) =>
  at<Named & { readonly [K in Id | Own]: string }>(
    method,
    (input) => `/apis/${input.ApiId}/${holders}/${input[holder]}/${name}/${input[own]}`,
  );

const api = (method: Method) => at<Named>(method, ({ ApiId }) => `/apis/${ApiId}`);

const tags = (method: Method) =>
  at<{ readonly ResourceArn: string }>(method, ({ ResourceArn }) => `/tags/${encodeURIComponent(ResourceArn)}`);

export const iam: IamTable<Room, "apigatewayv2"> = {
  CreateApi: at("POST", () => "/apis"),
  ImportApi: at("PUT", () => "/apis"),
  GetApis: at("GET", () => "/apis"),
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
  CreateDomainName: at("POST", () => "/domainnames"),
  GetDomainNames: at("GET", () => "/domainnames"),
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
  UpdateModel: part("PATCH", "models", "ModelId"),
  DeleteModel: part("DELETE", "models", "ModelId"),
  CreateRouteResponse: below("POST", "routes", "RouteId", "routeresponses"),
  GetRouteResponses: below("GET", "routes", "RouteId", "routeresponses"),
  GetRouteResponse: oneBelow("GET", "routes", "RouteId", "routeresponses", "RouteResponseId"),
  UpdateRouteResponse: oneBelow("PATCH", "routes", "RouteId", "routeresponses", "RouteResponseId"),
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
  GetTags: tags("GET"),
  TagResource: tags("POST"),
  UntagResource: tags("DELETE"),
};
