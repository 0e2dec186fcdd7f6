import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, Place, placeOf, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";

const sourcesHere = () =>
  allPages("lambda", "ListEventSourceMappings", {}, ({ EventSourceMappings, NextMarker }) => ({
    items: EventSourceMappings,
    next: NextMarker ? { Marker: NextMarker } : undefined,
  }));

const SourcesPage = () => {
  const query = useLoad(["lambda", "sources"], sourcesHere);
  return (
    <Loaded query={query} what="event sources">
      {(sources) => (
        <DataTable
          title="Event sources"
          headingTag="h1"
          items={sources}
          idOf={({ UUID = "" }) => UUID}
          empty={<Empty title="No event sources" text="Queues and streams that feed functions are listed here." />}
          columns={[
            {
              id: "source",
              header: "Source",
              minWidth: 120,
              cell: ({ UUID = "", EventSourceArn = "" }) => (
                <To href={hrefs.source(UUID)}>{placeOf(EventSourceArn)?.name ?? EventSourceArn}</To>
              ),
              isRowHeader: true,
            },
            { id: "function", header: "Function", cell: ({ FunctionArn = "" }) => <Place arn={FunctionArn} /> },
            { id: "state", header: "State", cell: ({ State }) => <Status status={State} />, sortingField: "State" },
            { id: "batch", header: "Batch size", cell: ({ BatchSize }) => BatchSize },
            { id: "result", header: "Last result", cell: ({ LastProcessingResult }) => LastProcessingResult ?? "–" },
          ]}
        />
      )}
    </Loaded>
  );
};

export default SourcesPage;
