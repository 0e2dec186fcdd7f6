import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLocation } from "wouter";
import { call, type Output } from "../../api/call.ts";
import { useAws } from "../../api/useAws.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { hrefs, To } from "../../parts/links.tsx";
import { Status, statusText } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import ChangeSetView from "./ChangeSetView.tsx";

export const ChangeSets = ({ stack, selected }: { readonly stack: string; readonly selected: string | undefined }) => {
  const query = useAws("cloudformation", "ListChangeSets", { StackName: stack });
  return (
    <SpaceBetween size="l">
      <Loaded query={query} what="change sets">
        {({ Summaries = [] }) => (
          <DataTable
            title="Change sets"
            items={Summaries}
            idOf={({ ChangeSetId = "" }) => ChangeSetId}
            empty={<Empty title="No change sets" text="A pipeline makes one before it changes the stack." />}
            columns={[
              {
                id: "name",
                header: "Name",
                cell: ({ ChangeSetName = "" }) => <To href={hrefs.changeSet(stack, ChangeSetName)}>{ChangeSetName}</To>,
                isRowHeader: true,
              },
              { id: "status", header: "Status", cell: ({ Status: status }) => <Status status={status} /> },
              { id: "execution", header: "Execution", cell: ({ ExecutionStatus }) => statusText(ExecutionStatus) },
              { id: "when", header: "Made", cell: ({ CreationTime }) => <Ago time={CreationTime} /> },
            ]}
          />
        )}
      </Loaded>
      {selected && (
        <>
          <ChangeSetActs
            stack={stack}
            summary={query.data?.Summaries?.find(({ ChangeSetName }) => ChangeSetName === selected)}
          />
          <ChangeSetView stack={stack} changeSet={selected} />
        </>
      )}
    </SpaceBetween>
  );
};

type Summary = NonNullable<Output<"cloudformation", "ListChangeSets">["Summaries"]>[number];

/** What can be done with a change set that nobody has executed. */
const ChangeSetActs = ({ stack, summary }: { readonly stack: string; readonly summary: Summary | undefined }) => {
  const [, go] = useLocation();
  if (!summary) return null;
  const { ChangeSetName = "", ChangeSetId, ExecutionStatus } = summary;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Confirm
        verb="Execute"
        what={ChangeSetName}
        text={`The stack ${stack} becomes as the change set says.`}
        done="The change set is being executed"
        services={["cloudformation"]}
        disabled={ExecutionStatus !== "AVAILABLE"}
        act={async () => {
          await call("cloudformation", "ExecuteChangeSet", { ChangeSetName: ChangeSetId });
          go(hrefs.stack(stack, "events").slice(1));
        }}
      />
      <Confirm
        verb="Delete"
        what={ChangeSetName}
        text="The stack stays as it is."
        done="The change set is deleted"
        services={["cloudformation"]}
        disabled={ExecutionStatus === "EXECUTE_IN_PROGRESS"}
        act={async () => {
          await call("cloudformation", "DeleteChangeSet", { ChangeSetName: ChangeSetId });
          go(hrefs.stack(stack, "changes").slice(1));
        }}
      />
    </SpaceBetween>
  );
};
