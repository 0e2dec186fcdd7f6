import { createRuleSampler, loadRules, type RuleSampler } from "../../../engines/tracing/ruleSampler.ts";
import { createSegmentSender, type SegmentSender } from "../../../engines/tracing/sender.ts";
import { rootOf } from "../../../kernel/principal.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import { isSampled, parentOf, traceRoot } from "../../../kernel/traceId.ts";
import type { Ran, StagedRequest } from "./request.ts";
import { requestSegment, stageArn, stageName } from "./segment.ts";

/** Decides which requests of a traced stage are traced, and tells X-Ray of those. */
export interface StageTracing {
  begin(request: StagedRequest, traceId: string): Promise<TracedRequest>;
}

export interface TracedRequest {
  /** For what the request leads to, with the decision. */
  readonly traceId: string;
  /** To be called when it is answered; absent where the request is not traced. */
  readonly end?: (ran: Ran) => void;
}

export const createStageTracing = (deps: RoomDeps): StageTracing => {
  // AWS: a role that is the gateway's own, and may do this.
  const self = () => deps.contextAs(rootOf(deps.account, deps.partition));
  const sampler = createRuleSampler({ clock: deps.clock, ids: deps.ids, load: () => loadRules(self()) });
  const segments = createSegmentSender<string>({
    tasks: deps.tasks,
    nameOf: (name) => name,
    contextOf: async () => self(),
  });
  return { begin: (request, traceId) => begin(deps, { sampler, segments }, request, traceId) };
};

interface Means {
  readonly sampler: RuleSampler;
  readonly segments: SegmentSender<string>;
}

const begin = async (
  deps: RoomDeps,
  { sampler, segments }: Means,
  request: StagedRequest,
  given: string,
): Promise<TracedRequest> => {
  const { ids, clock } = deps;
  const decided = isSampled(given);
  const { sampled, rule } =
    decided === undefined ? await sampler.decide(asSampled(deps, request)) : { sampled: decided, rule: undefined };
  const root = traceRoot(given);
  const [id, callId] = [ids.hex(16), ids.hex(16)];
  const traceId = `Root=${root};Parent=${callId};Sampled=${sampled ? 1 : 0}`;
  if (!sampled) return { traceId };
  return {
    traceId,
    end: (ran) => {
      const parts = { request, ran, endedAt: clock.now() };
      const segment = requestSegment(deps, parts, { id, callId, root, parent: parentOf(given), rule });
      segments.send(stageName(request), [segment]);
    },
  };
};

const asSampled = (deps: RoomDeps, request: StagedRequest) => ({
  serviceName: stageName(request),
  serviceType: "AWS::ApiGateway::Stage",
  host: request.domainName,
  method: request.http.method,
  path: request.address.path,
  resourceArn: stageArn(deps, request),
});
