import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { call } from "../../api/call.ts";
import { cloudNow } from "../../api/session.ts";
import { useLoad } from "../../api/useAws.ts";
import { Waterfall } from "../../parts/Waterfall.tsx";
import { segmentBars } from "./segments.ts";

const XRAY_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;

/** What X-Ray was told of a trace: by the services that are traced, and by the code that is instrumented. */
export const Segments = ({ id }: { readonly id: string }) => {
  const { data } = useLoad(["xray", "trace", id], () => call("xray", "BatchGetTraces", { TraceIds: [id] }), {
    enabled: XRAY_ID.test(id),
  });
  const documents = data?.Traces?.[0]?.Segments?.flatMap(({ Document }) => Document ?? []) ?? [];
  if (documents.length === 0) return null;
  return (
    <Container
      header={<Header description="What traced services and instrumented code have told X-Ray.">X-Ray segments</Header>}
    >
      <Waterfall
        label="X-Ray segments of the trace"
        stretches={segmentBars(documents, cloudNow()).map(({ name, kind, annotations, reason, ...bar }) => ({
          ...bar,
          label: (
            <>
              {name} <span className="quiet">{[kind, ...annotations].join(" · ")}</span>
            </>
          ),
          title: reason,
        }))}
      />
    </Container>
  );
};
