import SpaceBetween from "@cloudscape-design/components/space-between";
import { call, type Output } from "../../api/call.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { ActButton } from "../../parts/ActButton.tsx";
import { Document } from "../../parts/Document.tsx";
import { Facts, Mono } from "../../parts/Facts.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { exactTime } from "../../parts/time.tsx";
import { Grants } from "./Grants.tsx";
import { aliasesHere } from "./keys.ts";

const KeyPage = ({ params: { id } }: { readonly params: { readonly id: string } }) => {
  const query = useAws("kms", "DescribeKey", { KeyId: id });
  const policy = useAws("kms", "GetKeyPolicy", { KeyId: id, PolicyName: "default" });
  const key = query.data?.KeyMetadata;
  const isOwn = key?.KeyManager === "CUSTOMER";
  const isOn = key?.KeyState !== "Disabled";
  return (
    <ThingPage
      list={["Keys", "#/keys"]}
      name={id}
      href={hrefs.key(id)}
      status={key && <Status status={key.KeyState} />}
      actions={
        <ActButton
          done={isOn ? "The key is disabled" : "The key is enabled"}
          services={["kms"]}
          act={() => call("kms", isOn ? "DisableKey" : "EnableKey", { KeyId: id })}
          disabled={!isOwn || !["Enabled", "Disabled"].includes(key?.KeyState ?? "")}
        >
          {isOn ? "Disable" : "Enable"}
        </ActButton>
      }
    >
      <Loaded query={query} what="the key">
        {({ KeyMetadata }) => (
          <SpaceBetween size="l">
            {KeyMetadata && <KeyFacts metadata={KeyMetadata} />}
            <Loaded query={policy} what="its policy">
              {({ Policy = "" }) => <Document title="Policy" value={Policy} />}
            </Loaded>
            <Grants id={id} />
          </SpaceBetween>
        )}
      </Loaded>
    </ThingPage>
  );
};

export default KeyPage;

type Metadata = NonNullable<Output<"kms", "DescribeKey">["KeyMetadata"]>;

const KeyFacts = ({ metadata }: { readonly metadata: Metadata }) => {
  const { KeyId = "", KeySpec } = metadata;
  const aliases = useLoad(["kms", "aliases", KeyId], () => aliasesHere(KeyId));
  const rotation = useAws("kms", "GetKeyRotationStatus", { KeyId }, { enabled: KeySpec === "SYMMETRIC_DEFAULT" });
  return (
    <Facts
      title="Key"
      facts={{
        Aliases: aliases.data?.map(({ AliasName }) => AliasName).join(", ") || "–",
        Description: metadata.Description || "–",
        Use: metadata.KeyUsage?.toLowerCase().replaceAll("_", " "),
        Kind: KeySpec,
        "Managed by": metadata.KeyManager === "AWS" ? "AWS" : "you",
        Rotation: rotation.data ? (rotation.data.KeyRotationEnabled ? "every year" : "off") : undefined,
        Created: exactTime(metadata.CreationDate),
        "Deleted on": metadata.DeletionDate && exactTime(metadata.DeletionDate),
        ARN: <Mono>{metadata.Arn}</Mono>,
      }}
    />
  );
};
