import { partsOf } from "./find.ts";
import type { DeploymentRecord, MethodRecord, ResourceRecord, RestApiRecord, StageRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const apiView = ({ createdAt, ...api }: RestApiRecord) => ({ ...api, createdDate: new Date(createdAt) });

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

export const methodView = ({ resourceId: _, ...method }: MethodRecord) => method;

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
