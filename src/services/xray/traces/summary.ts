import type {
  ErrorRootCause,
  FaultRootCause,
  ResponseTimeRootCause,
  ServiceId,
  TraceSummary,
} from "@aws-sdk/client-xray";
import { type AnnotationValue, durationOf, partsOf, type Segment } from "../segments/segment.ts";
import { type CauseService, type RootCause, rootCausesOf } from "./rootCauses.ts";
import type { Trace } from "./trace.ts";

/** A trace as GetTraceSummaries shows it. */
export const traceSummary = (trace: Trace, account: string): TraceSummary => {
  const { root, segments } = trace;
  const nodes = new Map(segments.map((segment) => [`${segment.type} ${segment.node}`, serviceId(segment, account)]));
  const distinct = (read: (segment: Segment) => string | undefined) => [
    ...new Set(segments.flatMap((segment) => read(segment) ?? [])),
  ];
  return {
    Id: trace.id,
    StartTime: new Date((root?.startTime ?? 0) * 1000),
    Duration: trace.duration,
    ResponseTime: root ? durationOf(root) : 0,
    HasFault: root?.fault ?? false,
    HasError: root?.error ?? false,
    HasThrottle: root?.throttle ?? false,
    IsPartial: trace.isPartial,
    Http: httpView(root),
    Annotations: annotationsView(segments, account),
    Users: usersView(segments, account),
    ServiceIds: [...nodes.values()],
    ResourceARNs: distinct(({ resourceArn }) => resourceArn).map((ARN) => ({ ARN })),
    InstanceIds: distinct(({ instanceId }) => instanceId).map((Id) => ({ Id })),
    AvailabilityZones: distinct(({ zone }) => zone).map((Name) => ({ Name })),
    ...(root ? { EntryPoint: serviceId(root, account) } : {}),
    FaultRootCauses: rootCausesOf(trace, "fault").map((cause) => failureView(cause, account)),
    ErrorRootCauses: rootCausesOf(trace, "error").map((cause) => failureView(cause, account)),
    ResponseTimeRootCauses: rootCausesOf(trace, "responsetime").map((cause) => timeView(cause, account)),
    Revision: trace.revision,
  };
};

const serviceId = (segment: Pick<Segment, "node" | "type">, account: string): ServiceId => ({
  Name: segment.node,
  Names: [segment.node],
  AccountId: account,
  ...(segment.type === undefined ? {} : { Type: segment.type }),
});

const httpView = (root: Segment | undefined): NonNullable<TraceSummary["Http"]> => {
  const { url, status, method, userAgent, clientIp } = root?.http ?? {};
  return {
    ...(url === undefined ? {} : { HttpURL: url }),
    ...(status === undefined ? {} : { HttpStatus: status }),
    ...(method === undefined ? {} : { HttpMethod: method }),
    ...(userAgent === undefined ? {} : { UserAgent: userAgent }),
    ...(clientIp === undefined ? {} : { ClientIp: clientIp }),
  };
};

/** Each value of each key once, with the services that gave it. */
const annotationsView = (segments: readonly Segment[], account: string): NonNullable<TraceSummary["Annotations"]> => {
  const found = new Map<string, Map<AnnotationValue, Segment[]>>();
  for (const segment of segments) {
    for (const { annotations } of partsOf(segment)) {
      for (const [key, value] of Object.entries(annotations)) {
        const values = found.get(key) ?? new Map<AnnotationValue, Segment[]>();
        const givers = values.get(value) ?? [];
        values.set(value, givers.includes(segment) ? givers : [...givers, segment]);
        found.set(key, values);
      }
    }
  }
  return Object.fromEntries(
    [...found].map(([key, values]) => [
      key,
      [...values].map(([value, givers]) => ({
        AnnotationValue: annotationValue(value),
        ServiceIds: givers.map((giver) => serviceId(giver, account)),
      })),
    ]),
  );
};

const annotationValue = (value: AnnotationValue) => {
  if (typeof value === "number") return { NumberValue: value };
  return typeof value === "boolean" ? { BooleanValue: value } : { StringValue: value };
};

const usersView = (segments: readonly Segment[], account: string): NonNullable<TraceSummary["Users"]> => {
  const users = new Set(segments.flatMap(({ user }) => user ?? []));
  return [...users].map((UserName) => ({
    UserName,
    ServiceIds: segments.filter(({ user }) => user === UserName).map((segment) => serviceId(segment, account)),
  }));
};

const causeService = (service: CauseService, account: string) => ({
  ...serviceId({ node: service.name, type: service.type }, account),
  Inferred: service.inferred,
});

const failureView = ({ services, clientImpacting }: RootCause, account: string): FaultRootCause & ErrorRootCause => ({
  Services: services.map((service) => ({
    ...causeService(service, account),
    EntityPath: service.entities.map(({ name, exceptions, remote }) => ({
      Name: name,
      Exceptions: exceptions.map((exception) => ({
        ...(exception.name === undefined ? {} : { Name: exception.name }),
        ...(exception.message === undefined ? {} : { Message: exception.message }),
      })),
      Remote: remote,
    })),
  })),
  ClientImpacting: clientImpacting,
});

const timeView = ({ services, clientImpacting }: RootCause, account: string): ResponseTimeRootCause => ({
  Services: services.map((service) => ({
    ...causeService(service, account),
    EntityPath: service.entities.map(({ name, coverage, remote }) => ({
      Name: name,
      Coverage: coverage,
      Remote: remote,
    })),
  })),
  ClientImpacting: clientImpacting,
});
