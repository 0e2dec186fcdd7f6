import SpaceBetween from "@cloudscape-design/components/space-between";
import { call } from "../../api/call.ts";
import { useAws } from "../../api/useAws.ts";
import { ActButton } from "../../parts/ActButton.tsx";
import { Document } from "../../parts/Document.tsx";
import { Facts, Mono } from "../../parts/Facts.tsx";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { PatternTest } from "./PatternTest.tsx";
import { Targets } from "./Targets.tsx";

const RulePage = ({ params: { bus, name } }: { readonly params: { readonly bus: string; readonly name: string } }) => {
  const wanted = { Name: name, EventBusName: bus };
  const query = useAws("events", "DescribeRule", wanted);
  const isOn = query.data?.State !== "DISABLED";
  return (
    <ThingPage
      list={["Event buses", "#/buses"]}
      name={name}
      href={hrefs.rule(bus, name)}
      status={query.data && <Status status={query.data.State} />}
      actions={
        <ActButton
          done={isOn ? "The rule is disabled" : "The rule is enabled"}
          services={["events"]}
          act={() => call("events", isOn ? "DisableRule" : "EnableRule", wanted)}
          disabled={!query.data}
        >
          {isOn ? "Disable" : "Enable"}
        </ActButton>
      }
    >
      <Loaded query={query} what="the rule">
        {(rule) => (
          <SpaceBetween size="l">
            <Facts
              title="Rule"
              facts={{
                Bus: <To href={hrefs.bus(bus)}>{bus}</To>,
                Description: rule.Description,
                Schedule: rule.ScheduleExpression && <Mono>{rule.ScheduleExpression}</Mono>,
                "Managed by": rule.ManagedBy,
                ARN: <Mono>{rule.Arn}</Mono>,
              }}
            />
            <Targets bus={bus} rule={name} />
            {rule.EventPattern && <Document title="Event pattern" value={rule.EventPattern} />}
            {rule.EventPattern && <PatternTest pattern={rule.EventPattern} bus={bus} />}
          </SpaceBetween>
        )}
      </Loaded>
    </ThingPage>
  );
};

export default RulePage;
