import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

/** Only a listing in pages tells the buckets' regions. */
const loadBuckets = () =>
  allPages("s3", "ListBuckets", { MaxBuckets: 1000 }, ({ Buckets, ContinuationToken }) => ({
    items: Buckets,
    next: ContinuationToken ? { ContinuationToken } : undefined,
  }));

const BucketsPage = () => {
  const query = useLoad(["s3", "buckets"], loadBuckets);
  return (
    <Loaded query={query} what="buckets">
      {(buckets) => (
        <DataTable
          title="Buckets"
          headingTag="h1"
          items={buckets}
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
