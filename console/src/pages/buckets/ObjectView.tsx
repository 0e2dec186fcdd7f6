import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { CallError } from "../../api/session.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { Json } from "../../parts/Json.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, exactTime } from "../../parts/time.tsx";
import { size } from "./size.ts";

interface Props {
  readonly bucket: string;
  readonly objectKey: string;
}

const PREVIEW_BYTES = 256 * 1024;

const address = (bucket: string, key: string, version: string | undefined): string =>
  `object?${new URLSearchParams({ bucket, key, ...(version ? { version } : {}) })}`;

const IMAGE = /^image\/(png|jpeg|gif|webp|svg\+xml|avif)/;
const TEXT = /^text\/|json|xml|yaml|javascript|x-sh|toml|csv/;

/** One object: what it is, what it holds, what it was. */
export const ObjectView = ({ bucket, objectKey: key }: Props) => {
  const [version, setVersion] = useState<string>();
  const query = useAws("s3", "HeadObject", { Bucket: bucket, Key: key, ...(version ? { VersionId: version } : {}) });
  return (
    <Loaded query={query} what="the object">
      {(head) => (
        <SpaceBetween size="l">
          <Container
            header={
              <Header
                actions={
                  <Button iconName="download" href={`${address(bucket, key, version)}&download=1`} download>
                    Download
                  </Button>
                }
              >
                Object
              </Header>
            }
          >
            <KeyValuePairs
              columns={4}
              items={[
                { label: "Size", value: size(head.ContentLength ?? 0) },
                { label: "Type", value: head.ContentType ?? "–" },
                { label: "Changed", value: exactTime(head.LastModified) },
                { label: "ETag", value: <span className="mono wrap">{head.ETag}</span> },
                ...Object.entries(head.Metadata ?? {}).map(([label, value]) => ({ label, value })),
              ]}
            />
          </Container>
          <Preview
            source={address(bucket, key, version)}
            name={key}
            type={head.ContentType ?? ""}
            bytes={head.ContentLength ?? 0}
          />
          <Versions bucket={bucket} objectKey={key} shown={version} onShow={setVersion} />
        </SpaceBetween>
      )}
    </Loaded>
  );
};

interface PreviewProps {
  readonly source: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

/** The beginning of a text, or a picture. However large an object is, a part of it is read. */
const Preview = ({ source, name, type, bytes }: PreviewProps) => {
  const isText = TEXT.test(type) || /\.(ya?ml|json|m?[jt]sx?|md|txt|html|css|py|sh|csv|xml)$/.test(name);
  const query = useLoad(["s3", "preview", source], () => readPart(source), { enabled: isText && bytes > 0 });
  return (
    <Container
      header={
        <Header description={bytes > PREVIEW_BYTES && isText ? `The first ${size(PREVIEW_BYTES)} of it.` : undefined}>
          Preview
        </Header>
      }
    >
      {IMAGE.test(type) ? (
        <img className="preview" alt={name} src={source} />
      ) : isText && bytes > 0 ? (
        <Loaded query={query} what="the text">
          {(text) => <Json value={text} label="Text" />}
        </Loaded>
      ) : (
        <Empty
          title="No preview"
          text={
            bytes === 0 ? "The object is empty." : `Objects of type ${type || "unknown"} are not shown; download it.`
          }
        />
      )}
    </Container>
  );
};

const readPart = async (source: string): Promise<string> => {
  const response = await fetch(source, { headers: { range: `bytes=0-${PREVIEW_BYTES - 1}` } });
  if (response.ok) return response.text();
  const { error } = await response.json();
  throw new CallError(error.code, error.message, response.status);
};

const Versions = ({
  bucket,
  objectKey: key,
  shown,
  onShow,
}: Props & { readonly shown: string | undefined; readonly onShow: (version: string | undefined) => void }) => {
  const query = useAws("s3", "ListObjectVersions", { Bucket: bucket, Prefix: key });
  return (
    <Loaded query={query} what="versions">
      {({ Versions: versions = [], DeleteMarkers = [] }) => {
        const all = [
          ...versions.map((version) => ({ ...version, marker: false })),
          ...DeleteMarkers.map((marker) => ({ ...marker, marker: true, Size: 0 })),
        ]
          .filter(({ Key }) => Key === key)
          .toSorted((a, b) => (b.LastModified ?? "").localeCompare(a.LastModified ?? ""));
        return (
          <DataTable
            title="Versions"
            items={all}
            idOf={({ VersionId = "" }) => VersionId}
            empty={<Empty title="No versions" />}
            columns={[
              {
                id: "id",
                header: "Version",
                cell: ({ VersionId }) => <span className="mono">{VersionId}</span>,
                isRowHeader: true,
              },
              {
                id: "what",
                header: "What",
                cell: ({ VersionId, marker, IsLatest, Size = 0 }) =>
                  [
                    marker ? "deleted" : size(Size),
                    ...(IsLatest ? ["the latest"] : []),
                    ...((shown === undefined ? IsLatest : VersionId === shown) ? ["shown above"] : []),
                  ].join(", "),
              },
              { id: "when", header: "When", cell: ({ LastModified }) => <Ago time={LastModified} /> },
              {
                id: "show",
                header: "",
                cell: ({ VersionId, marker }) =>
                  marker ? null : (
                    <Button
                      variant="inline-link"
                      ariaLabel={`Show version ${VersionId}`}
                      onClick={() => onShow(VersionId)}
                    >
                      Show
                    </Button>
                  ),
              },
            ]}
          />
        );
      }}
    </Loaded>
  );
};
