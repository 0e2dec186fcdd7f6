import type { QueryLanguage } from "@aws-sdk/client-cloudwatch-logs";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { capitalized, type ResourceReader } from "../../../kernel/resourceReading.ts";
import { orGone } from "./gone.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-querydefinition.html */
interface QueryDefinitionProperties {
  readonly Name: string;
  readonly QueryString: string;
  readonly LogGroupNames?: string[];
  readonly QueryLanguage?: QueryLanguage;
}

const put = async (ctx: ResourceContext, desired: QueryDefinitionProperties, existing?: string) => {
  const { queryDefinitionId = "" } = await ctx.call("logs", "PutQueryDefinition", {
    name: desired.Name,
    queryString: desired.QueryString,
    logGroupNames: desired.LogGroupNames,
    queryLanguage: desired.QueryLanguage,
    ...(existing === undefined ? { clientToken: ctx.clientToken } : { queryDefinitionId: existing }),
  });
  return { physicalId: queryDefinitionId, attributes: { QueryDefinitionId: queryDefinitionId } };
};

const read: ResourceReader = async (ctx, physicalId) => {
  let nextToken: string | undefined;
  do {
    const answer = await ctx.call("logs", "DescribeQueryDefinitions", { nextToken });
    const found = answer.queryDefinitions?.find(({ queryDefinitionId }) => queryDefinitionId === physicalId);
    if (found) {
      const { queryDefinitionId: _id, lastModified: _at, ...definition } = found;
      const attributes = { QueryDefinitionId: physicalId };
      return { physicalId, attributes, properties: capitalized(definition), unread: ["Parameters"] };
    }
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return undefined;
};

export const queryDefinitionType = defineResourceType<QueryDefinitionProperties>({
  name: "AWS::Logs::QueryDefinition",
  unbuilt: ["Parameters"],
  read,
  create: async (ctx, desired) => put(ctx, desired),
  update: async (ctx, { physicalId }, desired) => put(ctx, desired, physicalId),
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("logs", "DeleteQueryDefinition", { queryDefinitionId: physicalId }));
  },
});
