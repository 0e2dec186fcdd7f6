import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLoad } from "../../api/useAws.ts";
import { hrefs } from "../../parts/links.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { PutEventForm } from "./PutEventForm.tsx";
import { RuleTable } from "./RuleTable.tsx";
import { rulesOf } from "./rules.ts";

const BusPage = ({ params: { bus } }: { readonly params: { readonly bus: string } }) => {
  const query = useLoad(["events", "rules", bus], () => rulesOf(bus));
  return (
    <ThingPage list={["Event buses", "#/buses"]} name={bus} href={hrefs.bus(bus)}>
      <Loaded query={query} what="rules">
        {(rules) => (
          <SpaceBetween size="l">
            <RuleTable rules={rules} />
            <PutEventForm bus={bus} />
          </SpaceBetween>
        )}
      </Loaded>
    </ThingPage>
  );
};

export default BusPage;
