import { type HttpMethod, managementAction } from "../../engines/gateway/managementAction.ts";
import type { IamTable } from "../../kernel/service.ts";
import type { Room } from "./room.ts";

interface Named {
  readonly restApiId: string;
}

const api = (method: HttpMethod) => managementAction<Named>(method, ({ restApiId }) => `/restapis/${restApiId}`);

const all = (method: HttpMethod, name: string) =>
  managementAction<Named>(method, ({ restApiId }) => `/restapis/${restApiId}/${name}`);

const one = <Id extends string>(method: HttpMethod, name: string, id: Id) =>
  managementAction<Named & { readonly [K in Id]: string }>(
    method,
    (input) => `/restapis/${input.restApiId}/${name}/${input[id]}`,
  );

interface OfMethod extends Named {
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode?: string;
}

const ofMethod = (method: HttpMethod, tail = "") =>
  managementAction<OfMethod>(method, ({ restApiId, resourceId, httpMethod, statusCode = "" }) => {
    const rest = tail === "" ? "" : `/${tail.replace("STATUS", statusCode)}`;
    return `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}${rest}`;
  });

const apiKey = (method: HttpMethod) =>
  managementAction<{ readonly apiKey: string }>(method, (input) => `/apikeys/${input.apiKey}`);

const plan = (method: HttpMethod, tail = "") =>
  managementAction<{ readonly usagePlanId: string }>(method, ({ usagePlanId }) => `/usageplans/${usagePlanId}${tail}`);

const planKey = (method: HttpMethod, tail = "") =>
  managementAction<{ readonly usagePlanId: string; readonly keyId: string }>(
    method,
    ({ usagePlanId, keyId }) => `/usageplans/${usagePlanId}/keys/${keyId}${tail}`,
  );

const domain = (method: HttpMethod, tail = "") =>
  managementAction<{ readonly domainName: string }>(method, ({ domainName }) => `/domainnames/${domainName}${tail}`);

const basePath = (method: HttpMethod) =>
  managementAction<{ readonly domainName: string; readonly basePath: string }>(
    method,
    (input) => `/domainnames/${input.domainName}/basepathmappings/${input.basePath}`,
  );

const vpcLink = (method: HttpMethod) =>
  managementAction<{ readonly vpcLinkId: string }>(method, ({ vpcLinkId }) => `/vpclinks/${vpcLinkId}`);

const certificate = (method: HttpMethod) =>
  managementAction<{ readonly clientCertificateId: string }>(
    method,
    ({ clientCertificateId }) => `/clientcertificates/${clientCertificateId}`,
  );

const ofStage = (method: HttpMethod, name: string) =>
  managementAction<Named & { readonly stageName: string }>(
    method,
    ({ restApiId, stageName }) => `/restapis/${restApiId}/stages/${stageName}/${name}`,
  );

const tags = (method: HttpMethod) =>
  managementAction<{ readonly resourceArn: string }>(
    method,
    ({ resourceArn }) => `/tags/${encodeURIComponent(resourceArn)}`,
  );

