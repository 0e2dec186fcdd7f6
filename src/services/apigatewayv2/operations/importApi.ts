import { withAwsVariables } from "../../../engines/gateway/awsVariables.ts";
import { isBasePathMode } from "../../../engines/gateway/basePath.ts";
import { apiChanged } from "../changes.ts";
import { badRequest } from "../errors.ts";
import { findApi } from "../find.ts";
import { type ImportedApi, readOpenApi } from "../openApi/readOpenApi.ts";
import type { ImportedSecurity } from "../openApi/security.ts";
import { newAuthorizer, newIntegration, newRoute } from "../parts.ts";
import type { ApiRecord, AuthorizerRecord, RouteRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { apiView } from "../views.ts";
import { newApi } from "./apis.ts";

export const importApi =
  (room: Room): Operation<"ImportApi"> =>
  async (_ctx, input) => {
    const imported = accepted(room, input);
    const api = newApi(room, described(imported));
    room.records.atomically(() => {
      room.apis.put(api.apiId, api);
      fill(room, api.apiId, imported);
    });
    return { ...apiView(room, api), ...warningsOf(imported) };
  };

/** Puts the document's routes, integrations and authorizers in place of those the API has. Stages stay. */
export const reimportApi =
  (room: Room): Operation<"ReimportApi"> =>
  async (_ctx, { ApiId, ...input }) => {
    const before = findApi(room, ApiId);
    const imported = accepted(room, input);
    const { corsConfiguration: _, description: __, version: ___, ...kept } = before;
    const api: ApiRecord = { ...kept, ...described(imported), tags: { ...before.tags, ...imported.tags } };
    room.records.atomically(() => {
      for (const parts of [room.routes, room.integrations, room.authorizers]) parts.clear({ prefix: [ApiId] });
      room.apis.put(ApiId, api);
      fill(room, ApiId, imported);
    });
    apiChanged(room, ApiId);
    return { ...apiView(room, api), ...warningsOf(imported) };
  };

interface ImportInput {
  readonly Body: string;
  readonly Basepath?: string | undefined;
  readonly FailOnWarnings?: boolean | undefined;
}

/** What a document describes. AWS: one that is not taken whole is refused where that is asked for. */
const accepted = (room: Room, { Body, Basepath = "ignore", FailOnWarnings }: ImportInput): ImportedApi => {
  if (!isBasePathMode(Basepath)) throw badRequest(`Invalid basepath ${Basepath}: it is ignore, prepend or split`);
  const imported = readOpenApi(withAwsVariables(Body, room), Basepath);
  if (FailOnWarnings && imported.warnings.length > 0) {
    throw badRequest(["Warnings found during import:", ...imported.warnings].join("\n\t"));
  }
  return imported;
};

const described = ({ name, description, version, cors, disableExecuteApiEndpoint, tags }: ImportedApi) => ({
  name,
  tags,
  ...(disableExecuteApiEndpoint === undefined ? {} : { disableExecuteApiEndpoint }),
  ...(description === undefined ? {} : { description }),
  ...(version === undefined ? {} : { version }),
  ...(cors === undefined ? {} : { corsConfiguration: cors }),
});

const warningsOf = ({ warnings }: ImportedApi) => (warnings.length > 0 ? { Warnings: [...warnings] } : {});

const fill = (room: Room, apiId: string, imported: ImportedApi): void => {
  const authorizers = new Map(
    imported.authorizers.map((authorizer) => [authorizer.name, newAuthorizer(room, apiId, authorizer)]),
  );
  for (const { routeKey, operationName, integration, security } of imported.routes) {
    const made = integration && newIntegration(room, apiId, integration);
    newRoute(room, apiId, {
      routeKey,
      ...(operationName === undefined ? {} : { operationName }),
      ...(made ? { target: `integrations/${made.integrationId}` } : {}),
      ...guardOf(security, authorizers),
    });
  }
};

const guardOf = (
  security: ImportedSecurity | undefined,
  authorizers: ReadonlyMap<string, AuthorizerRecord>,
): Partial<RouteRecord> => {
  if (security?.kind === "iam") return { authorizationType: "AWS_IAM" };
  const authorizer = security && authorizers.get(security.name);
  if (!authorizer) return {};
  const { authorizerId, authorizerType } = authorizer;
  return {
    authorizerId,
    authorizationType: authorizerType === "JWT" ? "JWT" : "CUSTOM",
    authorizationScopes: security.scopes,
  };
};
