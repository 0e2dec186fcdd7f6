import SpaceBetween from "@cloudscape-design/components/space-between";
import { call, type Output } from "../../api/call.ts";
import { useAws } from "../../api/useAws.ts";
import { ActButton } from "../../parts/ActButton.tsx";
import { Facts, Mono } from "../../parts/Facts.tsx";
import { hrefs, Place } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { exactTime } from "../../parts/time.tsx";
import { AlarmHistory } from "./AlarmHistory.tsx";
import { AlarmPlot } from "./AlarmPlot.tsx";
import { AlarmState } from "./AlarmState.tsx";
import { conditionOf, type MetricAlarm } from "./alarms.ts";
import { StateForm } from "./StateForm.tsx";

type CompositeAlarm = NonNullable<Output<"cloudwatch", "DescribeAlarms">["CompositeAlarms"]>[number];

const AlarmPage = ({ params: { name } }: { readonly params: { readonly name: string } }) => {
  const query = useAws("cloudwatch", "DescribeAlarms", {
    AlarmNames: [name],
    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
  });
  const metric = query.data?.MetricAlarms?.[0];
  const alarm = metric ?? query.data?.CompositeAlarms?.[0];
  const isActing = alarm?.ActionsEnabled !== false;
  return (
    <ThingPage
      list={["Alarms", "#/alarms"]}
      name={name}
      href={hrefs.alarm(name)}
      status={alarm && <AlarmState state={alarm.StateValue} />}
      actions={
        <ActButton
          done={isActing ? "Its actions are disabled" : "Its actions are enabled"}
          services={["cloudwatch"]}
          act={() =>
            call("cloudwatch", isActing ? "DisableAlarmActions" : "EnableAlarmActions", { AlarmNames: [name] })
          }
          disabled={!alarm}
        >
          {isActing ? "Disable actions" : "Enable actions"}
        </ActButton>
      }
    >
      <Loaded query={query} what="the alarm">
        {() =>
          alarm ? (
            <SpaceBetween size="l">
              <Facts title="Alarm" facts={{ ...commonFacts(alarm, metric), ...(metric ? metricFacts(metric) : {}) }} />
              {metric && <AlarmPlot alarm={metric} />}
              <StateForm name={name} state={alarm.StateValue ?? "OK"} />
              <AlarmHistory name={name} />
            </SpaceBetween>
          ) : (
            <Empty title="There is no such alarm" text="It may have been deleted with its stack." />
          )
        }
      </Loaded>
    </ThingPage>
  );
};

export default AlarmPage;

type Known = Parameters<typeof Facts>[0]["facts"];

const commonFacts = (alarm: MetricAlarm | CompositeAlarm, metric: MetricAlarm | undefined): Known => ({
  "Goes off when": metric ? conditionOf(metric) : <Mono>{"AlarmRule" in alarm && alarm.AlarmRule}</Mono>,
  "Why it stands so": alarm.StateReason,
  Since: exactTime(alarm.StateUpdatedTimestamp),
  "In alarm it tells": <Actions arns={alarm.AlarmActions} />,
  "When it is OK": <Actions arns={alarm.OKActions} />,
  "Without data": <Actions arns={alarm.InsufficientDataActions} />,
  Actions: alarm.ActionsEnabled === false ? "disabled" : "enabled",
  Description: alarm.AlarmDescription,
  ARN: <Mono>{alarm.AlarmArn}</Mono>,
});

const metricFacts = (alarm: MetricAlarm): Known => ({
  Namespace: alarm.Namespace,
  Dimensions: alarm.Dimensions?.map(({ Name, Value }) => `${Name}=${Value}`).join(", ") || "–",
  "Missing data": alarm.TreatMissingData ?? "missing",
});

const Actions = ({ arns = [] }: { readonly arns: readonly string[] | undefined }) =>
  arns.length === 0
    ? "nobody"
    : arns.map((arn) => (
        <div key={arn}>
          <Place arn={arn} />
        </div>
      ));
