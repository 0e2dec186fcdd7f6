import { partsOf, type Segment } from "../segments/segment.ts";
import { rootCausesOf } from "../traces/rootCauses.ts";
import type { Trace } from "../traces/trace.ts";
import { causeScopes } from "./causeScopes.ts";
import { holds } from "./compare.ts";
import type { Expression, NodeName } from "./expression.ts";
import { type Scope, segmentScope, traceScope } from "./scopes.ts";

/** The expression of a group, by its name or ARN; undefined where there is no such group. */
export type GroupFilter = (nameOrArn: string) => Expression | undefined;

/** Whether a trace is one that an expression asks for. */
export const matches = (expression: Expression, trace: Trace, groups: GroupFilter): boolean =>
  test(expression, traceScope(trace), { trace, groups });

/** The segments of the service, or of the calls along the edge, that a selector names. */
export const selectedBy = (selector: Selector, trace: Trace): readonly Segment[] => {
  const means = { trace, groups: () => undefined };
  const named = selector.kind === "service" ? servedBy(trace, selector.node) : along(trace, selector.from, selector.to);
  return named.filter((segment) => suits(segment, selector.filter, means));
};

export type Selector = Extract<Expression, { readonly kind: "service" | "edge" }>;

interface Means {
  readonly trace: Trace;
  readonly groups: GroupFilter;
}

const test = (expression: Expression, scope: Scope, means: Means): boolean => {
  switch (expression.kind) {
    case "and":
      return expression.parts.every((part) => test(part, scope, means));
    case "or":
      return expression.parts.some((part) => test(part, scope, means));
    case "not":
      return !test(expression.part, scope, means);
    case "service":
    case "edge":
      return selectedBy(expression, means.trace).length > 0;
    case "rootcause":
      return rootCausesOf(means.trace, expression.cause).some((cause) =>
        causeScopes(cause, expression.element).some(
          (inner) => !expression.filter || test(expression.filter, inner, means),
        ),
      );
    case "compare":
      return isGroup(expression.keyword)
        ? isInGroup(expression.value, means)
        : holds(expression, scope(expression.keyword));
  }
};

const isGroup = (keyword: string): boolean => keyword === "group.name" || keyword === "group.arn";

/** A group that is named within a group is not followed further, or two could name each other. */
const isInGroup = (name: unknown, { trace, groups }: Means): boolean => {
  const filter = groups(String(name));
  return filter !== undefined && matches(filter, trace, () => undefined);
};

const suits = (segment: Segment, filter: Expression | undefined, means: Means): boolean =>
  !filter || test(filter, segmentScope(segment, segment === means.trace.root), means);

const isNode = ({ node, type }: Segment, wanted: NodeName): boolean =>
  (wanted.name === undefined || wanted.name === node) && (wanted.type === undefined || wanted.type === type);

const servedBy = ({ segments }: Trace, node: NodeName): readonly Segment[] =>
  segments.filter((segment) => isNode(segment, node));

/** The segments of one node that were called from another. */
const along = ({ segments }: Trace, from: NodeName, to: NodeName): readonly Segment[] => {
  const callers = new Set(
    segments.filter((segment) => isNode(segment, from)).flatMap((segment) => [...partsOf(segment)].map(({ id }) => id)),
  );
  return segments.filter((segment) => isNode(segment, to) && callers.has(segment.parentId ?? ""));
};
