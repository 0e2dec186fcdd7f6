import type { SamplingRule } from "@aws-sdk/client-xray";
import type { Clock } from "../../kernel/clock.ts";
import type { Context } from "../../kernel/context.ts";
import type { Ids } from "../../kernel/ids.ts";
import { createReservoir } from "./reservoir.ts";

/** A request that nobody has decided about, as sampling rules look at it. */
export interface SampledRequest {
  readonly serviceName: string;
  /** `AWS::ApiGateway::Stage` */
  readonly serviceType: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly resourceArn: string;
}

/** Decides by the account's sampling rules whether requests are traced. */
export interface RuleSampler {
  /** The name of the rule that decides for it, and what. */
  decide(request: SampledRequest): Promise<SamplingDecision>;
}

export interface SamplingDecision {
  readonly sampled: boolean;
  readonly rule: string | undefined;
}

interface SamplerParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly load: () => Promise<readonly SamplingRule[]>;
}

/** The rules of an account, as X-Ray answers them. */
export const loadRules = async ({ call }: Pick<Context, "call">): Promise<readonly SamplingRule[]> => {
  const { SamplingRuleRecords = [] } = await call("xray", "GetSamplingRules", {});
  return SamplingRuleRecords.flatMap(({ SamplingRule: rule }) => rule ?? []);
};

/** Rules are asked for again after this time. AWS: services do so every few minutes. */
const FRESH_MS = 10_000;

export const createRuleSampler = ({ clock, ids, load }: SamplerParts): RuleSampler => {
  const reservoir = createReservoir({ clock, ids });
  let loaded: { readonly at: number; readonly rules: Promise<readonly SamplingRule[]> } | undefined;
  const rules = () => {
    const now = clock.now();
    if (!loaded || now - loaded.at >= FRESH_MS) loaded = { at: now, rules: inOrder(load) };
    return loaded.rules;
  };
  return {
    decide: async (request) => {
      const rule = (await rules()).find((one) => suits(one, request));
      const { RuleName: name = "", ReservoirSize: reservoirSize = 0, FixedRate: fixedRate = 0 } = rule ?? {};
      return { sampled: reservoir.decide(name, { reservoirSize, fixedRate }), rule: rule?.RuleName };
    },
  };
};

const inOrder = async (load: SamplerParts["load"]): Promise<readonly SamplingRule[]> =>
  (await load()).toSorted(
    (a, b) => (a.Priority ?? 0) - (b.Priority ?? 0) || (a.RuleName ?? "").localeCompare(b.RuleName ?? ""),
  );

/** AWS: services pass by the rules that ask for attributes. */
const suits = (rule: SamplingRule, request: SampledRequest): boolean =>
  Object.keys(rule.Attributes ?? {}).length === 0 &&
  isLike(rule.ServiceName, request.serviceName) &&
  isLike(rule.ServiceType, request.serviceType) &&
  isLike(rule.Host, request.host) &&
  isLike(rule.HTTPMethod, request.method) &&
  isLike(rule.URLPath, request.path) &&
  isLike(rule.ResourceARN, request.resourceArn);

/** `*` stands for any text and `?` for one character, in any case. */
const isLike = (pattern = "*", text: string): boolean => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "is").test(text);
};
