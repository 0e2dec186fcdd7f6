import type { Edge, Service } from "@aws-sdk/client-xray";
import type { Segment } from "../segments/segment.ts";
import type { GraphEdge, GraphNode } from "./graph.ts";
import { histogramOf, statisticsOf } from "./statistics.ts";

/** The graph as the API answers it: services number one another. */
export const graphView = (nodes: ReadonlyMap<string, GraphNode>): Service[] => {
  const numbers = new Map([...nodes.keys()].map((key, index) => [key, index]));
  return [...nodes].map(([key, node]) => serviceView(node, numbers.get(key) ?? 0, numbers));
};

const serviceView = (node: GraphNode, ReferenceId: number, numbers: ReadonlyMap<string, number>): Service => {
  const { name, type, isClient, isRoot, segments, edges } = node;
  const seen = isClient ? edges.flatMap(({ calls }) => calls) : segments;
  const isSender = segments.some(({ isInferred }) => !isInferred);
  return {
    ReferenceId,
    Name: name,
    Names: [name],
    ...(isRoot ? { Root: true } : {}),
    ...(type === undefined ? {} : { Type: type }),
    State: isSender ? "active" : "unknown",
    ...timesOf(seen),
    Edges: edges.map((edge) => edgeView(edge, numbers)),
    ...(isClient
      ? {}
      : {
          SummaryStatistics: statisticsOf(segments),
          DurationHistogram: histogramOf(segments),
          ResponseTimeHistogram: histogramOf(segments),
        }),
  };
};

const edgeView = ({ to, calls }: GraphEdge, numbers: ReadonlyMap<string, number>): Edge => ({
  ReferenceId: numbers.get(to) ?? 0,
  ...timesOf(calls),
  SummaryStatistics: statisticsOf(calls),
  ResponseTimeHistogram: histogramOf(calls),
  Aliases: [],
});

const timesOf = (segments: readonly Segment[]) => {
  const from = Math.min(...segments.map(({ startTime }) => startTime));
  const to = Math.max(...segments.map(({ startTime, endTime }) => endTime ?? startTime));
  return { StartTime: secondOf(from), EndTime: secondOf(to) };
};

/** AWS: the graph's times are whole seconds. */
const secondOf = (seconds: number): Date => new Date(Math.floor(seconds) * 1000);
