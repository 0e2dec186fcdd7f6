import SpaceBetween from "@cloudscape-design/components/space-between";
import { call, type Output } from "../../api/call.ts";
import { useAws } from "../../api/useAws.ts";
import { ActButton } from "../../parts/ActButton.tsx";
import { Document } from "../../parts/Document.tsx";
import { Facts, Mono } from "../../parts/Facts.tsx";
import { hrefs, nameOf, Place, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { exactTime } from "../../parts/time.tsx";

type Params = {
  readonly group: string;
  readonly name: string;
};

const SchedulePage = ({ params: { group, name } }: { readonly params: Params }) => {
  const query = useAws("scheduler", "GetSchedule", { GroupName: group, Name: name });
  const schedule = query.data;
  const isOn = schedule?.State !== "DISABLED";
  return (
    <ThingPage
      list={["Schedules", "#/schedules"]}
      name={name}
      href={hrefs.schedule(group, name)}
      status={schedule && <Status status={schedule.State} />}
      actions={
        <ActButton
          done={isOn ? "The schedule is disabled" : "The schedule is enabled"}
          services={["scheduler"]}
          act={async () => schedule && (await turn(schedule, isOn ? "DISABLED" : "ENABLED"))}
          disabled={!schedule}
        >
          {isOn ? "Disable" : "Enable"}
        </ActButton>
      }
    >
      <Loaded query={query} what="the schedule">
        {(found) => (
          <SpaceBetween size="l">
            <Facts title="Schedule" facts={factsOf(found)} />
            <Document title="Target" value={found.Target} />
          </SpaceBetween>
        )}
      </Loaded>
    </ThingPage>
  );
};

export default SchedulePage;

type Schedule = Output<"scheduler", "GetSchedule">;

const factsOf = (schedule: Schedule): Parameters<typeof Facts>[0]["facts"] => {
  const { Target: target, FlexibleTimeWindow: window } = schedule;
  return {
    "Goes off": (
      <Mono>
        {schedule.ScheduleExpression} {schedule.ScheduleExpressionTimezone}
      </Mono>
    ),
    From: exactTime(schedule.StartDate),
    Until: exactTime(schedule.EndDate),
    Within: window?.Mode === "FLEXIBLE" ? `${window.MaximumWindowInMinutes} min` : "the minute",
    Target: <Place arn={target?.Arn ?? ""} />,
    Role: target?.RoleArn && <To href={hrefs.role(nameOf(target.RoleArn))}>{nameOf(target.RoleArn)}</To>,
    "Dead letters to": target?.DeadLetterConfig?.Arn && <Place arn={target.DeadLetterConfig.Arn} />,
    Retries: target?.RetryPolicy?.MaximumRetryAttempts,
    "When it is over": schedule.ActionAfterCompletion === "DELETE" ? "it is deleted" : "it stays",
    Description: schedule.Description,
    Changed: exactTime(schedule.LastModificationDate),
    ARN: <Mono>{schedule.Arn}</Mono>,
  };
};

/** AWS: an update says the whole schedule, or what it leaves out falls back. */
const turn = (schedule: Schedule, State: "ENABLED" | "DISABLED") => {
  const { Arn, CreationDate, LastModificationDate, Name, ScheduleExpression, FlexibleTimeWindow, Target, ...rest } =
    schedule;
  return call("scheduler", "UpdateSchedule", { ...rest, Name, ScheduleExpression, FlexibleTimeWindow, Target, State });
};
