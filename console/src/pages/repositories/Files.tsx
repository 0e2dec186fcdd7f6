import SpaceBetween from "@cloudscape-design/components/space-between";
import { useAws } from "../../api/useAws.ts";
import { CodeLines } from "../../parts/CodeLines.tsx";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { size } from "../buckets/size.ts";

interface Props {
  readonly repository: string;
  readonly at: string;
  /** Of a file; of a folder with a slash at its end. */
  readonly path: string;
}

/** A branch's files, folder by folder. */
export const Files = ({ repository, at, path }: Props) => {
  const isFile = path !== "" && !path.endsWith("/");
  const folders = path.split("/").slice(0, -1);
  const href = (to: string) => hrefs.repository(repository, "files", at, ...(to === "" ? [] : [to]));
  return (
    <SpaceBetween size="s">
      {path !== "" && (
        <nav aria-label="Folders">
          <To href={href("")}>{repository}</To>
          {folders.map((folder, index) => (
            <span key={folders.slice(0, index + 1).join("/")}>
              {" / "}
              <To href={href(`${folders.slice(0, index + 1).join("/")}/`)}>{folder}</To>
            </span>
          ))}
          {isFile && ` / ${path.slice(path.lastIndexOf("/") + 1)}`}
        </nav>
      )}
      {isFile ? (
        <FileView repository={repository} at={at} path={path} />
      ) : (
        <Folder repository={repository} at={at} path={path} href={href} />
      )}
    </SpaceBetween>
  );
};

const Folder = ({ repository, at, path, href }: Props & { readonly href: (to: string) => string }) => {
  const query = useAws("codecommit", "GetFolder", {
    repositoryName: repository,
    commitSpecifier: at,
    folderPath: path === "" ? "/" : path,
  });
  return (
    <Loaded query={query} what="files">
      {({ subFolders = [], files = [], symbolicLinks = [], subModules = [] }) => (
        <DataTable
          title="Files"
          items={[
            ...subFolders.map(({ absolutePath = "", relativePath = "" }) => ({
              to: `${absolutePath}/`,
              name: `${relativePath}/`,
              kind: "Folder",
            })),
            ...files.map(({ absolutePath = "", relativePath = "", fileMode }) => ({
              to: absolutePath,
              name: relativePath,
              kind: fileMode === "EXECUTABLE" ? "Executable" : "File",
            })),
            ...symbolicLinks.map(({ relativePath = "" }) => ({ to: "", name: relativePath, kind: "Link" })),
            ...subModules.map(({ relativePath = "" }) => ({ to: "", name: relativePath, kind: "Submodule" })),
          ]}
          idOf={({ name }) => name}
          empty={<Empty title="No files" />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ to, name }) => (to ? <To href={href(to)}>{name}</To> : name),
              sortingField: "name",
              isRowHeader: true,
            },
            { id: "kind", header: "Kind", cell: ({ kind }) => kind, sortingField: "kind" },
          ]}
        />
      )}
    </Loaded>
  );
};

const FileView = ({ repository, at, path }: Props) => {
  const query = useAws("codecommit", "GetFile", {
    repositoryName: repository,
    commitSpecifier: at,
    filePath: path,
  });
  return (
    <Loaded query={query} what="the file">
      {({ fileContent = "", fileSize = 0 }) => {
        const text = textOf(fileContent);
        return text === undefined ? (
          <Empty title="No text" text={`${size(fileSize)} that are no text.`} />
        ) : (
          <CodeLines lines={text.split("\n")} label={path} />
        );
      }}
    </Loaded>
  );
};

/** What base64 holds, where that is text. */
const textOf = (base64: string): string | undefined => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Pictures and archives are no UTF-8.
    return undefined;
  }
};
