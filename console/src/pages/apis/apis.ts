import { call } from "../../api/call.ts";
import { CallError, session } from "../../api/session.ts";

/** An API of either kind. */
export interface Api {
  readonly id: string;
  readonly name: string;
  readonly kind: "HTTP" | "REST" | "WEBSOCKET";
  readonly created: string | undefined;
}

/** A route, and what stands behind it. */
export interface ApiRoute {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly target: string;
  readonly authorization: string;
}

export interface ApiDetail {
  readonly api: Api;
  readonly routes: readonly ApiRoute[];
  readonly stages: readonly string[];
}

export const apisHere = async (): Promise<readonly Api[]> => {
  const [http, rest] = await Promise.all([call("apigatewayv2", "GetApis", {}), call("apigateway", "GetRestApis", {})]);
  return [
    ...(http.Items ?? []).map(({ ApiId = "", Name = "", ProtocolType, CreatedDate }) => ({
      id: ApiId,
      name: Name,
      kind: ProtocolType ?? "HTTP",
      created: CreatedDate,
    })),
    ...(rest.items ?? []).map(({ id = "", name = "", createdDate }) => ({
      id,
      name,
      kind: "REST" as const,
      created: createdDate,
    })),
  ];
};

/** A Lambda integration's function, an address, or the kind of what answers. */
const targetOf = (uri: string | undefined, type: string | undefined): string =>
  /function:([^:/]+)/.exec(uri ?? "")?.[1] ?? uri ?? type ?? "–";

export const apiDetail = async (id: string): Promise<ApiDetail> => {
  const api = (await apisHere()).find((each) => each.id === id);
  if (!api) throw new CallError("NotFoundException", `There is no API ${id}.`, 404);
  return api.kind === "REST" ? restDetail(api) : httpDetail(api);
};

const httpDetail = async (api: Api): Promise<ApiDetail> => {
  const ApiId = api.id;
  const [routes, integrations, stages] = await Promise.all([
    call("apigatewayv2", "GetRoutes", { ApiId }),
    call("apigatewayv2", "GetIntegrations", { ApiId }),
    call("apigatewayv2", "GetStages", { ApiId }),
  ]);
  const integrationOf = (target: string | undefined) =>
    integrations.Items?.find(({ IntegrationId }) => target === `integrations/${IntegrationId}`);
  return {
    api,
    stages: (stages.Items ?? []).map(({ StageName = "" }) => StageName),
    routes: (routes.Items ?? []).map(({ RouteId = "", RouteKey = "", Target, AuthorizationType }) => {
      const [method = "ANY", path = "/"] = RouteKey === "$default" ? ["ANY", "$default"] : RouteKey.split(" ");
      const integration = integrationOf(Target);
      return {
        ...{ id: RouteId, method, path },
        target: targetOf(integration?.IntegrationUri, integration?.IntegrationType),
        authorization: AuthorizationType ?? "NONE",
      };
    }),
  };
};

const restDetail = async (api: Api): Promise<ApiDetail> => {
  const restApiId = api.id;
  const [resources, stages] = await Promise.all([
    call("apigateway", "GetResources", { restApiId, embed: ["methods"], limit: 500 }),
    call("apigateway", "GetStages", { restApiId }),
  ]);
  return {
    api,
    stages: (stages.item ?? []).map(({ stageName = "" }) => stageName),
    routes: (resources.items ?? []).flatMap(({ id = "", path = "", resourceMethods = {} }) =>
      Object.entries(resourceMethods).map(([method, { methodIntegration, authorizationType }]) => ({
        ...{ id: `${id}${method}`, method, path },
        target: targetOf(methodIntegration?.uri, methodIntegration?.type),
        authorization: authorizationType ?? "NONE",
      })),
    ),
  };
};

/** Where an API answers, for a browser. */
export const urlOf = ({ id, kind }: Api, stage: string): string => {
  const { port } = new URL(session().endpoint);
  return `${kind === "WEBSOCKET" ? "ws" : "http"}://${id}.execute-api.localhost:${port}${stage === "" || stage === "$default" ? "" : `/${stage}`}`;
};
