import SpaceBetween from "@cloudscape-design/components/space-between";
import { session } from "../../api/session.ts";
import { useAws } from "../../api/useAws.ts";
import { Document } from "../../parts/Document.tsx";
import { Facts, Mono } from "../../parts/Facts.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { PublishForm } from "./PublishForm.tsx";
import { Subscriptions } from "./Subscriptions.tsx";

const TopicPage = ({ params: { name } }: { readonly params: { readonly name: string } }) => {
  const { region, account } = session();
  const arn = `arn:aws:sns:${region}:${account}:${name}`;
  const query = useAws("sns", "GetTopicAttributes", { TopicArn: arn });
  return (
    <ThingPage list={["Topics", "#/topics"]} name={name} href={hrefs.topic(name)}>
      <Loaded query={query} what="the topic">
        {({ Attributes: attributes = {} }) => (
          <SpaceBetween size="l">
            <Facts
              title="Topic"
              facts={{
                "Display name": attributes["DisplayName"] || "–",
                Subscriptions: attributes["SubscriptionsConfirmed"],
                "To be confirmed": attributes["SubscriptionsPending"],
                Owner: attributes["Owner"],
                Encryption: attributes["KmsMasterKeyId"] ?? "none",
                ARN: <Mono>{arn}</Mono>,
              }}
            />
            <Subscriptions topic={arn} />
            <PublishForm topic={arn} />
            {attributes["Policy"] && <Document title="Policy" value={attributes["Policy"]} />}
          </SpaceBetween>
        )}
      </Loaded>
    </ThingPage>
  );
};

export default TopicPage;
