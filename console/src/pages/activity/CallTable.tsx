import type { ReactNode } from "react";
import type { CallView } from "../../api/live.ts";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { duration, Moment } from "../../parts/time.tsx";

interface Props {
  readonly title: string;
  readonly calls: readonly CallView[];
  /** Whether the log has further ones. */
  readonly more?: boolean;
  readonly actions?: ReactNode;
  /** Whether all of them are of one trace, which need not be named. */
  readonly inTrace?: boolean;
}

/** Who called what, how it was decided, and when. */
export const CallTable = ({ title, calls, more = false, actions, inTrace = false }: Props) => (
  <DataTable
    title={title}
    counter={`(${calls.length}${more ? "+" : ""})`}
    actions={actions}
    items={calls}
    idOf={({ seq }) => String(seq)}
    filterable={false}
    pageSize={50}
    empty={<Empty title="No calls" text="What is called from now on is listed here." />}
    columns={[
      {
        id: "time",
        header: "Time",
        cell: ({ time }) => <Moment time={time} />,
        sortingField: "time",
      },
      {
        id: "call",
        header: "Call",
        minWidth: 160,
        cell: ({ service, operation }) => (
          <span className="mono">
            {service}:<wbr />
            {operation}
          </span>
        ),
        isRowHeader: true,
      },
      {
        id: "decision",
        header: "Decision",
        cell: (call) => <Decision call={call} />,
        sortingField: "decision",
      },
      { id: "who", header: "Who", minWidth: 110, cell: (call) => <Who call={call} /> },
      {
        id: "resource",
        header: "On",
        minWidth: 230,
        cell: (call) => <Resources call={call} />,
      },
      {
        id: "took",
        header: "Took",
        cell: ({ durationMs, running }) => <span className="figures">{running ? "–" : duration(durationMs)}</span>,
        sortingField: "durationMs",
      },
      ...(inTrace
        ? []
        : [{ id: "trace", header: "Trace", cell: ({ traceId }: CallView) => <TraceLink traceId={traceId} /> }]),
    ]}
  />
);

/** Without what all ARNs of one account have in common. */
const shortArn = (arn: string): string => arn.replace(/^arn:[^:]*:([^:]*):[^:]*:[^:]*:/, "$1:");

const Decision = ({ call: { decision, running } }: { readonly call: CallView }) =>
  running ? (
    <Status status="InProgress" text="under way" />
  ) : (
    <Status status={decision === "failed" ? "Failed" : decision} text={decision} />
  );

/** What it was called on, and what was said where it was refused: the widest column. */
const Resources = ({ call: { required, error } }: { readonly call: CallView }) => (
  <>
    <span className="mono clamped" title={required.map(({ resource }) => resource).join("\n")}>
      {[...new Set(required.map(({ resource }) => shortArn(resource)))].slice(0, 3).join(" ")}
    </span>
    {error && (
      <div className="quiet wrap">
        {error.code}: {error.message}
      </div>
    )}
  </>
);

const shortService = (principal: string): string => principal.replace(/\.amazonaws\.com$/, "");

const Who = ({ call: { principal, principalKind, roleArn, calledVia } }: { readonly call: CallView }) => (
  <>
    {roleArn ? (
      <To href={hrefs.role(nameOf(roleArn))}>{nameOf(roleArn)}</To>
    ) : principalKind === "root" ? (
      "root"
    ) : (
      shortService(principal)
    )}
    {calledVia && <span className="quiet"> via {shortService(calledVia)}</span>}
  </>
);

export const rootOfTrace = (traceId: string): string => /Root=([^;]+)/.exec(traceId)?.[1] ?? traceId;

const TraceLink = ({ traceId }: { readonly traceId: string | undefined }) =>
  traceId ? <To href={hrefs.trace(rootOfTrace(traceId))}>{rootOfTrace(traceId).slice(-8)}</To> : "–";
