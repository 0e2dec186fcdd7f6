import SpaceBetween from "@cloudscape-design/components/space-between";
import { call, type Output } from "../../api/call.ts";
import { useAws } from "../../api/useAws.ts";
import { ActButton } from "../../parts/ActButton.tsx";
import { Document } from "../../parts/Document.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { hrefs, Place, placeOf } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { exactTime } from "../../parts/time.tsx";

const SourcePage = ({ params: { uuid } }: { readonly params: { readonly uuid: string } }) => {
  // A mapping takes a moment to be enabled or disabled, and tells nobody.
  const query = useAws("lambda", "GetEventSourceMapping", { UUID: uuid }, { refreshMs: 2000 });
  const mapping = query.data;
  const isOn = mapping?.State !== "Disabled";
  return (
    <ThingPage
      list={["Event sources", "#/sources"]}
      name={placeOf(mapping?.EventSourceArn ?? "")?.name ?? uuid}
      href={hrefs.source(uuid)}
      status={mapping && <Status status={mapping.State} />}
      actions={
        <ActButton
          done={isOn ? "It is being disabled" : "It is being enabled"}
          services={["lambda"]}
          act={() => call("lambda", "UpdateEventSourceMapping", { UUID: uuid, Enabled: !isOn })}
          disabled={!["Enabled", "Disabled"].includes(mapping?.State ?? "")}
        >
          {isOn ? "Disable" : "Enable"}
        </ActButton>
      }
    >
      <Loaded query={query} what="the event source">
        {(found) => (
          <SpaceBetween size="l">
            <Facts title="Event source" facts={factsOf(found)} />
            {found.FilterCriteria && <Document title="Filters" value={found.FilterCriteria} />}
          </SpaceBetween>
        )}
      </Loaded>
    </ThingPage>
  );
};

export default SourcePage;

const factsOf = (mapping: Output<"lambda", "GetEventSourceMapping">): Parameters<typeof Facts>[0]["facts"] => ({
  Source: <Place arn={mapping.EventSourceArn ?? ""} />,
  Function: <Place arn={mapping.FunctionArn ?? ""} />,
  "Batch size": mapping.BatchSize,
  "Waits for a batch": `${mapping.MaximumBatchingWindowInSeconds ?? 0} s`,
  "Begins at": mapping.StartingPosition,
  "Side by side": mapping.ScalingConfig?.MaximumConcurrency ?? mapping.ParallelizationFactor,
  Retries: mapping.MaximumRetryAttempts === -1 ? "until it succeeds" : mapping.MaximumRetryAttempts,
  "Reports failed items": mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") ? "yes" : "no",
  "Failures go to": mapping.DestinationConfig?.OnFailure?.Destination && (
    <Place arn={mapping.DestinationConfig.OnFailure.Destination} />
  ),
  "Last result": mapping.LastProcessingResult,
  "Why it stands so": mapping.StateTransitionReason,
  Changed: exactTime(mapping.LastModified),
});
