import { call, type Output } from "../../api/call.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { type Batch, BatchView, batchesOf } from "./Batch.tsx";

const PAGE = 100;

type Build = NonNullable<Output<"codebuild", "BatchGetBuilds">["builds"]>[number] & { readonly batch?: Batch };

const latestBuilds = async (): Promise<readonly Build[]> => {
  const { ids = [] } = await call("codebuild", "ListBuilds", { sortOrder: "DESCENDING" });
  if (ids.length === 0) return [];
  const { builds = [] } = await call("codebuild", "BatchGetBuilds", { ids: ids.slice(0, PAGE) });
  const batches = await batchesOf(builds.flatMap(({ buildBatchArn }) => buildBatchArn ?? []));
  return builds.map((build) => {
    const batch = batches.find(({ arn }) => arn === build.buildBatchArn);
    return batch ? { ...build, batch } : build;
  });
};

const BuildsPage = () => {
  const query = useLoad(["codebuild", "latest"], latestBuilds);
  return (
    <Loaded query={query} what="builds">
      {(builds) => (
        <DataTable
          title="Builds"
          headingTag="h1"
          description={`The latest ${PAGE} at most.`}
          items={builds}
          idOf={({ id = "" }) => id}
          empty={<Empty title="No builds" text="A pipeline starts them." />}
          columns={[
            {
              id: "id",
              header: "Build",
              cell: ({ id = "" }) => <To href={hrefs.build(id)}>{id.split(":")[1]?.slice(0, 8)}</To>,
              isRowHeader: true,
            },
            { id: "project", header: "Project", cell: ({ projectName }) => projectName, sortingField: "projectName" },
            {
              id: "status",
              header: "Status",
              cell: ({ buildStatus }) => <Status status={buildStatus} />,
              sortingField: "buildStatus",
            },
            ...(builds.some(({ batch }) => batch) ? [BATCH] : []),
            { id: "by", header: "Started by", cell: ({ initiator }) => initiator },
            {
              id: "when",
              header: "Started",
              cell: ({ startTime }) => <Ago time={startTime} />,
              sortingField: "startTime",
            },
            { id: "took", header: "Took", cell: ({ startTime, endTime }) => <Took from={startTime} to={endTime} /> },
          ]}
        />
      )}
    </Loaded>
  );
};

export default BuildsPage;

/** Shown where a build belongs to a batch. */
const BATCH = {
  id: "batch",
  header: "Batch",
  cell: ({ batch }: Build) => (batch ? <BatchView batch={batch} /> : "–"),
  sortingField: "buildBatchArn",
};
