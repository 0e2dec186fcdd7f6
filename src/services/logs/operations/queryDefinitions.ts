import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidParameter, queryDefinitionNotFound } from "../errors.ts";
import { QUERIES_SHOWN } from "../limits.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";

export const putQueryDefinition =
  (room: Room): Operation<"PutQueryDefinition"> =>
  async (_ctx, input) => {
    const { name, queryString, logGroupNames, queryDefinitionId, queryLanguage = "CWLI", parameters } = input;
    if (queryLanguage !== "CWLI") throw new NotImplemented(`Logs Insights queries in ${queryLanguage}`);
    if (parameters !== undefined && parameters.length > 0)
      throw new NotImplemented("parameters of saved Logs Insights queries");
    if (queryDefinitionId !== undefined && !room.queryDefinitions.has(queryDefinitionId))
      throw queryDefinitionNotFound();
    const named = [...room.queryDefinitions.values()].find((each) => each.name === name);
    if (named && named.id !== queryDefinitionId)
      throw invalidParameter("A saved query definition with this name already exists");
    const id = queryDefinitionId ?? room.ids.uuid();
    room.queryDefinitions.put(id, {
      id,
      name,
      query: queryString,
      groups: logGroupNames ?? [],
      modifiedAt: room.clock.now(),
    });
    return { queryDefinitionId: id };
  };

export const describeQueryDefinitions =
  (room: Room): Operation<"DescribeQueryDefinitions"> =>
  async (_ctx, { queryDefinitionNamePrefix: prefix = "", maxResults, nextToken }) => {
    const all = [...room.queryDefinitions.values()]
      .filter(({ name }) => name.startsWith(prefix))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const found = page(all, ({ name }) => name, nextToken, maxResults ?? QUERIES_SHOWN);
    return {
      queryDefinitions: found.items.map(({ id, name, query, groups, modifiedAt }) => ({
        queryLanguage: "CWLI" as const,
        queryDefinitionId: id,
        name,
        queryString: query,
        lastModified: modifiedAt,
        ...(groups.length === 0 ? {} : { logGroupNames: [...groups] }),
      })),
      ...(found.nextToken === undefined ? {} : { nextToken: found.nextToken }),
    };
  };

export const deleteQueryDefinition =
  (room: Room): Operation<"DeleteQueryDefinition"> =>
  async (_ctx, { queryDefinitionId = "" }) => {
    if (!room.queryDefinitions.has(queryDefinitionId)) throw queryDefinitionNotFound();
    room.queryDefinitions.delete(queryDefinitionId);
    return { success: true };
  };
