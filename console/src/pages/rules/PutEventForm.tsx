import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { ActButton } from "../../parts/ActButton.tsx";
import { problemIn } from "../../parts/json.ts";

/** Puts an event of one's own on a bus. */
export const PutEventForm = ({ bus }: { readonly bus: string }) => {
  const [source, setSource] = useState("");
  const [type, setType] = useState("");
  const [detail, setDetail] = useState("{}");
  const wrong = problemIn(detail);
  const put = async () => {
    const entry = { EventBusName: bus, Source: source, DetailType: type, Detail: detail };
    const { Entries = [] } = await call("events", "PutEvents", { Entries: [entry] });
    const refused = Entries.find(({ ErrorCode }) => ErrorCode);
    if (refused) throw Object.assign(new Error(refused.ErrorMessage), { code: refused.ErrorCode });
  };
  return (
    <Container
      header={
        <Header
          actions={
            <ActButton
              primary
              done="Event put on the bus"
              services={["events"]}
              act={put}
              disabled={source === "" || type === "" || wrong !== undefined}
            >
              Put event
            </ActButton>
          }
        >
          Put an event
        </Header>
      }
    >
      <SpaceBetween size="m">
        <FormField label="Source" description="Who tells of it: com.example.shop">
          <Input value={source} onChange={(change) => setSource(change.detail.value)} />
        </FormField>
        <FormField label="Detail type" description="What happened: Order placed">
          <Input value={type} onChange={(change) => setType(change.detail.value)} />
        </FormField>
        <FormField label="Detail" errorText={wrong}>
          <Textarea value={detail} rows={4} spellcheck={false} onChange={(change) => setDetail(change.detail.value)} />
        </FormField>
      </SpaceBetween>
    </Container>
  );
};
