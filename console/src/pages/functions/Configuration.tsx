import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Empty } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { exactTime } from "../../parts/time.tsx";
import type { FunctionConfiguration } from "./functionConfiguration.ts";

export const Configuration = ({ configuration: c }: { readonly configuration: FunctionConfiguration }) => (
  <SpaceBetween size="l">
    <Container header={<Header>Configuration</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: "Runtime", value: c.Runtime ?? c.PackageType },
          { label: "Handler", value: c.Handler ?? "–" },
          { label: "Memory", value: `${c.MemorySize} MB` },
          { label: "Timeout", value: `${c.Timeout} s` },
          { label: "Role", value: <To href={hrefs.role(nameOf(c.Role ?? ""))}>{nameOf(c.Role ?? "")}</To> },
          { label: "Code", value: `${Math.ceil((c.CodeSize ?? 0) / 1024)} KB` },
          { label: "Architecture", value: c.Architectures?.join(", ") ?? "–" },
          { label: "Changed", value: exactTime(c.LastModified) },
          {
            label: "Layers",
            value: (c.Layers ?? []).map(({ Arn = "" }) => Arn.split(":").slice(-2).join(":")).join(", ") || "–",
          },
          { label: "Dead letters", value: c.DeadLetterConfig?.TargetArn ? nameOf(c.DeadLetterConfig.TargetArn) : "–" },
          { label: "Tracing", value: c.TracingConfig?.Mode ?? "–" },
          { label: "ARN", value: <span className="mono wrap">{c.FunctionArn}</span> },
        ]}
      />
    </Container>
    <DataTable
      title="Environment variables"
      items={Object.entries(c.Environment?.Variables ?? {})}
      idOf={([name]) => name}
      empty={<Empty title="No environment variables" />}
      columns={[
        { id: "name", header: "Name", cell: ([name]) => name, isRowHeader: true },
        { id: "value", header: "Value", cell: ([, value]) => <span className="mono wrap">{value}</span> },
      ]}
    />
  </SpaceBetween>
);
