import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import type { Rule } from "./rules.ts";

/** Rules, with when they go off. */
export const RuleTable = ({
  rules,
  withBus = false,
}: {
  readonly rules: readonly Rule[];
  readonly withBus?: boolean;
}) => (
  <DataTable
    title="Rules"
    items={rules}
    idOf={({ Arn = "" }) => Arn}
    empty={
      <Empty title="No rules" text="A rule sends the events that fit its pattern, or its schedule's, to targets." />
    }
    columns={[
      {
        id: "name",
        header: "Name",
        cell: ({ Name = "", EventBusName = "" }) => <To href={hrefs.rule(EventBusName, Name)}>{Name}</To>,
        sortingField: "Name",
        isRowHeader: true,
      },
      ...(withBus
        ? [
            {
              id: "bus",
              header: "Bus",
              cell: ({ EventBusName = "" }: Rule) => <To href={hrefs.bus(EventBusName)}>{EventBusName}</To>,
              sortingField: "EventBusName",
            },
          ]
        : []),
      { id: "state", header: "State", cell: ({ State }) => <Status status={State} />, sortingField: "State" },
      {
        id: "when",
        header: "Goes off",
        minWidth: 260,
        cell: ({ ScheduleExpression, EventPattern }) => (
          <span className="mono wrap">{ScheduleExpression ?? EventPattern}</span>
        ),
      },
      { id: "what", header: "Description", cell: ({ Description }) => Description ?? "–" },
    ]}
  />
);
