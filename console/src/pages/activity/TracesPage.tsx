import type { CallView } from "../../api/live.ts";
import { ask } from "../../api/session.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, duration } from "../../parts/time.tsx";
import { tracesOf } from "./traces.ts";

const SHOWN_CALLS = 3;

/** `dynamodb:Query, s3:GetObject and 12 more calls`, each named once. */
const summaryOf = (labels: readonly string[]): string => {
  const names = [...new Set(labels)].slice(0, SHOWN_CALLS);
  const others = labels.filter((label) => !names.includes(label)).length;
  return `${names.join(", ")}${others === 0 ? "" : ` and ${others} more ${others === 1 ? "call" : "calls"}`}`;
};

const TracesPage = () => {
  const query = useLoad(["calls", "traces"], () =>
    ask<{ readonly calls: readonly CallView[] }>("log/calls?trace=-&limit=2000"),
  );
  return (
    <Loaded query={query} what="traces">
      {({ calls }) => (
        <DataTable
          title="Traces"
          headingTag="h1"
          description="Calls that belong to one request, by its X-Ray id."
          items={tracesOf(calls)}
          idOf={({ id }) => id}
          empty={<Empty title="No traces" text="Call an API or a function; its way is drawn here." />}
          columns={[
            {
              id: "what",
              header: "Began with",
              cell: ({ labels: [first, ...others] }) => (
                <>
                  {first}
                  <div className="quiet">{summaryOf(others)}</div>
                </>
              ),
              isRowHeader: true,
            },
            {
              id: "id",
              header: "Trace",
              minWidth: 180,
              cell: ({ id }) => (
                <span className="mono wrap">
                  <To href={hrefs.trace(id)}>{id}</To>
                </span>
              ),
            },
            {
              id: "status",
              header: "Status",
              cell: ({ failed, running }) =>
                running ? (
                  <Status status="InProgress" text="under way" />
                ) : (
                  <Status status={failed ? "FAILED" : "SUCCEEDED"} text={failed ? "with failures" : "ok"} />
                ),
            },
            { id: "when", header: "When", cell: ({ from }) => <Ago time={from} />, sortingField: "from" },
            { id: "took", header: "Took", cell: ({ from, to }) => duration(to - from) },
          ]}
        />
      )}
    </Loaded>
  );
};

export default TracesPage;
