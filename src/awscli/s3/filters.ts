import type { Filter } from "./options.ts";

/** Whether a name passes the filters: the last that matches decides, and what none matches passes. */
export const passes = (name: string, filters: readonly Filter[]): boolean => {
  const last = filters.findLast(({ pattern }) => expressionOf(pattern).test(name));
  return last?.kind !== "exclude";
};

/** The AWS CLI's patterns are those of `fnmatch`: a star matches slashes too. */
const expressionOf = (pattern: string): RegExp => {
  const parts = pattern.match(/\[!?\]?[^\]]*\]|./gs) ?? [];
  return new RegExp(`^${parts.map(partOf).join("")}$`, "s");
};

const partOf = (part: string): string => {
  if (part === "*") return ".*";
  if (part === "?") return ".";
  if (part.length > 1)
    return `[${part
      .slice(1, -1)
      .replace(/^!/, "^")
      .replace(/[\\\]]/g, "\\$&")}]`;
  return part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
};
