import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { call } from "../../api/call.ts";
import { useAws } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { Hidden } from "../../parts/Hidden.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, dateOf, exactTime } from "../../parts/time.tsx";

const SecretPage = ({ params: { name } }: { readonly params: { readonly name: string } }) => {
  const query = useAws("secretsmanager", "DescribeSecret", { SecretId: name });
  const versions = useAws("secretsmanager", "ListSecretVersionIds", { SecretId: name, IncludeDeprecated: true });
  return (
    <SpaceBetween size="l">
      <Crumbs
        items={[
          ["Secrets", "#/secrets"],
          [name, hrefs.secret(name)],
        ]}
      />
      <Header variant="h1">{name}</Header>
      <Loaded query={query} what="the secret">
        {(secret) => (
          <Container header={<Header>Secret</Header>}>
            <KeyValuePairs
              columns={3}
              items={[
                { label: "Description", value: secret.Description ?? "–" },
                { label: "Created", value: exactTime(secret.CreatedDate) },
                { label: "Changed", value: exactTime(secret.LastChangedDate) },
                { label: "Read", value: dateOf(secret.LastAccessedDate) },
                { label: "Key", value: secret.KmsKeyId ?? "aws/secretsmanager" },
                { label: "ARN", value: <span className="mono wrap">{secret.ARN}</span> },
              ]}
            />
          </Container>
        )}
      </Loaded>
      {query.data && <Hidden read={() => secretValue(name)} />}
      {query.data && (
        <Loaded query={versions} what="versions">
          {({ Versions = [] }) => (
            <DataTable
              title="Versions"
              items={Versions}
              idOf={({ VersionId = "" }) => VersionId}
              empty={<Empty title="No versions" text="It has no value yet." />}
              columns={[
                {
                  id: "id",
                  header: "Version",
                  cell: ({ VersionId }) => <span className="mono">{VersionId}</span>,
                  isRowHeader: true,
                },
                { id: "stages", header: "Stages", cell: ({ VersionStages }) => VersionStages?.join(", ") ?? "–" },
                { id: "created", header: "Created", cell: ({ CreatedDate }) => <Ago time={CreatedDate} /> },
              ]}
            />
          )}
        </Loaded>
      )}
    </SpaceBetween>
  );
};

export default SecretPage;

const secretValue = async (name: string): Promise<string> => {
  const { SecretString, SecretBinary } = await call("secretsmanager", "GetSecretValue", { SecretId: name });
  return SecretString ?? `base64: ${SecretBinary}`;
};
