import Button from "@cloudscape-design/components/button";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { hrefs, To } from "../../parts/links.tsx";
import { Status, statusText } from "../../parts/Status.tsx";
import { Empty } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, duration } from "../../parts/time.tsx";
import { Compare } from "./Compare.tsx";
import { ProductionPlot } from "./ProductionPlot.tsx";
import { commitOf, messageOf, type RunSummary, tookMs } from "./runs.ts";

interface Props {
  readonly pipeline: string;
  readonly runs: readonly RunSummary[];
  /** `FIRST,SECOND`: two runs to compare, from the address. */
  readonly compare: string | undefined;
}

const ALL = "All";

/** Only statuses that a run has can be asked for. */
const filtersOf = (runs: readonly RunSummary[]) => {
  const counts = new Map([[ALL, runs.length]]);
  for (const { status = "" } of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, text: `${id === ALL ? ALL : statusText(id)} (${count})` }));
};

/** Every run there was: filter, compare two, see how long production takes. */
export const History = ({ pipeline, runs, compare }: Props) => {
  const [, go] = useLocation();
  const [status, setStatus] = useState(ALL);
  const [chosen, setChosen] = useState<readonly RunSummary[]>([]);
  const shown = status === ALL ? runs : runs.filter((run) => run.status === status);
  const ids = compare?.split(",") ?? [];
  const pair = ids.length === 2 ? ids.flatMap((id) => runs.find((run) => run.pipelineExecutionId === id) ?? []) : [];
  const [first, second] = pair;
  return (
    <SpaceBetween size="l">
      <ProductionPlot pipeline={pipeline} runs={runs} />
      {first && second && <Compare pipeline={pipeline} before={first} after={second} />}
      <SegmentedControl
        label="Status"
        selectedId={status}
        onChange={({ detail }) => setStatus(detail.selectedId)}
        options={filtersOf(runs)}
      />
      <DataTable
        title="Runs"
        items={shown}
        idOf={({ pipelineExecutionId = "" }) => pipelineExecutionId}
        empty={<Empty title="No runs" text="No run has that status." />}
        selection={{
          selectionType: "multi",
          selectedItems: [...chosen],
          onSelectionChange: ({ detail }) => setChosen(detail.selectedItems.slice(-2)),
        }}
        actions={
          <Button
            disabled={chosen.length !== 2}
            onClick={() => {
              const order = chosen.toSorted((a, b) => (a.startTime ?? "").localeCompare(b.startTime ?? ""));
              go(
                `${hrefs.pipeline(pipeline).slice(1)}/history/${order.map((run) => run.pipelineExecutionId).join(",")}`,
              );
            }}
          >
            Compare two
          </Button>
        }
        columns={[
          {
            id: "id",
            header: "Run",
            cell: ({ pipelineExecutionId: id = "" }) => <To href={hrefs.run(pipeline, id)}>{id.slice(0, 8)}</To>,
            isRowHeader: true,
          },
          { id: "status", header: "Status", cell: (run) => <Status status={run.status} />, sortingField: "status" },
          {
            id: "commit",
            header: "Commit",
            cell: (run) => (
              <>
                <span className="mono">{commitOf(run)}</span> {messageOf(run)}
              </>
            ),
          },
          { id: "trigger", header: "Started by", cell: ({ trigger }) => trigger?.triggerType ?? "–" },
          { id: "start", header: "Started", cell: (run) => <Ago time={run.startTime} />, sortingField: "startTime" },
          {
            id: "took",
            header: "Took",
            cell: (run) => {
              const ms = tookMs(run);
              return <span className="figures">{ms === undefined ? "–" : duration(ms)}</span>;
            },
          },
        ]}
      />
    </SpaceBetween>
  );
};
