import { own } from "../../../kernel/own.ts";
import { durationOf, partsOf, type Segment } from "../segments/segment.ts";
import type { Trace } from "../traces/trace.ts";
import type { Values } from "./compare.ts";
import { ANNOTATION } from "./keywords.ts";

/** What keywords stand for in one place of an expression. */
export type Scope = (keyword: string) => Values;

const definedOf = <T>(values: readonly (T | undefined)[]): readonly T[] => values.flatMap((value) => value ?? []);

/** AWS: at the level of the trace, errors and times are those of the request as it was answered. */
export const traceScope = (trace: Trace): Scope => {
  const { root, segments } = trace;
  const rootKeyword = root ? segmentScope(root, true) : () => undefined;
  const all = <T>(read: (segment: Segment) => T | undefined) => definedOf(segments.map(read));
  const keywords: Readonly<Record<string, () => Values>> = {
    partial: () => trace.isPartial,
    inferred: () => segments.some(({ isInferred }) => isInferred),
    duration: () => trace.duration,
    name: () => all(({ node }) => node),
    type: () => all(({ type }) => type),
    user: () => all(({ user }) => user),
    availabilityzone: () => all(({ zone }) => zone),
    "instance.id": () => all(({ instanceId }) => instanceId),
    "resource.arn": () => all(({ resourceArn }) => resourceArn),
  };
  return (keyword) => {
    if (keyword.startsWith(ANNOTATION)) return annotationsOf(segments, keyword.slice(ANNOTATION.length));
    const read = own(keywords, keyword);
    return read ? read() : rootKeyword(keyword);
  };
};

const annotationsOf = (segments: readonly Segment[], key: string): Values =>
  segments.flatMap((segment) => [...partsOf(segment)].flatMap(({ annotations }) => own(annotations, key) ?? []));

/** The same of one segment, for the braces of services and edges. */
export const segmentScope =
  (segment: Segment, isRoot: boolean): Scope =>
  (keyword) =>
    own(SEGMENT, keyword)?.(segment, isRoot);

export const isOk = ({ error, throttle, fault, endTime }: Segment): boolean =>
  !(error || throttle || fault) && endTime !== undefined;

const SEGMENT: Readonly<Record<string, (segment: Segment, isRoot: boolean) => Values>> = {
  ok: isOk,
  error: ({ error }) => error,
  throttle: ({ throttle }) => throttle,
  fault: ({ fault }) => fault,
  partial: ({ endTime }) => endTime === undefined,
  inferred: ({ isInferred }) => isInferred,
  root: (_segment, isRoot) => isRoot,
  responsetime: durationOf,
  duration: durationOf,
  "http.status": ({ http }) => http.status,
  "http.url": ({ http }) => http.url,
  "http.method": ({ http }) => http.method,
  "http.useragent": ({ http }) => http.userAgent,
  "http.clientip": ({ http }) => http.clientIp,
  user: ({ user }) => user,
  name: ({ node }) => node,
  type: ({ type }) => type,
  message: ({ exceptions }) => definedOf(exceptions.map(({ message }) => message)),
  availabilityzone: ({ zone }) => zone,
  "instance.id": ({ instanceId }) => instanceId,
  "resource.arn": ({ resourceArn }) => resourceArn,
};
