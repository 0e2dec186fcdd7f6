import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLoad } from "../../api/useAws.ts";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, duration } from "../../parts/time.tsx";
import { Metrics } from "./Metrics.tsx";
import { type Invocation, invocationsOf } from "./runs.ts";

const percentile = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const ms = (value: number | undefined): string => (value === undefined ? "–" : duration(value));

/** What ran in the last hour: how long, how much memory, what failed. */
export const Invocations = ({ name, group }: { readonly name: string; readonly group: string }) => {
  const query = useLoad(["invocations", group], () => invocationsOf(group));
  return (
    <Loaded query={query} what="invocations">
      {(runs) => (
        <SpaceBetween size="l">
          <Summary runs={runs} />
          <Metrics name={name} />
          <DataTable
            title="Invocations of the last hour"
            items={runs}
            idOf={({ requestId }) => requestId}
            empty={<Empty title="Not invoked in the last hour" text="Send a test event, or call its API." />}
            columns={[
              {
                id: "request",
                header: "Request",
                cell: ({ requestId }) => <span className="mono">{requestId}</span>,
                isRowHeader: true,
              },
              {
                id: "status",
                header: "Status",
                cell: ({ failure }) => <Status status={failure ? "FAILED" : "SUCCEEDED"} text={failure ?? "ok"} />,
                sortingField: "failure",
              },
              { id: "time", header: "When", cell: ({ time }) => <Ago time={time} />, sortingField: "time" },
              {
                id: "duration",
                header: "Duration",
                cell: ({ durationMs }) => <span className="figures">{durationMs} ms</span>,
                sortingField: "durationMs",
              },
              {
                id: "init",
                header: "Cold start",
                cell: ({ initMs }) => (initMs === undefined ? "–" : `${initMs} ms`),
                sortingField: "initMs",
              },
              {
                id: "memory",
                header: "Memory",
                cell: ({ maxMemoryMb, memoryMb }) => `${maxMemoryMb} of ${memoryMb} MB`,
                sortingField: "maxMemoryMb",
              },
            ]}
          />
        </SpaceBetween>
      )}
    </Loaded>
  );
};

const Summary = ({ runs }: { readonly runs: readonly Invocation[] }) => {
  const durations = runs.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  return (
    <Container header={<Header>The last hour</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: "Invocations", value: runs.length },
          { label: "Failed", value: runs.filter(({ failure }) => failure !== undefined).length },
          { label: "Half within", value: ms(percentile(durations, 0.5)) },
          { label: "95 of 100 within", value: ms(percentile(durations, 0.95)) },
          { label: "Cold starts", value: runs.filter(({ initMs }) => initMs !== undefined).length },
          {
            label: "Most memory",
            value: runs.length === 0 ? "–" : `${Math.max(...runs.map(({ maxMemoryMb }) => maxMemoryMb))} MB`,
          },
        ]}
      />
    </Container>
  );
};
