import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { ActForm } from "../../parts/ActForm.tsx";
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
    <ActForm
      title="Put an event"
      verb="Put event"
      primary
      done="Event put on the bus"
      services={["events"]}
      act={put}
      disabled={source === "" || type === "" || wrong !== undefined}
    >
      <FormField label="Source" description="Who tells of it: com.example.shop">
        <Input value={source} onChange={(change) => setSource(change.detail.value)} />
      </FormField>
      <FormField label="Detail type" description="What happened: Order placed">
        <Input value={type} onChange={(change) => setType(change.detail.value)} />
      </FormField>
      <FormField label="Detail" errorText={wrong}>
        <Textarea value={detail} rows={4} spellcheck={false} onChange={(change) => setDetail(change.detail.value)} />
      </FormField>
    </ActForm>
  );
};
