import type { IntegrationResponse } from "@aws-sdk/client-api-gateway";
import { partsOf } from "./find.ts";
import type {
  DeploymentRecord,
  IntegrationRecord,
  MethodRecord,
  ResourceRecord,
  RestApiRecord,
  StageRecord,
} from "./records.ts";
import type { Room } from "./room.ts";

/** AWS: what is empty is left out, tags too but where an API was changed. */
export const apiView = ({ createdAt, ...api }: RestApiRecord) => ({
  ...withoutEmpty(api),
  createdDate: new Date(createdAt),
});

/** Without texts, lists and maps that hold nothing. */
export const withoutEmpty = <T extends object>(shown: T): Partial<T> & Pick<T, never> => {
  const kept = { ...shown };
  for (const [name, value] of Object.entries(kept)) {
    const empty = value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
    if (empty) Reflect.deleteProperty(kept, name);
  }
  return kept;
};

/** A resource with its methods' names, or with the methods themselves. */
export const resourceView = (room: Room, apiId: string, resource: ResourceRecord, embedMethods: boolean) => {
  const methods = partsOf(room.methods, apiId, resource.id);
  if (methods.length === 0) return resource;
  return {
    ...resource,
    resourceMethods: Object.fromEntries(
      methods.map((method) => [method.httpMethod, embedMethods ? methodView(method) : {}]),
    ),
  };
};

export const methodView = ({ resourceId: _, methodIntegration, ...method }: MethodRecord) =>
  withoutEmpty({ ...method, ...(methodIntegration ? { methodIntegration: integrationView(methodIntegration) } : {}) });

export const integrationView = ({ integrationResponses, ...integration }: IntegrationRecord): IntegrationRecord => ({
  ...integration,
  ...(integrationResponses
    ? {
        integrationResponses: Object.fromEntries(
          Object.entries(integrationResponses).map(([status, response]) => [status, integrationResponseView(response)]),
        ),
      }
    : {}),
});

/** AWS: an empty template of a response is shown as null. */
export const integrationResponseView = <R extends IntegrationResponse>(response: R): R => {
  const { responseTemplates } = response;
  if (!responseTemplates) return response;
  const shown = { ...responseTemplates };
  for (const [type, template] of Object.entries(shown)) if (template === "") Reflect.set(shown, type, null);
  return { ...response, responseTemplates: shown };
};

export const stageView = ({ createdAt, updatedAt, ...stage }: StageRecord) => ({
  ...stage,
  createdDate: new Date(createdAt),
  lastUpdatedDate: new Date(updatedAt),
});

export const deploymentView = ({ createdAt, snapshot, ...deployment }: DeploymentRecord, withSummary = false) => ({
  ...deployment,
  createdDate: new Date(createdAt),
  ...(withSummary ? { apiSummary: summaryOf(snapshot) } : {}),
});

const summaryOf = ({ resources, methods }: DeploymentRecord["snapshot"]) =>
  Object.fromEntries(
    resources
      .map(({ id, path }) => [path, methods.filter(({ resourceId }) => resourceId === id)] as const)
      .filter(([, own]) => own.length > 0)
      .map(([path, own]) => [
        path,
        Object.fromEntries(
          own.map(({ httpMethod, authorizationType, apiKeyRequired = false }) => [
            httpMethod,
            { authorizationType, apiKeyRequired },
          ]),
        ),
      ]),
  );
