import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { hrefs, nameOf, Out, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { exactTime } from "../../parts/time.tsx";
import type { Stack } from "./stacks.ts";

export const Overview = ({ stack }: { readonly stack: Stack }) => (
  <SpaceBetween size="l">
    <Container header={<Header>Stack</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "Status", value: <Status status={stack.StackStatus} /> },
          { label: "Reason", value: stack.StackStatusReason ?? "–" },
          { label: "Created", value: exactTime(stack.CreationTime) },
          { label: "Updated", value: exactTime(stack.LastUpdatedTime) },
          {
            label: "Role",
            value: stack.RoleARN ? (
              <To href={hrefs.role(nameOf(stack.RoleARN))}>{nameOf(stack.RoleARN)}</To>
            ) : (
              "the caller's"
            ),
          },
          { label: "Capabilities", value: stack.Capabilities?.join(", ") || "–" },
          { label: "Termination protection", value: stack.EnableTerminationProtection ? "on" : "off" },
          { label: "Tags", value: (stack.Tags ?? []).map(({ Key, Value }) => `${Key}=${Value}`).join(", ") || "–" },
          { label: "ARN", value: <span className="mono wrap">{stack.StackId}</span> },
        ]}
      />
    </Container>
    <DataTable
      title="Outputs"
      items={stack.Outputs ?? []}
      idOf={({ OutputKey = "" }) => OutputKey}
      empty={<Empty title="No outputs" />}
      columns={[
        { id: "key", header: "Name", cell: ({ OutputKey }) => OutputKey, isRowHeader: true },
        {
          id: "value",
          header: "Value",
          cell: ({ OutputValue = "" }) =>
            /^https?:\/\//.test(OutputValue) ? <Out href={OutputValue} /> : <span className="wrap">{OutputValue}</span>,
        },
        { id: "description", header: "Description", cell: ({ Description }) => Description ?? "–" },
        { id: "export", header: "Exported as", cell: ({ ExportName }) => ExportName ?? "–" },
      ]}
    />
    <DataTable
      title="Parameters"
      items={stack.Parameters ?? []}
      idOf={({ ParameterKey = "" }) => ParameterKey}
      empty={<Empty title="No parameters" />}
      columns={[
        { id: "key", header: "Name", cell: ({ ParameterKey }) => ParameterKey, isRowHeader: true },
        { id: "value", header: "Value", cell: ({ ParameterValue }) => <span className="wrap">{ParameterValue}</span> },
        { id: "resolved", header: "Resolved", cell: ({ ResolvedValue }) => ResolvedValue ?? "–" },
      ]}
    />
  </SpaceBetween>
);
