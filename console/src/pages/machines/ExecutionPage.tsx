import SpaceBetween from "@cloudscape-design/components/space-between";
import { call } from "../../api/call.ts";
import { useAws } from "../../api/useAws.ts";
import { ActButton } from "../../parts/ActButton.tsx";
import { Confirm } from "../../parts/Confirm.tsx";
import { Document } from "../../parts/Document.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { hrefs, nameOf } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { exactTime, Took } from "../../parts/time.tsx";
import { History } from "./History.tsx";

type Params = {
  readonly name: string;
  readonly arn: string;
};

const ExecutionPage = ({ params: { name, arn } }: { readonly params: Params }) => {
  const query = useAws("states", "DescribeExecution", { executionArn: arn });
  const { status } = query.data ?? {};
  const isRunning = status === "RUNNING";
  return (
    <ThingPage
      list={[name, hrefs.machine(name)]}
      name={nameOf(arn)}
      href={hrefs.execution(name, arn)}
      status={status && <Status status={isRunning ? "IN_PROGRESS" : status} />}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Confirm
            verb="Stop"
            what="the execution"
            text="It ends as aborted where it stands. What it set going elsewhere goes on."
            done="The execution is stopped"
            services={["states"]}
            act={() => call("states", "StopExecution", { executionArn: arn })}
            disabled={!isRunning}
          />
          <ActButton
            done="The execution goes on from where it failed"
            services={["states"]}
            act={() => call("states", "RedriveExecution", { executionArn: arn })}
            disabled={query.data?.redriveStatus !== "REDRIVABLE"}
          >
            Redrive
          </ActButton>
        </SpaceBetween>
      }
    >
      <Loaded query={query} what="the execution">
        {(execution) => (
          <SpaceBetween size="l">
            <Facts
              title="Execution"
              facts={{
                Started: exactTime(execution.startDate),
                Took: <Took from={execution.startDate} to={execution.stopDate} />,
                Redrives: execution.redriveCount,
                Error: execution.error,
                Cause: execution.cause && <span className="wrap">{execution.cause}</span>,
              }}
            />
            <History arn={arn} isRunning={isRunning} />
            <Document title="Input" value={execution.input ?? ""} />
            {execution.output !== undefined && <Document title="Output" value={execution.output} />}
          </SpaceBetween>
        )}
      </Loaded>
    </ThingPage>
  );
};

export default ExecutionPage;
