import SpaceBetween from "@cloudscape-design/components/space-between";
import { useAws } from "../../api/useAws.ts";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

/** What can be called by which name, and how much of the traffic goes where. */
export const Versions = ({ name }: { readonly name: string }) => {
  const aliases = useAws("lambda", "ListAliases", { FunctionName: name });
  const versions = useAws("lambda", "ListVersionsByFunction", { FunctionName: name });
  return (
    <SpaceBetween size="l">
      <Loaded query={aliases} what="aliases">
        {({ Aliases = [] }) => (
          <DataTable
            title="Aliases"
            items={Aliases}
            idOf={({ Name = "" }) => Name}
            empty={<Empty title="No aliases" text="Canary deployments make one: AutoPublishAlias." />}
            columns={[
              { id: "name", header: "Alias", cell: ({ Name }) => Name, isRowHeader: true },
              { id: "weights", header: "Traffic", cell: (alias) => <Weights alias={alias} /> },
              { id: "what", header: "Description", cell: ({ Description }) => Description || "–" },
            ]}
          />
        )}
      </Loaded>
      <Loaded query={versions} what="versions">
        {({ Versions: all = [] }) => (
          <DataTable
            title="Versions"
            items={all.toReversed()}
            idOf={({ Version = "" }) => Version}
            empty={<Empty title="No versions" />}
            columns={[
              { id: "version", header: "Version", cell: ({ Version }) => Version, isRowHeader: true },
              { id: "changed", header: "Changed", cell: ({ LastModified }) => <Ago time={LastModified} /> },
              {
                id: "sha",
                header: "Code",
                cell: ({ CodeSha256 }) => <span className="mono">{CodeSha256?.slice(0, 16)}</span>,
              },
              { id: "runtime", header: "Runtime", cell: ({ Runtime }) => Runtime },
            ]}
          />
        )}
      </Loaded>
    </SpaceBetween>
  );
};

interface WeightedAlias {
  readonly FunctionVersion?: string | undefined;
  readonly RoutingConfig?:
    | { readonly AdditionalVersionWeights?: Readonly<Record<string, number>> | undefined }
    | undefined;
}

/** Which versions an alias leads to, in hundredths. */
export const Weights = ({ alias }: { readonly alias: WeightedAlias }) => {
  const more = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  const rest = 1 - more.reduce((sum, [, weight]) => sum + weight, 0);
  return (
    <ul className="weights">
      {[[alias.FunctionVersion ?? "", rest] as const, ...more].map(([version, weight]) => (
        <li key={version}>
          <span className="weights-bar" style={{ width: `${weight * 100}%` }} />
          <span>
            version {version}: {Math.round(weight * 100)}%
          </span>
        </li>
      ))}
    </ul>
  );
};
