import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { CallView } from "../../api/live.ts";
import { ask } from "../../api/session.ts";
import { useLoad } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { useNow } from "../../parts/time.tsx";
import { Waterfall } from "../../parts/Waterfall.tsx";
import { barsOf } from "./bars.ts";
import { CallTable } from "./CallTable.tsx";
import { Segments } from "./Segments.tsx";
import { labelOf, traceOf } from "./traces.ts";

const RUNNING_REFRESH_MS = 1000;

const statusOf = ({ running, decision }: CallView): string =>
  running ? "Under way" : decision === "allowed" ? "Allowed" : "Failed";

const TracePage = ({ params: { id } }: { readonly params: { readonly id: string } }) => {
  const query = useLoad(["calls", "trace", id], () =>
    ask<{ readonly calls: readonly CallView[] }>(`log/calls?trace=${encodeURIComponent(id)}&limit=2000`),
  );
  useNow(query.data?.calls.some(({ running }) => running) ? RUNNING_REFRESH_MS : undefined);
  return (
    <SpaceBetween size="l">
      <Crumbs
        items={[
          ["Traces", "#/traces"],
          [id, hrefs.trace(id)],
        ]}
      />
      <Header variant="h1">{id}</Header>
      <Loaded query={query} what="the trace">
        {({ calls }) => {
          const trace = traceOf(calls, id);
          if (!trace) return <Empty title="The trace is gone" text="Only the latest calls are kept." />;
          return (
            <SpaceBetween size="l">
              <Container header={<Header>Waterfall</Header>}>
                <Waterfall
                  label="Calls of the trace"
                  stretches={barsOf(trace.calls).map(({ call, count, depth, from, to }) => ({
                    id: String(call.seq),
                    label: count > 1 ? `${labelOf(call)} × ${count}` : labelOf(call),
                    status: statusOf(call),
                    from,
                    to,
                    depth,
                    title: call.error ? `${call.error.code}: ${call.error.message}` : statusOf(call).toLowerCase(),
                  }))}
                />
              </Container>
              <Segments id={id} />
              <CallTable title="Calls" calls={trace.calls} inTrace />
            </SpaceBetween>
          );
        }}
      </Loaded>
    </SpaceBetween>
  );
};

export default TracePage;
