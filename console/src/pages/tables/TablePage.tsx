import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useLocation } from "wouter";
import { useAws } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { Json } from "../../parts/Json.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Items } from "./Items.tsx";
import { StreamRecords } from "./StreamRecords.tsx";

interface Props {
  readonly params: { readonly name: string; readonly tab?: string | undefined };
}

const TablePage = ({ params: { name, tab = "items" } }: Props) => {
  const [, go] = useLocation();
  const query = useAws("dynamodb", "DescribeTable", { TableName: name });
  return (
    <SpaceBetween size="m">
      <Crumbs
        items={[
          ["Tables", "#/tables"],
          [name, hrefs.table(name)],
        ]}
      />
      <Header variant="h1" info={query.data && <Status status={query.data.Table?.TableStatus} />}>
        {name}
      </Header>
      <Loaded query={query} what="the table">
        {({ Table: table }) =>
          table && (
            <Tabs
              ariaLabel="About the table"
              activeTabId={tab}
              onChange={({ detail }) => go(hrefs.table(name, detail.activeTabId).slice(1))}
              tabs={[
                { id: "items", label: "Items", content: <Items table={table} /> },
                { id: "stream", label: "Stream", content: <StreamRecords arn={table.LatestStreamArn} /> },
                { id: "description", label: "Description", content: <Json value={table} label="Description" /> },
              ]}
            />
          )
        }
      </Loaded>
    </SpaceBetween>
  );
};

export default TablePage;
