import { partsOf } from "../find.ts";
import type { ApiMappingRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { ApiAddress } from "./address.ts";

/**
 * Where a request to a custom domain goes: the mapping with the longest key that its path begins with. Undefined where none
 * does. https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export const domainAddress = (
  room: Pick<Room, "apiMappings">,
  domainName: string,
  path: string,
): (ApiAddress & { readonly stageName: string; readonly mapped: string }) | undefined => {
  const fitting = partsOf(room.apiMappings, domainName).filter((mapping) => covers(mapping, path));
  const [best] = fitting.sort((a, b) => keyOf(b).length - keyOf(a).length);
  if (!best) return undefined;
  const mapped = keyOf(best) === "" ? "" : `/${keyOf(best)}`;
  return { apiId: best.apiId, stageName: best.stage, path: path.slice(mapped.length) || "/", mapped };
};

const keyOf = ({ apiMappingKey = "" }: ApiMappingRecord): string => apiMappingKey;

const covers = (mapping: ApiMappingRecord, path: string): boolean => {
  const key = keyOf(mapping);
  return key === "" || path === `/${key}` || path.startsWith(`/${key}/`);
};
