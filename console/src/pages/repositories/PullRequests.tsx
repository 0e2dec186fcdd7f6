import { useLoad } from "../../api/useAws.ts";
import { nameOf } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { type PullRequest, pullRequestsOf } from "./repositories.ts";

export const PullRequests = ({ repository }: { readonly repository: string }) => {
  const query = useLoad(["codecommit", "pulls", repository], () => pullRequestsOf(repository));
  return (
    <Loaded query={query} what="pull requests">
      {(pulls) => (
        <DataTable
          title="Pull requests"
          description="The latest 100 at most."
          items={pulls}
          idOf={({ pullRequestId = "" }) => pullRequestId}
          empty={<Empty title="No pull requests" text="Nobody has asked for a merge yet." />}
          columns={[
            { id: "id", header: "Number", cell: ({ pullRequestId }) => pullRequestId, isRowHeader: true },
            { id: "title", header: "Title", cell: ({ title }) => title, sortingField: "title" },
            { id: "from", header: "From", cell: (pull) => branchesOf(pull) },
            { id: "status", header: "Status", cell: (pull) => <PullStatus pull={pull} /> },
            { id: "author", header: "Author", cell: ({ authorArn = "" }) => nameOf(authorArn) },
            { id: "when", header: "Active", cell: ({ lastActivityDate }) => <Ago time={lastActivityDate} /> },
          ]}
        />
      )}
    </Loaded>
  );
};

const branchesOf = ({ pullRequestTargets: [target] = [] }: PullRequest): string =>
  `${branchOf(target?.sourceReference)} to ${branchOf(target?.destinationReference)}`;

const branchOf = (reference = ""): string => reference.replace("refs/heads/", "");

const PullStatus = ({
  pull: { pullRequestStatus, pullRequestTargets: [target] = [] },
}: {
  readonly pull: PullRequest;
}) =>
  target?.mergeMetadata?.isMerged ? (
    <Status status="SUCCEEDED" text="Merged" />
  ) : (
    <Status
      status={pullRequestStatus === "OPEN" ? "Pending" : "Cancelled"}
      text={pullRequestStatus === "OPEN" ? "Open" : "Closed"}
    />
  );
