import { allPages } from "../../api/pages.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { aliasesHere } from "./keys.ts";

/** Keys with their aliases. */
const keysHere = async () => {
  const keys = await allPages("kms", "ListKeys", {}, ({ Keys, Truncated, NextMarker }) => ({
    items: Keys,
    next: Truncated ? { Marker: NextMarker } : undefined,
  }));
  const aliases = await aliasesHere();
  return keys.map(({ KeyId = "" }) => ({
    id: KeyId,
    aliases: aliases.flatMap(({ TargetKeyId, AliasName = "" }) => (TargetKeyId === KeyId ? AliasName : [])).join(", "),
  }));
};

const KeysPage = () => {
  const query = useLoad(["kms", "keys"], keysHere);
  return (
    <Loaded query={query} what="keys">
      {(keys) => (
        <DataTable
          title="Keys"
          headingTag="h1"
          items={keys}
          idOf={({ id }) => id}
          empty={<Empty title="No keys" text="Keys of KMS, under which data is encrypted." />}
          columns={[
            {
              id: "id",
              header: "Key",
              cell: ({ id }) => <To href={hrefs.key(id)}>{id}</To>,
              sortingField: "id",
              isRowHeader: true,
            },
            { id: "aliases", header: "Aliases", cell: ({ aliases }) => aliases || "–", sortingField: "aliases" },
            { id: "about", header: "State", cell: ({ id }) => <KeyState id={id} /> },
            { id: "spec", header: "Description", cell: ({ id }) => <Description id={id} /> },
          ]}
        />
      )}
    </Loaded>
  );
};

export default KeysPage;

// Only the keys in sight are asked; both cells share one answer.
const useKey = (id: string) => useAws("kms", "DescribeKey", { KeyId: id }).data?.KeyMetadata;

const KeyState = ({ id }: { readonly id: string }) => {
  const key = useKey(id);
  return key ? <Status status={key.KeyState} /> : <>…</>;
};

const Description = ({ id }: { readonly id: string }) => {
  const key = useKey(id);
  return <>{key ? key.Description || "–" : "…"}</>;
};
