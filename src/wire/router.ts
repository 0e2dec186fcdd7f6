import { type HttpHeaders, header } from "../kernel/http.ts";
import type { OperationModel, ServiceModel } from "./model.ts";

/** A request as the router sees it. */
export interface Routable {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: HttpHeaders;
}

/** Finds the operation of a REST service by method, path, query and required headers. */
export type Router = (request: Routable, suits: (operation: OperationModel) => boolean) => OperationModel | undefined;

interface Route {
  readonly operation: OperationModel;
  readonly method: string;
  readonly segments: readonly Segment[];
  readonly literals: readonly (readonly [string, string])[];
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
  readonly weight: number;
}

type Segment = { readonly literal: string } | { readonly label: string; readonly greedy: boolean };

/** The more a route asks of a request, the earlier it is tried; among equals, what is built comes first. */
export const createRouter = (model: ServiceModel, built: readonly string[]): Router => {
  const operations = model.operationNames.map((name) => model.operation(name));
  const routes = operations.flatMap((operation) => (operation?.http ? [routeOf(operation)] : []));
  const rank = ({ operation }: Route) => (built.includes(operation.name) ? 0 : 1);
  routes.sort((a, b) => b.weight - a.weight || rank(a) - rank(b));
  // A parameter that is missing only tells operations apart where another one needs less; else it is told as missing.
  return (request, suits) => {
    const suited = (within: typeof matches) => routes.find((route) => suits(route.operation) && within(route, request));
    return (suited(matches) ?? suited(matchesPath))?.operation;
  };
};

/** The labels of an operation's path as a request fills them, decoded. */
export const labelsOf = (operation: OperationModel, path: string): ReadonlyMap<string, string> =>
  operation.http ? (matchPath(segmentsOf(operation.http.uri), path) ?? new Map()) : new Map();

const routeOf = (operation: OperationModel): Route => {
  const uri = operation.http?.uri ?? "";
  const segments = segmentsOf(uri);
  // `x-id` only tells the SDK's own logs which operation it is; other clients leave it out.
  const literals = [...new URLSearchParams(uri.split("?")[1] ?? "")].filter(([name]) => name !== "x-id");
  const required = operation.input.members.filter((member) => member.required);
  const requiredQuery = required.flatMap(({ traits }) => (traits.httpQuery === undefined ? [] : [traits.httpQuery]));
  const requiredHeaders = required.flatMap(({ traits }) =>
    traits.httpHeader === undefined ? [] : [traits.httpHeader.toLowerCase()],
  );
  const fixed = segments.filter((segment) => "literal" in segment).length;
  const greedy = segments.some((segment) => "greedy" in segment && segment.greedy);
  const weight =
    literals.length * 100 + (requiredQuery.length + requiredHeaders.length) * 10 + fixed * 2 - (greedy ? 1 : 0);
  return {
    operation,
    method: operation.http?.method ?? "",
    segments,
    literals,
    requiredQuery,
    requiredHeaders,
    weight,
  };
};

const segmentCache = new Map<string, readonly Segment[]>();

const segmentsOf = (uri: string): readonly Segment[] => {
  const known = segmentCache.get(uri);
  if (known) return known;
  const made = splitPath(uri.split("?")[0] ?? "").map(segmentOf);
  segmentCache.set(uri, made);
  return made;
};

const segmentOf = (text: string): Segment => {
  const label = /^\{([^}+]+)(\+?)\}$/.exec(text);
  return label ? { label: label[1] ?? "", greedy: label[2] === "+" } : { literal: text };
};

const splitPath = (path: string): readonly string[] => path.replace(/^\//, "").split("/");

const matches = (route: Route, request: Routable): boolean =>
  route.requiredQuery.every((name) => request.query.has(name)) &&
  route.requiredHeaders.every((name) => header(request.headers, name) !== undefined) &&
  matchesPath(route, request);

const matchesPath = (route: Route, request: Routable): boolean =>
  route.method === request.method &&
  route.literals.every(
    ([name, value]) => request.query.has(name) && (value === "" || request.query.get(name) === value),
  ) &&
  matchPath(route.segments, request.path) !== undefined;

const matchPath = (segments: readonly Segment[], path: string): ReadonlyMap<string, string> | undefined => {
  const parts = splitPath(path);
  const labels = new Map<string, string>();
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if ("literal" in segment) {
      if (segment.literal !== part && segment.literal !== safeDecode(part)) return undefined;
    } else if (segment.greedy) {
      return matchGreedy(segments, index, parts, labels);
    } else {
      if (part === "") return undefined;
      labels.set(segment.label, safeDecode(part));
    }
  }
  // AWS's clients and older APIs differ in a closing slash; it never tells operations apart.
  const rest = parts.slice(segments.length);
  return rest.length === 0 || (rest.length === 1 && rest[0] === "") ? labels : undefined;
};

/** A greedy label takes everything up to the literals that follow it. */
const matchGreedy = (
  segments: readonly Segment[],
  index: number,
  parts: readonly string[],
  labels: Map<string, string>,
): ReadonlyMap<string, string> | undefined => {
  const after = segments.slice(index + 1);
  const end = parts.length - after.length;
  const value = parts.slice(index, end).join("/");
  const segment = segments[index];
  if (end <= index || value === "" || !segment || !("label" in segment)) return undefined;
  if (!after.every((each, offset) => "literal" in each && each.literal === parts[end + offset])) return undefined;
  return labels.set(segment.label, safeDecode(value));
};

const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the text stands for itself.
    return text;
  }
};
