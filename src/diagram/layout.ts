import dagre from "@dagrejs/dagre";
import type { Group } from "./kinds.ts";
import type { Diagram, DiagramEdge, DiagramNode } from "./model.ts";

export const NODE_WIDTH = 196;
export const NODE_HEIGHT = 58;
const MARGIN = 24;
/** Room for a group's name above what is in it. */
const HEAD = 30;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly (DiagramNode & Point)[];
  readonly edges: readonly (DiagramEdge & { readonly points: readonly Point[] })[];
  readonly groups: readonly {
    readonly group: Group;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

const GROUPS: readonly Group[] = ["user", "application", "delivery"];

/** Gives everything its place, from left to right along the arrows, each group in a frame of its own. */
export const layoutOf = (diagram: Diagram): Placed => {
  const graph = new dagre.graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: "LR", nodesep: 22, ranksep: 64, edgesep: 16, marginx: MARGIN, marginy: MARGIN + HEAD });
  graph.setDefaultEdgeLabel(() => ({}));
  const used = GROUPS.filter((group) => diagram.nodes.some(({ kind }) => kind.group === group));
  for (const group of used) graph.setNode(group, {});
  for (const { id, kind } of diagram.nodes) {
    graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
    graph.setParent(id, kind.group);
  }
  for (const { from, to, label } of diagram.edges)
    graph.setEdge(from, to, label ? { width: label.length * 6, height: 14, labelpos: "c" } : {});
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: width + MARGIN,
    height: height + MARGIN,
    nodes: diagram.nodes.map((node) => ({ ...node, ...pointOf(graph.node(node.id)) })),
    edges: diagram.edges.map((edge) => ({ ...edge, points: graph.edge(edge.from, edge.to).points ?? [] })),
    groups: used.map((group) => frameOf(group, graph.node(group))),
  };
};

interface Box {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
}

const pointOf = ({ x = 0, y = 0 }: Box): Point => ({ x, y });

const frameOf = (group: Group, { x = 0, y = 0, width = 0, height = 0 }: Box) => ({
  group,
  x: x - width / 2,
  y: y - height / 2 - HEAD / 2,
  width,
  height: height + HEAD / 2,
});
