import { call } from "../../api/call.ts";
import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { keyText } from "./values.ts";

const tablesHere = async () => {
  const names = await allPages("dynamodb", "ListTables", {}, ({ TableNames, LastEvaluatedTableName }) => ({
    items: TableNames,
    next: LastEvaluatedTableName ? { ExclusiveStartTableName: LastEvaluatedTableName } : undefined,
  }));
  const tables = await Promise.all(names.map((TableName) => call("dynamodb", "DescribeTable", { TableName })));
  return tables.flatMap(({ Table }) => Table ?? []);
};

const TablesPage = () => {
  const query = useLoad(["dynamodb", "tables"], tablesHere);
  return (
    <Loaded query={query} what="tables">
      {(tables) => (
        <DataTable
          title="Tables"
          headingTag="h1"
          items={tables}
          idOf={({ TableName = "" }) => TableName}
          empty={<Empty title="No tables" text="They come with an application's stack." />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ TableName = "" }) => <To href={hrefs.table(TableName)}>{TableName}</To>,
              sortingField: "TableName",
              isRowHeader: true,
            },
            { id: "status", header: "Status", cell: ({ TableStatus }) => <Status status={TableStatus} /> },
            { id: "key", header: "Key", cell: ({ KeySchema }) => keyText(KeySchema ?? []) },
            {
              id: "items",
              header: "Items",
              cell: ({ ItemCount }) => ItemCount?.toLocaleString(),
              sortingField: "ItemCount",
            },
            {
              id: "size",
              header: "Size",
              cell: ({ TableSizeBytes = 0 }) => `${Math.ceil(TableSizeBytes / 1024).toLocaleString()} KB`,
              sortingField: "TableSizeBytes",
            },
            {
              id: "indexes",
              header: "Indexes",
              cell: ({ GlobalSecondaryIndexes, LocalSecondaryIndexes }) =>
                (GlobalSecondaryIndexes?.length ?? 0) + (LocalSecondaryIndexes?.length ?? 0),
            },
            {
              id: "stream",
              header: "Stream",
              cell: ({ StreamSpecification }) =>
                StreamSpecification?.StreamEnabled ? StreamSpecification.StreamViewType : "–",
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default TablesPage;
