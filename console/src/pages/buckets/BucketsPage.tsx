import { useAws } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const BucketsPage = () => {
  const query = useAws("s3", "ListBuckets", {});
  return (
    <Loaded query={query} what="buckets">
      {({ Buckets = [] }) => (
        <DataTable
          title="Buckets"
          headingTag="h1"
          items={Buckets}
          idOf={({ Name = "" }) => Name}
          empty={<Empty title="No buckets" />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ Name = "" }) => <To href={hrefs.bucket(Name)}>{Name}</To>,
              sortingField: "Name",
              isRowHeader: true,
            },
            { id: "region", header: "Region", cell: ({ BucketRegion }) => BucketRegion ?? "–" },
            {
              id: "created",
              header: "Created",
              cell: ({ CreationDate }) => <Ago time={CreationDate} />,
              sortingField: "CreationDate",
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default BucketsPage;
