import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { call, type Output } from "../../api/call.ts";
import { ask } from "../../api/session.ts";
import { useAct } from "../../api/useAws.ts";
import { usePages } from "../../api/usePages.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { countOf } from "../../parts/count.ts";
import { attempt } from "../../parts/flash.tsx";
import { hrefs, To } from "../../parts/links.tsx";
import { ReadMore } from "../../parts/ReadMore.tsx";
import { Empty, Loading, Refusal } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { size } from "./size.ts";

type Listing = Output<"s3", "ListObjectsV2">;

interface Row {
  readonly key: string;
  readonly folder: boolean;
  readonly bytes?: number;
  readonly modified?: string;
}

interface Props {
  readonly bucket: string;
  readonly prefix: string;
  readonly folderHref: (prefix: string) => string;
}

const rowsOf = ({ CommonPrefixes = [], Contents = [] }: Listing): readonly Row[] => [
  ...CommonPrefixes.map(({ Prefix = "" }) => ({ key: Prefix, folder: true })),
  ...Contents.map(({ Key = "", Size = 0, LastModified = "" }) => ({
    key: Key,
    folder: false,
    bytes: Size,
    modified: LastModified,
  })),
];

/** What lies in a bucket, folder by folder. */
export const Browse = ({ bucket, prefix, folderHref }: Props) => {
  const [chosen, setChosen] = useState<readonly Row[]>([]);
  const query = usePages<Listing, string>(
    ["s3", "objects", bucket, prefix],
    (from) =>
      call("s3", "ListObjectsV2", {
        Bucket: bucket,
        Prefix: prefix,
        Delimiter: "/",
        ...(from ? { ContinuationToken: from } : {}),
      }),
    ({ NextContinuationToken }) => NextContinuationToken,
  );
  const remove = async () => {
    const Objects = chosen.map(({ key }) => ({ Key: key }));
    await call("s3", "DeleteObjects", { Bucket: bucket, Delete: { Objects } });
    setChosen([]);
  };
  if (query.error) return <Refusal error={query.error} />;
  if (query.isLoading) return <Loading what="objects" />;
  const rows = query.data?.pages.flatMap(rowsOf) ?? [];
  return (
    <DataTable
      title="Objects"
      items={rows}
      counter={`(${rows.length}${query.hasNextPage ? "+" : ""})`}
      idOf={({ key }) => key}
      empty={
        <Empty title="Nothing here" text={prefix === "" ? "The bucket is empty." : "No object has this prefix."} />
      }
      selection={{
        selectionType: "multi",
        selectedItems: [...chosen],
        onSelectionChange: ({ detail }) => setChosen(detail.selectedItems.filter(({ folder }) => !folder)),
      }}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <ReadMore query={query} />
          <Confirm
            verb="Delete"
            what={countOf(chosen.length, "object")}
            text="In a bucket with versions the earlier ones stay; elsewhere they are gone."
            done={`${countOf(chosen.length, "object")} deleted`}
            services={["s3"]}
            disabled={chosen.length === 0}
            act={remove}
          />
          <Upload bucket={bucket} prefix={prefix} />
        </SpaceBetween>
      }
      columns={[
        {
          id: "name",
          header: "Name",
          cell: ({ key, folder }) => (
            <To href={folder ? folderHref(key) : hrefs.object(bucket, key)}>{key.slice(prefix.length)}</To>
          ),
          sortingField: "key",
          isRowHeader: true,
        },
        {
          id: "size",
          header: "Size",
          cell: ({ bytes }) => (bytes === undefined ? "–" : size(bytes)),
          sortingField: "bytes",
        },
        {
          id: "modified",
          header: "Changed",
          cell: ({ modified }) => <Ago time={modified} />,
          sortingField: "modified",
        },
      ]}
    />
  );
};

const Upload = ({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }) => {
  const input = useRef<HTMLInputElement>(null);
  const upload = useAct(
    (files: readonly File[]) =>
      attempt(`${files.length} uploaded`, async () => {
        for (const file of files) {
          const address = new URLSearchParams({ bucket, key: `${prefix}${file.name}` });
          await ask(`object?${address}`, { method: "PUT", body: file });
        }
      }),
    ["s3"],
  );
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={(event) => upload.mutate([...(event.target.files ?? [])])}
      />
      <Button variant="primary" iconName="upload" loading={upload.isPending} onClick={() => input.current?.click()}>
        Upload
      </Button>
    </>
  );
};
