import { call } from "../../api/call.ts";
import { useLoad } from "../../api/useAws.ts";

interface Props {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const SHOWN = [
  "CodeSha256",
  "CodeSize",
  "Runtime",
  "Handler",
  "MemorySize",
  "Timeout",
  "Environment",
  "Layers",
  "Role",
] as const;

const both = (FunctionName: string, versions: readonly string[]) =>
  Promise.all(versions.map((Qualifier) => call("lambda", "GetFunctionConfiguration", { FunctionName, Qualifier })));

/** Two versions of a function side by side: what is not the same. */
export const VersionDifference = ({ name, before, after }: Props) => {
  const enabled = before !== undefined && after !== undefined && name !== "";
  const query = useLoad(["lambda", "versions", name, before, after], () => both(name, [before ?? "", after ?? ""]), {
    enabled,
  });
  const [old, next] = query.data ?? [];
  if (!old || !next) return null;
  const rows = SHOWN.map((member) => ({ member, old: text(old[member]), next: text(next[member]) })).filter(
    (row) => row.old !== row.next,
  );
  return (
    <div className="scroll-x">
      <table className="grid">
        <caption className="sr-only">Differences between the versions</caption>
        <thead>
          <tr>
            <th scope="col">Changed</th>
            <th scope="col">Version {before}</th>
            <th scope="col">Version {after}</th>
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 ? (
            <tr>
              <td colSpan={3}>The two are configured alike.</td>
            </tr>
          ) : (
            rows.map((row) => (
              <tr key={row.member}>
                <th scope="row">{row.member}</th>
                <td className="wrap">{row.old}</td>
                <td className="wrap">{row.next}</td>
              </tr>
            ))
          )}
        </tbody>
      </table>
    </div>
  );
};

const text = (value: unknown): string =>
  value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value).slice(0, 24);
