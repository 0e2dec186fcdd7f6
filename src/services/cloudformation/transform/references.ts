import { onlyKey, ref } from "./intrinsics.ts";
import { substitute, walk } from "./resolve.ts";
import { type Dict, isDict, textOf, type Value } from "./values/value.ts";

/** `LogicalId.Property` references of SAM resources (`MyApi.Stage`) and the logical ids they stand for. */
export class References {
  private readonly ids = new Map<string, Map<string, string>>();

  add(logicalId: string, property: string, target: string): void {
    const known = this.ids.get(logicalId) ?? new Map<string, string>();
    known.set(property, target);
    this.ids.set(logicalId, known);
  }

  get(logicalId: string, property: string): string | undefined {
    return this.ids.get(logicalId)?.get(property);
  }

  get empty(): boolean {
    return this.ids.size === 0;
  }
}

/** Points references to a SAM resource's property at the resource generated for it. */
export const resolveReferences = (template: Value, references: References): Value =>
  references.empty
    ? template
    : walk(template, (node) => {
        if (!isDict(node)) return node;
        const key = onlyKey(node);
        if (key === "Ref") return resolvedRef(node, references);
        if (key === "Fn::Sub") substitute(node, (full, name) => resolvedVariable(full, name, references));
        if (key === "Fn::GetAtt") resolveGetAtt(node, 2, ([id, property]) => references.get(id ?? "", property ?? ""));
        return node;
      });

/** Points references to a logical id that the transform changed (a layer's) at the new one. */
export const resolveRenamed = (template: Value, renamed: ReadonlyMap<string, string>): Value =>
  renamed.size === 0
    ? template
    : walk(template, (node) => {
        if (!isDict(node)) return node;
        const key = onlyKey(node);
        if (key === "Ref") {
          const target = renamed.get(textOf(node.get("Ref")) ?? "");
          return target === undefined ? node : ref(target);
        }
        if (key === "Fn::Sub") {
          substitute(node, (full, name) => {
            const id = name.split(".")[0] ?? "";
            const target = renamed.get(id);
            return target === undefined ? full : full.replaceAll(id, () => target);
          });
        }
        if (key === "Fn::GetAtt") resolveGetAtt(node, 1, ([id]) => renamed.get(id ?? ""));
        return node;
      });

/** Follows renamed logical ids in every DependsOn. */
export const renameDependsOn = (template: Value, renamed: ReadonlyMap<string, string>): void => {
  walk(template, (node) => {
    if (!isDict(node) || !node.has("DependsOn")) return node;
    const dependsOn = node.get("DependsOn");
    const rename = (id: Value): Value => renamed.get(textOf(id) ?? "") ?? id;
    if (Array.isArray(dependsOn)) node.set("DependsOn", dependsOn.map(rename));
    else node.set("DependsOn", rename(dependsOn));
    return node;
  });
};

const resolvedRef = (node: Dict, references: References): Dict => {
  const name = textOf(node.get("Ref"));
  if (name === undefined) return node;
  const dot = name.indexOf(".");
  if (dot < 1 || dot === name.length - 1) return node;
  const target = references.get(name.slice(0, dot), name.slice(dot + 1));
  return target === undefined ? node : ref(target);
};

const resolvedVariable = (full: string, name: string, references: References): string => {
  const [id, property] = name.split(".");
  if (id === undefined || property === undefined) return full;
  const target = references.get(id, property);
  return target === undefined ? full : full.replaceAll(`${id}.${property}`, () => target);
};

const resolveGetAtt = (node: Dict, consumed: number, find: (path: string[]) => string | undefined): void => {
  const path = node.get("Fn::GetAtt");
  if (!Array.isArray(path) || path.length < 2) return;
  const texts = path.map(textOf);
  if (texts.includes(undefined)) return;
  const parts = texts.join(".").split(".");
  const target = find(parts);
  if (target !== undefined) node.set("Fn::GetAtt", [target, ...parts.slice(consumed)]);
};
