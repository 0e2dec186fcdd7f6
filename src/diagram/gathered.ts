import type { Diagram, DiagramNode } from "./model.ts";

/** More of one kind that nothing leads to or from say no more than how many they are. */
const MOST_ALONE = 8;

/** The diagram with what stands alone and is many drawn as one: hundreds of parameters would hide all else. */
export const gathered = ({ nodes, edges }: Diagram): Diagram => {
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const alone = new Map<string, DiagramNode[]>();
  for (const node of nodes) {
    if (joined.has(node.id)) continue;
    const key = `@${node.stack}/${node.kind.name}`;
    const alike = alone.get(key);
    if (alike) alike.push(node);
    else alone.set(key, [node]);
  }
  const many = [...alone].filter(([, alike]) => alike.length > MOST_ALONE);
  const left = new Set(many.flatMap(([, alike]) => alike));
  const heaps = many.flatMap(([id, alike]) => {
    const [first] = alike;
    return first ? [{ ...first, id, label: `${alike.length} × ${first.kind.name}` }] : [];
  });
  return { nodes: [...nodes.filter((node) => !left.has(node)), ...heaps], edges };
};
