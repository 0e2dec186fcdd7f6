import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const layersHere = () =>
  allPages("lambda", "ListLayers", {}, ({ Layers, NextMarker }) => ({
    items: Layers,
    next: NextMarker ? { Marker: NextMarker } : undefined,
  }));

const LayersPage = () => {
  const query = useLoad(["lambda", "layers"], layersHere);
  return (
    <Loaded query={query} what="layers">
      {(layers) => (
        <DataTable
          title="Layers"
          headingTag="h1"
          items={layers}
          idOf={({ LayerName = "" }) => LayerName}
          empty={<Empty title="No layers" text="Code that several functions share lies in layers." />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ LayerName = "" }) => <To href={hrefs.layer(LayerName)}>{LayerName}</To>,
              sortingField: "LayerName",
              isRowHeader: true,
            },
            {
              id: "version",
              header: "Latest version",
              cell: ({ LatestMatchingVersion }) => LatestMatchingVersion?.Version,
            },
            {
              id: "runtimes",
              header: "For",
              cell: ({ LatestMatchingVersion }) =>
                LatestMatchingVersion?.CompatibleRuntimes?.join(", ") || "any runtime",
            },
            {
              id: "what",
              header: "Description",
              minWidth: 220,
              cell: ({ LatestMatchingVersion }) => LatestMatchingVersion?.Description || "–",
            },
            {
              id: "when",
              header: "Published",
              cell: ({ LatestMatchingVersion }) => <Ago time={LatestMatchingVersion?.CreatedDate} />,
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default LayersPage;
