import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, duration } from "../../parts/time.tsx";
import { loadPipelines } from "../home/attention.ts";
import { commitOf, messageOf, timeToProduction } from "./runs.ts";

const PipelinesPage = () => {
  const query = useLoad(["codepipeline", "home"], loadPipelines);
  return (
    <Loaded query={query} what="pipelines">
      {(pipelines) => (
        <DataTable
          title="Pipelines"
          headingTag="h1"
          items={pipelines}
          idOf={({ name }) => name}
          empty={<Empty title="No pipelines" text={<code>aloft launch</code>} />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ name }) => <To href={hrefs.pipeline(name)}>{name}</To>,
              isRowHeader: true,
            },
            { id: "status", header: "Last run", cell: ({ runs }) => <Status status={runs[0]?.status} /> },
            {
              id: "commit",
              header: "Commit",
              cell: ({ runs }) => (
                <>
                  <span className="mono">{commitOf(runs[0])}</span> {messageOf(runs[0])}
                </>
              ),
            },
            { id: "when", header: "Started", cell: ({ runs }) => <Ago time={runs[0]?.startTime} /> },
            {
              id: "production",
              header: "Time to production",
              cell: ({ runs }) => {
                const ms = timeToProduction(runs);
                return ms === undefined ? "–" : duration(ms);
              },
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default PipelinesPage;