export const iam: IamTable<Room, "apigateway"> = {
  CreateApiKey: managementAction("POST", () => "/apikeys"),
  ImportApiKeys: managementAction("POST", () => "/apikeys"),
  GetApiKeys: managementAction("GET", () => "/apikeys"),
  GetApiKey: apiKey("GET"),
  UpdateApiKey: apiKey("PATCH"),
  DeleteApiKey: apiKey("DELETE"),
  CreateUsagePlan: managementAction("POST", () => "/usageplans"),
  GetUsagePlans: managementAction("GET", () => "/usageplans"),
  GetUsagePlan: plan("GET"),
  UpdateUsagePlan: plan("PATCH"),
  DeleteUsagePlan: plan("DELETE"),
  GetUsage: plan("GET", "/usage"),
  CreateUsagePlanKey: plan("POST", "/keys"),
  GetUsagePlanKeys: plan("GET", "/keys"),
  GetUsagePlanKey: planKey("GET"),
  DeleteUsagePlanKey: planKey("DELETE"),
  UpdateUsage: planKey("PATCH", "/usage"),
  CreateRestApi: managementAction("POST", () => "/restapis"),
  ImportRestApi: managementAction("POST", () => "/restapis"),
  GetRestApis: managementAction("GET", () => "/restapis"),
  GetRestApi: api("GET"),
  UpdateRestApi: api("PATCH"),
  PutRestApi: api("PUT"),
  DeleteRestApi: api("DELETE"),
  CreateResource: managementAction<Named & { readonly parentId: string }>(
    "POST",
    ({ restApiId, parentId }) => `/restapis/${restApiId}/resources/${parentId}`,
  ),
  GetResources: all("GET", "resources"),
  GetResource: one("GET", "resources", "resourceId"),
  UpdateResource: one("PATCH", "resources", "resourceId"),
  DeleteResource: one("DELETE", "resources", "resourceId"),
  PutMethod: ofMethod("PUT"),
  GetMethod: ofMethod("GET"),
  UpdateMethod: ofMethod("PATCH"),
  DeleteMethod: ofMethod("DELETE"),
  PutMethodResponse: ofMethod("PUT", "responses/STATUS"),
  GetMethodResponse: ofMethod("GET", "responses/STATUS"),
  UpdateMethodResponse: ofMethod("PATCH", "responses/STATUS"),
  DeleteMethodResponse: ofMethod("DELETE", "responses/STATUS"),
  PutIntegration: ofMethod("PUT", "integration"),
  GetIntegration: ofMethod("GET", "integration"),
  UpdateIntegration: ofMethod("PATCH", "integration"),
  DeleteIntegration: ofMethod("DELETE", "integration"),
  PutIntegrationResponse: ofMethod("PUT", "integration/responses/STATUS"),
  GetIntegrationResponse: ofMethod("GET", "integration/responses/STATUS"),
  UpdateIntegrationResponse: ofMethod("PATCH", "integration/responses/STATUS"),
  DeleteIntegrationResponse: ofMethod("DELETE", "integration/responses/STATUS"),
  CreateDeployment: all("POST", "deployments"),
  GetDeployments: all("GET", "deployments"),
  GetDeployment: one("GET", "deployments", "deploymentId"),
  UpdateDeployment: one("PATCH", "deployments", "deploymentId"),
  DeleteDeployment: one("DELETE", "deployments", "deploymentId"),
  CreateStage: all("POST", "stages"),
  GetStages: all("GET", "stages"),
  GetStage: one("GET", "stages", "stageName"),
  UpdateStage: one("PATCH", "stages", "stageName"),
  DeleteStage: one("DELETE", "stages", "stageName"),
  FlushStageCache: ofStage("DELETE", "cache/data"),
  FlushStageAuthorizersCache: ofStage("DELETE", "cache/authorizers"),
  GetExport: managementAction<Named & { readonly stageName: string; readonly exportType: string }>(
    "GET",
    ({ restApiId, stageName, exportType }) => `/restapis/${restApiId}/stages/${stageName}/exports/${exportType}`,
  ),
  CreateAuthorizer: all("POST", "authorizers"),
  GetAuthorizers: all("GET", "authorizers"),
  GetAuthorizer: one("GET", "authorizers", "authorizerId"),
  UpdateAuthorizer: one("PATCH", "authorizers", "authorizerId"),
  TestInvokeMethod: ofMethod("POST"),
  TestInvokeAuthorizer: one("POST", "authorizers", "authorizerId"),
  DeleteAuthorizer: one("DELETE", "authorizers", "authorizerId"),
  CreateModel: all("POST", "models"),
  GetModels: all("GET", "models"),
  GetModel: one("GET", "models", "modelName"),
  GetModelTemplate: managementAction<Named & { readonly modelName: string }>(
    "GET",
    ({ restApiId, modelName }) => `/restapis/${restApiId}/models/${modelName}/default_template`,
  ),
  UpdateModel: one("PATCH", "models", "modelName"),
  DeleteModel: one("DELETE", "models", "modelName"),
  CreateRequestValidator: all("POST", "requestvalidators"),
  GetRequestValidators: all("GET", "requestvalidators"),
  GetRequestValidator: one("GET", "requestvalidators", "requestValidatorId"),
  UpdateRequestValidator: one("PATCH", "requestvalidators", "requestValidatorId"),
  DeleteRequestValidator: one("DELETE", "requestvalidators", "requestValidatorId"),
  CreateDocumentationPart: all("POST", "documentation/parts"),
  GetDocumentationPart: one("GET", "documentation/parts", "documentationPartId"),
  GetDocumentationParts: all("GET", "documentation/parts"),
  UpdateDocumentationPart: one("PATCH", "documentation/parts", "documentationPartId"),
  DeleteDocumentationPart: one("DELETE", "documentation/parts", "documentationPartId"),
  ImportDocumentationParts: all("PUT", "documentation/parts"),
  CreateDocumentationVersion: all("POST", "documentation/versions"),
  GetDocumentationVersion: one("GET", "documentation/versions", "documentationVersion"),
  GetDocumentationVersions: all("GET", "documentation/versions"),
  UpdateDocumentationVersion: one("PATCH", "documentation/versions", "documentationVersion"),
  DeleteDocumentationVersion: one("DELETE", "documentation/versions", "documentationVersion"),
  PutGatewayResponse: one("PUT", "gatewayresponses", "responseType"),
  GetGatewayResponses: all("GET", "gatewayresponses"),
  GetGatewayResponse: one("GET", "gatewayresponses", "responseType"),
  UpdateGatewayResponse: one("PATCH", "gatewayresponses", "responseType"),
  DeleteGatewayResponse: one("DELETE", "gatewayresponses", "responseType"),
  CreateDomainName: managementAction("POST", () => "/domainnames"),
  GetDomainNames: managementAction("GET", () => "/domainnames"),
  GetDomainName: domain("GET"),
  UpdateDomainName: domain("PATCH"),
  DeleteDomainName: domain("DELETE"),
  CreateBasePathMapping: domain("POST", "/basepathmappings"),
  GetBasePathMappings: domain("GET", "/basepathmappings"),
  GetBasePathMapping: basePath("GET"),
  UpdateBasePathMapping: basePath("PATCH"),
  DeleteBasePathMapping: basePath("DELETE"),
  CreateVpcLink: managementAction("POST", () => "/vpclinks"),
  GetVpcLinks: managementAction("GET", () => "/vpclinks"),
  GetVpcLink: vpcLink("GET"),
  UpdateVpcLink: vpcLink("PATCH"),
  DeleteVpcLink: vpcLink("DELETE"),
  GenerateClientCertificate: managementAction("POST", () => "/clientcertificates"),
  GetClientCertificates: managementAction("GET", () => "/clientcertificates"),
  GetClientCertificate: certificate("GET"),
  UpdateClientCertificate: certificate("PATCH"),
  DeleteClientCertificate: certificate("DELETE"),
  GetAccount: managementAction("GET", () => "/account"),
  UpdateAccount: managementAction("PATCH", () => "/account"),
  GetTags: tags("GET"),
  TagResource: tags("PUT"),
  UntagResource: tags("DELETE"),
};
