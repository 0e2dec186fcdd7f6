import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { useLoad } from "../../api/useAws.ts";
import { LogView } from "../../parts/LogView.tsx";
import { hasGroup } from "../../parts/logs.ts";
import { Empty, Loaded } from "../../parts/states.tsx";
import { exactTime } from "../../parts/time.tsx";

const FAILURE = /\bERROR\b|Task timed out|Status: (error|timeout)|Traceback/;

const streamsOf = async (logGroupName: string) => {
  if (!(await hasGroup(logGroupName))) return [];
  const input = { logGroupName, orderBy: "LastEventTime", descending: true, limit: 50 } as const;
  return (await call("logs", "DescribeLogStreams", input)).logStreams ?? [];
};

/** A function's log, one stream for each environment it ran in; the latest first. */
export const FunctionLog = ({ group }: { readonly group: string }) => {
  const query = useLoad(["logs", "streams", group], () => streamsOf(group));
  const [chosen, setChosen] = useState<string>();
  return (
    <Loaded query={query} what="the log">
      {(streams) => {
        const stream = chosen ?? streams[0]?.logStreamName;
        if (!stream) return <Empty title="Nothing was logged yet" text="The log begins with the first invocation." />;
        const options = streams.map(({ logStreamName = "", lastEventTimestamp }) => ({
          value: logStreamName,
          label: logStreamName,
          description: `last event ${exactTime(lastEventTimestamp)}`,
        }));
        return (
          <SpaceBetween size="s">
            <FormField label="Stream">
              <Select
                options={options}
                selectedOption={options.find(({ value }) => value === stream) ?? null}
                onChange={({ detail }) => setChosen(detail.selectedOption.value)}
              />
            </FormField>
            <LogView group={group} stream={stream} live failure={FAILURE} />
          </SpaceBetween>
        );
      }}
    </Loaded>
  );
};
