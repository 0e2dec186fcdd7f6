import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { cloudNow } from "../../api/session.ts";
import { useLoad } from "../../api/useAws.ts";
import { countOf } from "../../parts/count.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status, statusType } from "../../parts/Status.tsx";
import { Empty } from "../../parts/states.tsx";
import { duration, useNow } from "../../parts/time.tsx";
import type { StackEvent } from "./stacks.ts";
import { loadNeeds } from "./template.ts";
import { operationOf, type Span, waitedFor } from "./timeline.ts";

interface Props {
  readonly stack: string;
  readonly events: readonly StackEvent[];
}

const MAX_ROWS = 500;
const NONE: ReadonlySet<string> = new Set();

/** The last operation as bars: when each resource began and ended, and what it waited for. */
export const Timeline = ({ stack, events }: Props) => {
  const operation = operationOf(events);
  const needs = useLoad(["cloudformation", "needs", stack], () => loadNeeds(stack));
  const running = operation !== undefined && operation.to === undefined;
  useNow(running ? 250 : undefined);
  if (!operation) return <Empty title="No events" />;
  const end = operation.to ?? cloudNow();
  const total = Math.max(1, end - operation.from);
  const at = (time: number) => `${((time - operation.from) / total) * 100}%`;
  return (
    <Container
      header={
        <Header
          description={`${duration(total)} for ${countOf(new Set(operation.spans.map(({ id }) => id)).size, "resource")}`}
        >
          <Status status={operation.status} />
        </Header>
      }
    >
      <ol className="timeline" aria-label="What happened to each resource">
        {operation.spans.slice(0, MAX_ROWS).map((span) => {
          const before = waitedFor(span, operation.spans, needs.data?.get(span.id) ?? NONE);
          return (
            <li key={`${span.id}${span.from}`}>
              <span className="timeline-name">
                <To href={`${hrefs.stack(stack, "template")}/${span.id}`}>{span.id}</To>
                <span className="quiet">
                  {" "}
                  {before ? `after ${before.id}` : span.type.replace("AWS::", "")}
                  {span.status.startsWith("DELETE") && ", deleted"}
                </span>
              </span>
              <span className="timeline-track">
                <Bar
                  span={span}
                  left={at(span.from)}
                  width={`${(((span.to ?? end) - span.from) / total) * 100}%`}
                  end={end}
                />
              </span>
            </li>
          );
        })}
      </ol>
    </Container>
  );
};

const Bar = ({
  span,
  left,
  width,
  end,
}: {
  readonly span: Span;
  readonly left: string;
  readonly width: string;
  readonly end: number;
}) => {
  const text = `${span.status.toLowerCase().replaceAll("_", " ")} in ${duration((span.to ?? end) - span.from)}${span.reason ? `: ${span.reason}` : ""}`;
  return (
    <span className={`timeline-bar timeline-${statusType(span.status)}`} style={{ left, width }} title={text}>
      <span className="sr-only">{text}</span>
    </span>
  );
};
