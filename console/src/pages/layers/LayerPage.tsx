import SpaceBetween from "@cloudscape-design/components/space-between";
import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const versionsOf = (LayerName: string) =>
  allPages("lambda", "ListLayerVersions", { LayerName }, ({ LayerVersions, NextMarker }) => ({
    items: LayerVersions,
    next: NextMarker ? { Marker: NextMarker } : undefined,
  }));

/** Functions with some version of a layer. */
const usersOf = async (name: string) => {
  const functions = await allPages("lambda", "ListFunctions", {}, ({ Functions, NextMarker }) => ({
    items: Functions,
    next: NextMarker ? { Marker: NextMarker } : undefined,
  }));
  return functions.flatMap(({ FunctionName = "", Layers = [] }) => {
    const layer = Layers.find(({ Arn = "" }) => Arn.includes(`:layer:${name}:`));
    return layer ? { name: FunctionName, version: layer.Arn?.split(":").at(-1) } : [];
  });
};

const LayerPage = ({ params: { name } }: { readonly params: { readonly name: string } }) => {
  const query = useLoad(["lambda", "layerVersions", name], () => versionsOf(name));
  const users = useLoad(["lambda", "layerUsers", name], () => usersOf(name));
  return (
    <ThingPage list={["Layers", "#/layers"]} name={name} href={hrefs.layer(name)}>
      <SpaceBetween size="l">
        <Loaded query={query} what="versions">
          {(versions) => (
            <DataTable
              title="Versions"
              items={versions}
              idOf={({ LayerVersionArn = "" }) => LayerVersionArn}
              empty={<Empty title="No versions" text="All of them have been deleted, or there is no such layer." />}
              columns={[
                { id: "version", header: "Version", cell: ({ Version }) => Version, isRowHeader: true },
                { id: "what", header: "Description", minWidth: 220, cell: ({ Description }) => Description || "–" },
                {
                  id: "runtimes",
                  header: "For",
                  cell: ({ CompatibleRuntimes }) => CompatibleRuntimes?.join(", ") || "any runtime",
                },
                {
                  id: "architectures",
                  header: "On",
                  cell: ({ CompatibleArchitectures }) => CompatibleArchitectures?.join(", ") || "any machine",
                },
                { id: "when", header: "Published", cell: ({ CreatedDate }) => <Ago time={CreatedDate} /> },
                {
                  id: "arn",
                  header: "ARN",
                  cell: ({ LayerVersionArn }) => <span className="mono wrap">{LayerVersionArn}</span>,
                },
              ]}
            />
          )}
        </Loaded>
        <Loaded query={users} what="functions">
          {(functions) => (
            <DataTable
              title="Used by"
              items={functions}
              idOf={(user) => user.name}
              empty={<Empty title="No function has it" />}
              columns={[
                {
                  id: "name",
                  header: "Function",
                  cell: (user) => <To href={hrefs.function(user.name)}>{user.name}</To>,
                  isRowHeader: true,
                },
                { id: "version", header: "Version", cell: ({ version }) => version },
              ]}
            />
          )}
        </Loaded>
      </SpaceBetween>
    </ThingPage>
  );
};

export default LayerPage;
