import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { call, type Output } from "../../api/call.ts";
import { useAct, useAws } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { attempt } from "../../parts/flash.tsx";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty } from "../../parts/states.tsx";
import { LoadedThing, ThingPage } from "../../parts/ThingPage.tsx";
import { exactTime, Took } from "../../parts/time.tsx";
import { BatchOf } from "./Batch.tsx";
import { BuildLog } from "./BuildLog.tsx";

type Build = NonNullable<Output<"codebuild", "BatchGetBuilds">["builds"]>[number];

const BuildPage = ({ params: { id } }: { readonly params: { readonly id: string } }) => {
  const query = useAws("codebuild", "BatchGetBuilds", { ids: [id] });
  const frame = { list: ["Builds", "#/builds"], name: id, href: hrefs.build(id) } as const;
  return (
    <LoadedThing query={query} what="the build" {...frame}>
      {({ builds }) =>
        builds?.[0] ? (
          <BuildView build={builds[0]} />
        ) : (
          <ThingPage {...frame}>
            <Empty title="There is no such build" text="It may have been deleted." />
          </ThingPage>
        )
      }
    </LoadedThing>
  );
};

export default BuildPage;

const BuildView = ({ build }: { readonly build: Build }) => {
  const id = build.id ?? "";
  const stop = useAct(
    () => attempt("The build is stopping", () => call("codebuild", "StopBuild", { id })),
    ["codebuild"],
  );
  const retry = useAct(
    () => attempt("The build was started again", () => call("codebuild", "RetryBuild", { id })),
    ["codebuild"],
  );
  const running = build.buildStatus === "IN_PROGRESS";
  return (
    <SpaceBetween size="m">
      <Crumbs
        items={[
          ["Builds", "#/builds"],
          [id, hrefs.build(id)],
        ]}
      />
      <Header
        variant="h1"
        info={<Status status={build.buildStatus} />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!running} disabledReason="The build has ended." onClick={() => stop.mutate(undefined)}>
              Stop
            </Button>
            <Button disabled={running} disabledReason="The build is under way." onClick={() => retry.mutate(undefined)}>
              Build again
            </Button>
          </SpaceBetween>
        }
      >
        {build.projectName}
      </Header>
      <Container>
        <KeyValuePairs
          columns={4}
          items={[
            { label: "Started", value: exactTime(build.startTime) },
            { label: "Took", value: <Took from={build.startTime} to={build.endTime} /> },
            {
              label: "Source",
              value: (
                <span className="wrap">{build.resolvedSourceVersion ?? build.sourceVersion ?? build.source?.type}</span>
              ),
            },
            ...(build.buildBatchArn ? [{ label: "Batch", value: <BatchOf arn={build.buildBatchArn} /> }] : []),
            {
              label: "Role",
              value: <To href={hrefs.role(nameOf(build.serviceRole ?? ""))}>{nameOf(build.serviceRole ?? "")}</To>,
            },
          ]}
        />
      </Container>
      <BuildLog id={id} />
    </SpaceBetween>
  );
};
