import { partsOf, type Segment } from "../segments/segment.ts";
import { linksOf } from "../traces/links.ts";
import type { Trace } from "../traces/trace.ts";

/** A service of the graph, with what was seen of it. */
export interface GraphNode {
  readonly name: string;
  readonly type: string | undefined;
  readonly isClient: boolean;
  readonly isRoot: boolean;
  readonly segments: readonly Segment[];
  readonly edges: readonly GraphEdge[];
}

/** The calls from one service to another: for each the caller's view of it. */
export interface GraphEdge {
  readonly to: string;
  readonly calls: readonly Segment[];
}

/** The services of traces by their key, clients among them. */
export const graphOf = (traces: Iterable<Trace>): ReadonlyMap<string, GraphNode> => {
  const nodes = new Map<string, Draft>();
  for (const trace of traces) addTrace(nodes, trace);
  return new Map([...nodes].map(([key, draft]) => [key, nodeOf(draft)]));
};

interface Draft {
  readonly name: string;
  readonly type: string | undefined;
  readonly isClient: boolean;
  isRoot: boolean;
  readonly segments: Segment[];
  readonly edges: Map<string, Segment[]>;
}

const nodeOf = ({ edges, ...node }: Draft): GraphNode => ({
  ...node,
  edges: [...edges].map(([to, calls]) => ({ to, calls })),
});

/** AWS: who sent the request is a node of its own, under the name of the service that it reached. */
const addTrace = (nodes: Map<string, Draft>, { segments }: Trace): void => {
  const { entries, called } = linksOf(segments);
  for (const entry of entries) {
    draftOf(nodes, entry).isRoot = true;
    addCall(clientOf(nodes, entry), entry, entry);
  }
  for (const segment of segments) {
    const draft = draftOf(nodes, segment);
    draft.segments.push(segment);
    for (const part of partsOf(segment)) {
      for (const reached of called(part)) addCall(draft, reached, part === segment ? reached : part);
    }
  }
};

const keyOf = ({ node, type }: Segment): string => `${type ?? ""} ${node}`;

const draftOf = (nodes: Map<string, Draft>, segment: Segment): Draft =>
  draftAt(nodes, keyOf(segment), { name: segment.node, type: segment.type, isClient: false });

const clientOf = (nodes: Map<string, Draft>, { node }: Segment): Draft =>
  draftAt(nodes, `client ${node}`, { name: node, type: "client", isClient: true });

const draftAt = (nodes: Map<string, Draft>, key: string, made: Pick<Draft, "name" | "type" | "isClient">): Draft => {
  const draft = nodes.get(key) ?? { ...made, isRoot: false, segments: [], edges: new Map<string, Segment[]>() };
  nodes.set(key, draft);
  return draft;
};

const addCall = (from: Draft, to: Segment, seen: Segment): void => {
  const key = keyOf(to);
  from.edges.set(key, [...(from.edges.get(key) ?? []), seen]);
};
