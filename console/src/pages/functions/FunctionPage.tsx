import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useLocation } from "wouter";
import { useAws } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Configuration } from "./Configuration.tsx";
import { FunctionLog } from "./FunctionLog.tsx";
import type { FunctionConfiguration } from "./functionConfiguration.ts";
import { Invocations } from "./Invocations.tsx";
import { TestForm } from "./TestForm.tsx";
import { Versions } from "./Versions.tsx";

interface Props {
  readonly params: { readonly name: string; readonly tab?: string | undefined };
}

const logGroupOf = ({ FunctionName = "", LoggingConfig }: FunctionConfiguration): string =>
  LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`;

const FunctionPage = ({ params: { name, tab = "invocations" } }: Props) => {
  const [, go] = useLocation();
  const query = useAws("lambda", "GetFunction", { FunctionName: name });
  return (
    <SpaceBetween size="m">
      <Crumbs
        items={[
          ["Functions", "#/functions"],
          [name, hrefs.function(name)],
        ]}
      />
      <Header variant="h1" description={query.data?.Configuration?.Description}>
        {name}
      </Header>
      <Loaded query={query} what="the function">
        {({ Configuration: configuration }) =>
          configuration && (
            <Tabs
              ariaLabel="About the function"
              activeTabId={tab}
              onChange={({ detail }) => go(hrefs.function(name, detail.activeTabId).slice(1))}
              tabs={[
                {
                  id: "invocations",
                  label: "Invocations",
                  content: <Invocations name={name} group={logGroupOf(configuration)} />,
                },
                { id: "test", label: "Test", content: <TestForm name={name} /> },
                { id: "logs", label: "Logs", content: <FunctionLog group={logGroupOf(configuration)} /> },
                {
                  id: "configuration",
                  label: "Configuration",
                  content: <Configuration configuration={configuration} />,
                },
                { id: "versions", label: "Versions and aliases", content: <Versions name={name} /> },
              ]}
            />
          )
        }
      </Loaded>
    </SpaceBetween>
  );
};

export default FunctionPage;
