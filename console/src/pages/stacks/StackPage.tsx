import Alert from "@cloudscape-design/components/alert";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useLocation } from "wouter";
import { useLoad } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { Architecture } from "./Architecture.tsx";
import { ChangeSets } from "./ChangeSets.tsx";
import { Drift } from "./Drift.tsx";
import { Events } from "./Events.tsx";
import { Overview } from "./Overview.tsx";
import { Resources } from "./Resources.tsx";
import { lastEventsOf, stackOf } from "./stacks.ts";
import { TemplateView } from "./TemplateView.tsx";

interface Props {
  readonly params: { readonly name: string; readonly tab?: string | undefined; readonly id?: string | undefined };
}

const StackPage = ({ params: { name, tab = "overview", id } }: Props) => {
  const [, go] = useLocation();
  const query = useLoad(["cloudformation", "stack", name], () => stackOf(name));
  const stack = query.data;
  return (
    <SpaceBetween size="m">
      <Crumbs
        items={[
          ["Stacks", "#/stacks"],
          [name, hrefs.stack(name)],
        ]}
      />
      <Header variant="h1" description={stack?.Description} info={stack && <Status status={stack.StackStatus} />}>
        {name}
      </Header>
      {stack && /FAILED|ROLLBACK/.test(stack.StackStatus ?? "") && <RootCause name={name} />}
      <Loaded query={query} what="the stack">
        {() => (
          <Tabs
            ariaLabel="About the stack"
            activeTabId={tab}
            onChange={({ detail }) => go(hrefs.stack(name, detail.activeTabId).slice(1))}
            tabs={[
              {
                id: "overview",
                label: "Overview",
                content: stack ? <Overview stack={stack} /> : <Empty title="No such stack" />,
              },
              { id: "resources", label: "Resources", content: <Resources stack={name} /> },
              { id: "events", label: "Events", content: <Events stack={name} /> },
              { id: "template", label: "Template", content: <TemplateView stack={name} find={id} /> },
              { id: "changes", label: "Change sets", content: <ChangeSets stack={name} selected={id} /> },
              { id: "drift", label: "Drift", content: <Drift stack={name} /> },
              { id: "architecture", label: "Architecture", content: <Architecture stacks={[name]} /> },
            ]}
          />
        )}
      </Loaded>
    </SpaceBetween>
  );
};

export default StackPage;

/** Of all that went wrong, what went wrong first: the rest follows from it. */
const RootCause = ({ name }: { readonly name: string }) => {
  const { data: events = [] } = useLoad(["cloudformation", "last-events", name], () => lastEventsOf(name));
  const first = events.findLast(
    ({ ResourceStatus = "", ResourceStatusReason = "" }) =>
      ResourceStatus.endsWith("_FAILED") && !/cancelled|aborted/i.test(ResourceStatusReason),
  );
  if (!first) return null;
  return (
    <Alert
      type="error"
      header={`${first.LogicalResourceId} ${first.ResourceStatus?.toLowerCase().replaceAll("_", " ")}`}
    >
      {first.ResourceStatusReason}{" "}
      <a className="link" href={`${hrefs.stack(name, "template")}/${first.LogicalResourceId}`}>
        Show it in the template
      </a>
    </Alert>
  );
};
