import { domainsOf, type KeptMapping } from "../domains.ts";
import { badRequest, conflict, notFound } from "../errors.ts";
import { page } from "../paging.ts";
import { patched } from "../patch.ts";
import type { Operation, Room } from "../room.ts";
import { domainIn } from "./domainNames.ts";

/** AWS: how the mapping of all that no other takes is named. */
const NONE = "(none)";

export const createBasePathMapping =
  (room: Room): Operation<"CreateBasePathMapping"> =>
  async (_ctx, { domainName, basePath = NONE, restApiId, stage = "" }) => {
    await domainIn(room, domainName);
    const mapping = { basePath, restApiId, stage };
    check(room, mapping);
    if ((await mappingsOf(room, domainName)).some((one) => keyOf(one) === basePath)) {
      throw conflict("Base path already exists for this domain name");
    }
    const input = { DomainName: domainName, ApiId: restApiId, Stage: stage, ApiMappingKey: asKey(basePath) };
    return mappingView(await domainsOf(room)("apigatewayv2", "CreateApiMapping", input));
  };

export const getBasePathMapping =
  (room: Room): Operation<"GetBasePathMapping"> =>
  async (_ctx, { domainName, basePath }) =>
    mappingView(await mappingAt(room, domainName, basePath));

export const getBasePathMappings =
  (room: Room): Operation<"GetBasePathMappings"> =>
  async (_ctx, { domainName, ...paging }) => {
    await domainIn(room, domainName);
    const { items, ...next } = page(await mappingsOf(room, domainName), paging);
    return { items: items.map(mappingView), ...next };
  };

export const updateBasePathMapping =
  (room: Room): Operation<"UpdateBasePathMapping"> =>
  async (_ctx, { domainName, basePath: named, patchOperations }) => {
    const before = await mappingAt(room, domainName, named);
    // AWS spells this one member otherwise in patches.
    const { basePath = NONE, restApiId = "", stage = "" } = mappingView(before);
    const shape = { basePath: "text", restapiId: "text", stage: "text" } as const;
    const given = patched({ basePath, restapiId: restApiId, stage }, patchOperations, shape);
    const after = { basePath: given.basePath || NONE, restApiId: given.restapiId, stage: given.stage ?? "" };
    check(room, after);
    const others = (await mappingsOf(room, domainName)).filter((one) => one.ApiMappingId !== before.ApiMappingId);
    if (others.some((one) => keyOf(one) === after.basePath)) {
      throw conflict("Base path already exists for this domain name");
    }
    const changed = await domainsOf(room)("apigatewayv2", "UpdateApiMapping", {
      DomainName: domainName,
      ApiMappingId: before.ApiMappingId,
      ApiId: after.restApiId,
      Stage: after.stage,
      ApiMappingKey: asKey(after.basePath),
    });
    return mappingView(changed);
  };

export const deleteBasePathMapping =
  (room: Room): Operation<"DeleteBasePathMapping"> =>
  async (_ctx, { domainName, basePath }) => {
    const { ApiMappingId } = await mappingAt(room, domainName, basePath);
    await domainsOf(room)("apigatewayv2", "DeleteApiMapping", { DomainName: domainName, ApiMappingId });
    return {};
  };

const mappingsOf = async (room: Room, domainName: string): Promise<readonly KeptMapping[]> => {
  const { Items = [] } = await domainsOf(room)("apigatewayv2", "GetApiMappings", { DomainName: domainName });
  return Items;
};

const mappingAt = async (room: Room, domainName: string, basePath: string): Promise<KeptMapping> => {
  await domainIn(room, domainName);
  const mapping = (await mappingsOf(room, domainName)).find((one) => keyOf(one) === (basePath || NONE));
  if (!mapping) throw notFound("base path mapping");
  return mapping;
};

const keyOf = ({ ApiMappingKey }: KeptMapping): string => ApiMappingKey || NONE;

const asKey = (basePath: string): string => (basePath === NONE ? "" : basePath);

const mappingView = (mapping: KeptMapping) => ({
  basePath: keyOf(mapping),
  restApiId: mapping.ApiId,
  ...(mapping.Stage ? { stage: mapping.Stage } : {}),
});

interface Mapping {
  readonly basePath: string;
  readonly restApiId: string;
  readonly stage: string;
}

const check = (room: Room, { basePath, restApiId, stage }: Mapping): void => {
  if (basePath.includes("/")) {
    throw badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
    );
  }
  if (!room.restApis.has(restApiId)) throw badRequest("Invalid REST API identifier specified");
  if (stage !== "" && !room.stages.has([restApiId, stage])) throw badRequest("Invalid stage identifier specified");
};
