type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter" | "greedy"; readonly name: string };

/** A method on a path of an API, such as `GET /items/{id}`, and what answers it. */
export interface PathPattern<T> {
  readonly target: T;
  /** `ANY` answers every method. */
  readonly method: string;
  readonly segments: readonly Segment[];
}

/** What answers a request, and the values of the path's parameters where it has any. */
export interface PathMatch<T> {
  readonly target: T;
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

export const pathPattern = <T>(target: T, method: string, path: readonly string[]): PathPattern<T> => ({
  target,
  method,
  segments: path.map((text): Segment => {
    const [, name, plus] = /^\{(.+?)(\+)?\}$/.exec(text) ?? [];
    if (name === undefined) return { kind: "literal", text };
    return { kind: plus ? "greedy" : "parameter", name };
  }),
});

/** Finds what answers a method and a path cut at its slashes: the most specific pattern that fits. */
export const pathMatcher = <T>(patterns: readonly PathPattern<T>[]) => {
  const ordered = [...patterns].sort(bySpecificity);
  return (method: string, path: readonly string[]): PathMatch<T> | undefined => {
    for (const pattern of ordered) {
      if (pattern.method !== method && pattern.method !== "ANY") continue;
      const parameters = matchSegments(pattern.segments, path);
      if (parameters)
        return { target: pattern.target, parameters: Object.keys(parameters).length > 0 ? parameters : undefined };
    }
    return undefined;
  };
};

/** AWS: the most specific path wins, and on one path its own method before ANY. */
const bySpecificity = (a: PathPattern<unknown>, b: PathPattern<unknown>): number => {
  for (let at = 0; at < Math.max(a.segments.length, b.segments.length); at++) {
    const difference = rank(a.segments[at]) - rank(b.segments[at]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === "ANY") - Number(b.method === "ANY");
};

const rank = (segment: Segment | undefined): number => {
  if (!segment || segment.kind === "literal") return 0;
  return segment.kind === "parameter" ? 1 : 2;
};

const matchSegments = (pattern: readonly Segment[], path: readonly string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [at, segment] of pattern.entries()) {
    const text = path[at];
    if (text === undefined || (text === "" && segment.kind !== "literal")) return undefined;
    if (segment.kind === "greedy") {
      parameters[segment.name] = path.slice(at).join("/");
      return parameters;
    }
    if (segment.kind === "literal") {
      if (segment.text !== text) return undefined;
    } else parameters[segment.name] = text;
  }
  return pattern.length === path.length ? parameters : undefined;
};
