import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { RuleTable } from "./RuleTable.tsx";
import { busesHere, rulesHere } from "./rules.ts";

const BusesPage = () => {
  const buses = useLoad(["events", "buses"], busesHere);
  const rules = useLoad(["events", "rules"], rulesHere);
  return (
    <SpaceBetween size="l">
      <Loaded query={buses} what="event buses">
        {(all) => (
          <DataTable
            title="Event buses"
            headingTag="h1"
            items={all}
            idOf={({ Name = "" }) => Name}
            empty={<Empty title="No buses" />}
            columns={[
              {
                id: "name",
                header: "Name",
                cell: ({ Name = "" }) => <To href={hrefs.bus(Name)}>{Name}</To>,
                sortingField: "Name",
                isRowHeader: true,
              },
              { id: "what", header: "Description", cell: ({ Description }) => Description ?? "–" },
            ]}
          />
        )}
      </Loaded>
      <Loaded query={rules} what="rules">
        {(all) => <RuleTable rules={all} withBus />}
      </Loaded>
    </SpaceBetween>
  );
};

export default BusesPage;
