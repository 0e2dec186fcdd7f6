import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { call } from "../../api/call.ts";
import { useAct, useAws } from "../../api/useAws.ts";
import { attempt } from "../../parts/flash.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

/** What is no longer as the template says. */
export const Drift = ({ stack }: { readonly stack: string }) => {
  const query = useAws("cloudformation", "DescribeStackResourceDrifts", { StackName: stack });
  const detect = useAct(
    () => attempt("Drift is being looked for", () => call("cloudformation", "DetectStackDrift", { StackName: stack })),
    ["cloudformation"],
  );
  return (
    <SpaceBetween size="m">
      <Button loading={detect.isPending} onClick={() => detect.mutate(undefined)}>
        Look for drift
      </Button>
      <Loaded query={query} what="drift">
        {({ StackResourceDrifts = [] }) => (
          <DataTable
            title="Drift"
            items={StackResourceDrifts}
            idOf={({ LogicalResourceId = "" }) => LogicalResourceId}
            empty={<Empty title="Nothing was found" text="Either nothing drifted, or nobody has looked yet." />}
            columns={[
              { id: "id", header: "Logical id", cell: ({ LogicalResourceId }) => LogicalResourceId, isRowHeader: true },
              {
                id: "status",
                header: "Drift",
                cell: ({ StackResourceDriftStatus }) => <Status status={StackResourceDriftStatus} />,
              },
              {
                id: "differences",
                header: "Differences",
                cell: ({ PropertyDifferences = [] }) => (
                  <ul className="plain">
                    {PropertyDifferences.map(({ PropertyPath, ExpectedValue, ActualValue }) => (
                      <li key={PropertyPath}>
                        {PropertyPath}: <del>{ExpectedValue}</del> <ins>{ActualValue}</ins>
                      </li>
                    ))}
                  </ul>
                ),
              },
              { id: "when", header: "Looked at", cell: ({ Timestamp }) => <Ago time={Timestamp} /> },
            ]}
          />
        )}
      </Loaded>
    </SpaceBetween>
  );
};
