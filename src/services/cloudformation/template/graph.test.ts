import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dependencies, dependents } from "./graph.ts";
import { parseTemplate } from "./parse.ts";
import { readTemplate } from "./read.ts";

const graphOf = (text: string, conditions: Record<string, boolean> = {}) =>
  dependencies(readTemplate(parseTemplate(text).body), new Map(Object.entries(conditions)));

describe("dependencies", () => {
  it("follows DependsOn and every kind of reference", () => {
    const graph = graphOf(`Resources:
  A: {Type: T}
  B: {Type: T, DependsOn: A}
  C: {Type: T, Properties: {P: [!Sub "\${A}-\${B.Arn}", {Q: !GetAtt A.Arn}]}}
  D: {Type: T, Metadata: {X: !Ref C}}
`);
    expect(Object.fromEntries([...graph].map(([name, before]) => [name, [...before].sort()]))).toEqual({
      A: [],
      B: ["A"],
      C: ["A", "B"],
      D: ["C"],
    });
    expect([...(dependents(graph).get("A") ?? [])].sort()).toEqual(["B", "C"]);
  });

  const CONDITIONAL = `Conditions: {Live: !Equals [a, b]}
Resources:
  A: {Type: T, Condition: Live}
  B: {Type: T, DependsOn: A, Properties: {P: !If [Live, !Ref A, none]}}
`;
  it("leaves out what conditions leave out", () => {
    expect([...graphOf(CONDITIONAL, { Live: false })]).toEqual([["B", new Set()]]);
    expect(graphOf(CONDITIONAL, { Live: true }).get("B")).toEqual(new Set(["A"]));
  });

  it("refuses a reference to a resource that will not be", () => {
    const text =
      "Conditions: {Live: !Equals [a, b]}\nResources: {A: {Type: T, Condition: Live}, B: {Type: T, Properties: {P: !Ref A}}}";
    expect(() => graphOf(text, { Live: false })).toThrow(
      "Unresolved resource dependencies [A] in the Resources block of the template",
    );
  });

  it("refuses a circle and names who is in it", () => {
    const text = "Resources: {A: {Type: T, Properties: {P: !Ref B}}, B: {Type: T, DependsOn: A}, C: {Type: T}}";
    expect(() => graphOf(text)).toThrow("Circular dependency between resources: [A, B]");
    expect(() => graphOf("Resources: {A: {Type: T, Properties: {P: !Ref A}}}")).toThrow("[A]");
  });

  it("takes any graph that has an order", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 40 }), (rows) => {
        const resources = Object.fromEntries(
          rows.map((row, index) => [
            `R${index}`,
            { Type: "T", DependsOn: index === 0 ? [] : row.map((n) => `R${n % index}`) },
          ]),
        );
        const graph = graphOf(JSON.stringify({ Resources: resources }));
        expect(graph.size).toBe(rows.length);
      }),
    );
  });
});
