import { contextVariable } from "../mapping/contextVariables.ts";
import { textOf } from "../mapping/selection.ts";
import { type ApiRequest, queryPairs } from "../request.ts";

/** `$request.header.NAME`, `$request.querystring.NAME`, `$context.NAME`, `$stageVariables.NAME` */
export const identityAt = (request: ApiRequest, source: string): string | undefined => {
  const [, kind, name = ""] =
    /^\$(request\.header|request\.querystring|context|stageVariables)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case "request.header":
      return request.headers.find(([header]) => header === name.toLowerCase())?.[1];
    case "request.querystring":
      return queryPairs(request.http.rawQuery).find(([key]) => key === name)?.[1];
    case "stageVariables":
      return request.table.stage.stageVariables?.[name];
    case "context":
      return textOf(contextVariable(request, name));
    default:
      return undefined;
  }
};
