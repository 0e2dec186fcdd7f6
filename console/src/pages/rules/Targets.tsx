import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { nameOf, Place } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";

const targetsOf = (EventBusName: string, Rule: string) =>
  allPages("events", "ListTargetsByRule", { EventBusName, Rule }, ({ Targets: items, NextToken }) => ({
    items,
    next: NextToken ? { NextToken } : undefined,
  }));

/** Where a rule sends its events, and what of them. */
export const Targets = ({ bus, rule }: { readonly bus: string; readonly rule: string }) => {
  const query = useLoad(["events", "targets", bus, rule], () => targetsOf(bus, rule));
  return (
    <Loaded query={query} what="targets">
      {(targets) => (
        <DataTable
          title="Targets"
          items={targets}
          idOf={({ Id = "" }) => Id}
          empty={<Empty title="No targets" text="Events that fit are sent nowhere." />}
          columns={[
            { id: "target", header: "Target", cell: ({ Arn = "" }) => <Place arn={Arn} />, isRowHeader: true },
            { id: "id", header: "Id", cell: ({ Id }) => <span className="mono wrap">{Id}</span> },
            {
              id: "input",
              header: "Gets",
              minWidth: 200,
              cell: ({ Input, InputPath, InputTransformer }) => (
                <span className="mono wrap">
                  {Input ?? InputPath ?? InputTransformer?.InputTemplate ?? "the whole event"}
                </span>
              ),
            },
            { id: "role", header: "Role", cell: ({ RoleArn }) => (RoleArn ? nameOf(RoleArn) : "–") },
            {
              id: "retries",
              header: "Retries",
              cell: ({ RetryPolicy }) => RetryPolicy?.MaximumRetryAttempts ?? "–",
            },
            {
              id: "dead",
              header: "Dead letters to",
              cell: ({ DeadLetterConfig }) => (DeadLetterConfig?.Arn ? <Place arn={DeadLetterConfig.Arn} /> : "–"),
            },
          ]}
        />
      )}
    </Loaded>
  );
};
