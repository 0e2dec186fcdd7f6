import Alert from "@cloudscape-design/components/alert";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useLocation } from "wouter";
import { type CallView, type CloudEvent, useLive } from "../../api/live.ts";
import { ask } from "../../api/session.ts";
import { useLoad } from "../../api/useAws.ts";
import { usePages } from "../../api/usePages.ts";
import { happening } from "../../parts/happenings.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { ReadMore } from "../../parts/ReadMore.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { exactTime } from "../../parts/time.tsx";
import { CallTable } from "./CallTable.tsx";

interface Props {
  readonly params: { readonly text?: string | undefined; readonly tab?: string | undefined };
}

/** Stands in an address where the calls are not searched. */
const ALL_CALLS = "-";

const ActivityPage = ({ params: { text = ALL_CALLS, tab = "calls" } }: Props) => {
  const [, go] = useLocation();
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="Every call to this cloud, and everything that happened in it, as it happens.">
        Activity
      </Header>
      <Tabs
        ariaLabel="Activity"
        activeTabId={tab}
        onChange={({ detail }) => go(`${hrefs.activity(text).slice(1)}/${detail.activeTabId}`)}
        tabs={[
          { id: "calls", label: "Calls", content: <Calls initial={text === ALL_CALLS ? "" : text} /> },
          { id: "events", label: "Events", content: <AllEvents /> },
        ]}
      />
    </SpaceBetween>
  );
};

export default ActivityPage;

const PAGE_CALLS = 500;

const Calls = ({ initial }: { readonly initial: string }) => {
  const [text, setText] = useState(initial);
  const [decision, setDecision] = useState("");
  const { skipped } = useLive();
  const query = usePages<readonly CallView[], number>(
    ["calls", "log", text, decision],
    async (before) => {
      const parameters = new URLSearchParams({
        limit: String(PAGE_CALLS),
        ...(text ? { text } : {}),
        ...(decision ? { decision } : {}),
        ...(before === undefined ? {} : { before: String(before) }),
      });
      return (await ask<{ readonly calls: readonly CallView[] }>(`log/calls?${parameters}`)).calls;
    },
    (page) => (page.length < PAGE_CALLS ? undefined : page.at(-1)?.seq),
  );
  return (
    <SpaceBetween size="m">
      <div className="log-bar">
        <div className="log-search">
          <Input
            type="search"
            value={text}
            placeholder="Operation, resource, role or error"
            ariaLabel="Search the calls"
            onChange={({ detail }) => setText(detail.value)}
          />
        </div>
        <SegmentedControl
          label="Decision"
          selectedId={decision}
          onChange={({ detail }) => setDecision(detail.selectedId)}
          options={[
            { id: "", text: "All" },
            { id: "allowed", text: "Allowed" },
            { id: "denied", text: "Denied" },
            { id: "failed", text: "Failed" },
          ]}
        />
      </div>
      {skipped > 0 && (
        <Alert type="info">{skipped} calls came faster than a page can show them. The log has the last 10,000.</Alert>
      )}
      <Loaded query={query} what="calls">
        {({ pages }) => (
          <CallTable
            title="Calls"
            calls={pages.flat()}
            more={query.hasNextPage}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <ReadMore query={query} />
              </SpaceBetween>
            }
          />
        )}
      </Loaded>
    </SpaceBetween>
  );
};

const AllEvents = () => {
  const query = useLoad(["events-log", "all"], () =>
    ask<{ readonly events: readonly CloudEvent[] }>("log/events?limit=2000"),
  );
  return (
    <Loaded query={query} what="events">
      {({ events }) => (
        <DataTable
          title="Events"
          items={events.map(happening)}
          idOf={({ id }) => id}
          pageSize={50}
          empty={<Empty title="Quiet" text="What happens from now on is listed here." />}
          columns={[
            {
              id: "time",
              header: "Time",
              cell: ({ time }) => <span className="figures">{exactTime(time)}</span>,
              sortingField: "time",
            },
            {
              id: "what",
              header: "What",
              cell: ({ what, href }) => (href ? <To href={href}>{what}</To> : what),
              isRowHeader: true,
              sortingField: "what",
            },
            {
              id: "status",
              header: "Status",
              cell: ({ status }) => (status ? <Status status={status} /> : "–"),
              sortingField: "status",
            },
            { id: "detail", header: "Detail", cell: ({ detail }) => <span className="wrap">{detail}</span> },
          ]}
        />
      )}
    </Loaded>
  );
};
