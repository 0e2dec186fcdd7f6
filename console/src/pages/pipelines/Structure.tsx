import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Json } from "../../parts/Json.tsx";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import type { Declaration } from "./runs.ts";

/** How a pipeline is declared. */
export const Structure = ({ declaration }: { readonly declaration: Declaration }) => (
  <SpaceBetween size="m">
    <KeyValuePairs
      columns={4}
      items={[
        { label: "Type", value: declaration.pipelineType ?? "V1" },
        { label: "Execution mode", value: declaration.executionMode ?? "SUPERSEDED" },
        { label: "Version", value: declaration.version ?? 1 },
        {
          label: "Role",
          value: <To href={hrefs.role(nameOf(declaration.roleArn ?? ""))}>{nameOf(declaration.roleArn ?? "")}</To>,
        },
        {
          label: "Artifacts",
          value: declaration.artifactStore?.location ? (
            <To href={hrefs.bucket(declaration.artifactStore.location)}>{declaration.artifactStore.location}</To>
          ) : (
            "–"
          ),
        },
        {
          label: "Variables",
          value:
            (declaration.variables ?? []).map(({ name, defaultValue }) => `${name}=${defaultValue ?? ""}`).join(", ") ||
            "–",
        },
      ]}
    />
    <Json value={declaration} label="Declaration" />
  </SpaceBetween>
);
