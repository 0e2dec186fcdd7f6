import type { Room } from "../room.ts";
import type { ApiRequest } from "./request.ts";

type Place = Pick<Room, "partition" | "region" | "account">;

/** The ARN under which an API is invoked. */
export const apiArn = ({ partition, region, account }: Place, apiId: string): string =>
  `arn:${partition}:execute-api:${region}:${account}:${apiId}`;

/** The ARN resource policies of functions speak of: `API/STAGE/METHOD/path`. */
export const sourceArn = (place: Place, { table, stageName, match, http }: ApiRequest): string => {
  const { resourcePath } = match.target;
  const tail = resourcePath === "$default" ? "$default" : `${http.method}${resourcePath}`;
  return `${apiArn(place, table.api.apiId)}/${stageName}/${tail}`;
};
