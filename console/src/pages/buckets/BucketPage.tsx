import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Browse } from "./Browse.tsx";
import { ObjectView } from "./ObjectView.tsx";

interface Props {
  readonly params: { readonly name: string; readonly what?: string | undefined; readonly key?: string | undefined };
}

const folderHref = (bucket: string, prefix: string): string =>
  prefix === "" ? hrefs.bucket(bucket) : `${hrefs.bucket(bucket)}/prefix/${encodeURIComponent(prefix)}`;

const BucketPage = ({ params: { name, what, key = "" } }: Props) => {
  const prefix = what === "object" ? key.slice(0, key.lastIndexOf("/") + 1) : key;
  const folders = prefix.split("/").slice(0, -1);
  return (
    <SpaceBetween size="m">
      <Crumbs
        items={[
          ["Buckets", "#/buckets"],
          [name, hrefs.bucket(name)],
          ...folders.map(
            (folder, index) => [folder, folderHref(name, `${folders.slice(0, index + 1).join("/")}/`)] as const,
          ),
          ...(what === "object" ? [[key.slice(prefix.length), hrefs.object(name, key)] as const] : []),
        ]}
      />
      <Header variant="h1">{what === "object" ? key.slice(prefix.length) : name}</Header>
      {what === "object" ? (
        <ObjectView bucket={name} objectKey={key} />
      ) : (
        <Browse bucket={name} prefix={prefix} folderHref={(folder) => folderHref(name, folder)} />
      )}
    </SpaceBetween>
  );
};

export default BucketPage;
