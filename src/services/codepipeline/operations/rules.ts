import type { RuleType } from "@aws-sdk/client-codepipeline";
import { findPipeline } from "../find.ts";
import { pageOf } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { RULE_TYPES, type RuleTypeRule } from "../structure/ruleTypes.ts";
import { ruleExecutionView } from "../views.ts";
import { runsOf } from "./runsOf.ts";

export const listRuleExecutions =
  (room: Room): Operation<"ListRuleExecutions"> =>
  async (ctx, { pipelineName, filter, maxResults, nextToken }) => {
    const pipeline = findPipeline(room, ctx, pipelineName);
    const own = runsOf(room, pipeline, filter, nextToken, room.tables.executions.ruleRunsNewestFirst);
    const { items, ...token } = pageOf(own, ({ sequence, number }) => [sequence, number], maxResults);
    return { ruleExecutionDetails: items.map(ruleExecutionView), ...token };
  };

export const listRuleTypes = (): Operation<"ListRuleTypes"> => async () => ({ ruleTypes: RULE_TYPES.map(typeView) });

const typeView = ({ provider, inputs, required, optional }: RuleTypeRule): RuleType => ({
  id: { category: "Rule", owner: "AWS", provider, version: "1" },
  settings: {},
  ruleConfigurationProperties: [...required, ...optional].map((name) => ({
    name,
    required: required.includes(name),
    key: required.includes(name),
    secret: false,
    queryable: false,
    type: "String",
  })),
  inputArtifactDetails: { minimumCount: inputs.min, maximumCount: inputs.max },
});
