import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import { useAws } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import type { ChangeSet } from "./stacks.ts";

type ResourceChange = NonNullable<NonNullable<ChangeSet["Changes"]>[number]["ResourceChange"]>;
type Detail = NonNullable<ResourceChange["Details"]>[number];

const COLOURS = { Add: "green", Modify: "blue", Remove: "red", Import: "grey", Dynamic: "grey" } as const;

/** What a change set does, resource by resource, with what was before and what comes after. */
const ChangeSetView = ({ stack, changeSet }: { readonly stack: string; readonly changeSet: string }) => {
  const query = useAws("cloudformation", "DescribeChangeSet", {
    ...(changeSet.startsWith("arn:") ? {} : { StackName: stack }),
    ChangeSetName: changeSet,
    IncludePropertyValues: true,
  });
  if (query.error?.code === "ChangeSetNotFoundException" || query.error?.code === "ChangeSetNotFound")
    return <Empty title="The change set is gone" text="A later run has made another of its name." />;
  return (
    <Loaded query={query} what="the change set">
      {({ Changes = [], StatusReason, Status }) => (
        <>
          {Status === "FAILED" && (
            <Alert type={/didn't contain changes|No updates/.test(StatusReason ?? "") ? "info" : "error"}>
              {StatusReason}
            </Alert>
          )}
          {Changes.length === 0 && Status !== "FAILED" && (
            <Empty title="No changes" text="Everything is as the template says." />
          )}
          <ul className="changes">
            {Changes.map(
              ({ ResourceChange: change }) =>
                change && <Change key={change.LogicalResourceId} stack={stack} change={change} />,
            )}
          </ul>
        </>
      )}
    </Loaded>
  );
};

export default ChangeSetView;

const Change = ({ stack, change }: { readonly stack: string; readonly change: ResourceChange }) => {
  const { Action, LogicalResourceId = "", ResourceType, Replacement, Details = [] } = change;
  const shown = Details.filter(({ Evaluation }) => Evaluation !== "Dynamic" || Details.length === 1);
  return (
    <li>
      <div className="change-head">
        <Badge color={COLOURS[(Action ?? "Dynamic") as keyof typeof COLOURS] ?? "grey"}>{Action}</Badge>
        <To href={`${hrefs.stack(stack, "template")}/${LogicalResourceId}`}>{LogicalResourceId}</To>
        <span className="quiet">{ResourceType}</span>
        {Replacement === "True" && <Badge color="severity-high">Replaced</Badge>}
        {Replacement === "Conditional" && <Badge color="severity-medium">May be replaced</Badge>}
      </div>
      {shown.map((detail) => (
        <Difference
          key={`${detail.Target?.Path}${detail.Target?.Name}${detail.Evaluation}${detail.CausingEntity}`}
          detail={detail}
        />
      ))}
    </li>
  );
};

const Difference = ({ detail: { Target, ChangeSource, CausingEntity } }: { readonly detail: Detail }) => {
  const { Path, Name, Attribute, BeforeValue, AfterValue } = Target ?? {};
  return (
    <div className="difference">
      <Box variant="code">{Path ?? [Attribute, Name].filter(Boolean).join(".")}</Box>
      {CausingEntity && (
        <span className="quiet">
          {" "}
          by {ChangeSource} {CausingEntity}
        </span>
      )}
      {BeforeValue !== undefined && <pre className="pre before">− {BeforeValue}</pre>}
      {AfterValue !== undefined && <pre className="pre after">+ {AfterValue}</pre>}
    </div>
  );
};
