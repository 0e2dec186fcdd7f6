import SpaceBetween from "@cloudscape-design/components/space-between";
import { call } from "../../api/call.ts";
import { allPages } from "../../api/pages.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { Document } from "../../parts/Document.tsx";
import { Facts, Mono } from "../../parts/Facts.tsx";
import { Hidden } from "../../parts/Hidden.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { exactTime } from "../../parts/time.tsx";
import { ParameterHistory } from "./ParameterHistory.tsx";
import { ValueForm } from "./ValueForm.tsx";

/** What is known of a parameter but its value, which may be a secret. */
const historyOf = (Name: string) =>
  allPages("ssm", "GetParameterHistory", { Name, MaxResults: 50 }, ({ Parameters, NextToken }) => ({
    items: Parameters,
    next: NextToken ? { NextToken } : undefined,
  }));

const ParameterPage = ({ params: { name } }: { readonly params: { readonly name: string } }) => {
  const query = useLoad(["ssm", "history", name], () => historyOf(name));
  return (
    <ThingPage list={["Parameters", "#/parameters"]} name={name} href={hrefs.parameter(name)}>
      <Loaded query={query} what="the parameter">
        {(versions) => {
          const latest = versions.at(-1);
          const isSecret = latest?.Type === "SecureString";
          return (
            <SpaceBetween size="l">
              <Facts
                title="Parameter"
                facts={{
                  Type: latest?.Type,
                  Version: latest?.Version,
                  Changed: exactTime(latest?.LastModifiedDate),
                  "Changed by": <Mono>{latest?.LastModifiedUser}</Mono>,
                  Tier: latest?.Tier,
                  Key: latest?.KeyId,
                  Description: latest?.Description,
                  Labels: latest?.Labels?.join(", ") || "–",
                }}
              />
              {isSecret ? <Hidden read={() => secretOf(name)} /> : <PlainValue name={name} />}
              <ValueForm name={name} type={latest?.Type ?? "String"} />
              <ParameterHistory versions={versions} />
            </SpaceBetween>
          );
        }}
      </Loaded>
    </ThingPage>
  );
};

export default ParameterPage;

const PlainValue = ({ name }: { readonly name: string }) => {
  const query = useAws("ssm", "GetParameter", { Name: name });
  return (
    <Loaded query={query} what="the value">
      {({ Parameter }) => <Document title="Value" value={Parameter?.Value ?? ""} />}
    </Loaded>
  );
};

const secretOf = async (Name: string): Promise<string> =>
  (await call("ssm", "GetParameter", { Name, WithDecryption: true })).Parameter?.Value ?? "";
