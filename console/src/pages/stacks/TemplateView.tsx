import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLoad } from "../../api/useAws.ts";
import { CodeLines } from "../../parts/CodeLines.tsx";
import { Loaded } from "../../parts/states.tsx";
import { loadTemplate } from "./template.ts";

type Stage = "Original" | "Processed";

/** A stack's template as it was given or as it was transformed; a resource named in the address is shown and marked. */
export const TemplateView = ({ stack, find }: { readonly stack: string; readonly find: string | undefined }) => {
  const [stage, setStage] = useState<Stage>("Original");
  const query = useLoad(["cloudformation", "template", stack, stage], () => loadTemplate(stack, stage));
  return (
    <SpaceBetween size="s">
      <SegmentedControl
        label="Which template"
        selectedId={stage}
        onChange={({ detail }) => setStage(detail.selectedId === "Processed" ? "Processed" : "Original")}
        options={[
          { id: "Original", text: "As given" },
          { id: "Processed", text: "Transformed" },
        ]}
      />
      <Loaded query={query} what="the template">
        {({ lines, places }) => (
          <CodeLines
            lines={lines}
            label="Template"
            {...(find && places.has(find) ? { mark: places.get(find) ?? 0 } : {})}
          />
        )}
      </Loaded>
    </SpaceBetween>
  );
};
