import Header from "@cloudscape-design/components/header";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLoad } from "../../api/useAws.ts";
import { Loaded } from "../../parts/states.tsx";
import { Architecture } from "./Architecture.tsx";
import { stacksHere } from "./stacks.ts";

/** The whole solution in one figure. */
const ArchitecturePage = () => {
  const query = useLoad(["cloudformation", "stacks"], stacksHere);
  const [chosen, setChosen] = useState<readonly string[]>();
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description="Drawn from the templates of your stacks: the user's path, the application, the delivery."
      >
        Architecture
      </Header>
      <Loaded query={query} what="stacks">
        {(stacks) => {
          const names = stacks.map(({ StackName = "" }) => StackName);
          const shown = chosen ?? names;
          return (
            <SpaceBetween size="m">
              <Multiselect
                ariaLabel="Stacks"
                placeholder="Stacks"
                options={names.map((value) => ({ value, label: value }))}
                selectedOptions={shown.map((value) => ({ value, label: value }))}
                onChange={({ detail }) => setChosen(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
                deselectAriaLabel={({ label }) => `Leave out ${label}`}
              />
              <Architecture stacks={shown} />
            </SpaceBetween>
          );
        }}
      </Loaded>
    </SpaceBetween>
  );
};

export default ArchitecturePage;
