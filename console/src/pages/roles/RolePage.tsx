import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { PermissionUse } from "../../../../src/console/usage.ts";
import { call } from "../../api/call.ts";
import type { CallView } from "../../api/live.ts";
import { ask } from "../../api/session.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { Json } from "../../parts/Json.tsx";
import { hrefs } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { CallTable } from "../activity/CallTable.tsx";
import { leastPrivilege } from "./leastPrivilege.ts";

const RolePage = ({ params: { name } }: { readonly params: { readonly name: string } }) => {
  const query = useAws("iam", "GetRole", { RoleName: name });
  return (
    <SpaceBetween size="l">
      <Crumbs
        items={[
          ["Roles", "#/roles"],
          [name, hrefs.role(name)],
        ]}
      />
      <Header variant="h1" description={query.data?.Role?.Description}>
        {name}
      </Header>
      <Loaded query={query} what="the role">
        {({ Role }) => (
          <SpaceBetween size="l">
            <Used arn={Role?.Arn ?? ""} />
            <Policies name={name} />
            <Container header={<Header>Trust policy</Header>}>
              <Json
                value={JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "{}"))}
                label="Trust policy"
              />
            </Container>
          </SpaceBetween>
        )}
      </Loaded>
    </SpaceBetween>
  );
};

export default RolePage;

/** What was called under the role since the cloud started, and the policy that would be enough for it. */
const Used = ({ arn }: { readonly arn: string }) => {
  const query = useLoad(["calls", "permissions", arn], () =>
    ask<{ readonly permissions: readonly PermissionUse[] }>(`permissions?role=${encodeURIComponent(arn)}`),
  );
  const calls = useLoad(["calls", "role", arn], () =>
    ask<{ readonly calls: readonly CallView[] }>(`log/calls?role=${encodeURIComponent(arn)}`),
  );
  return (
    <Loaded query={query} what="what was called">
      {({ permissions }) => (
        <SpaceBetween size="l">
          <DataTable
            title="Used permissions"
            description="As far back as the log of calls goes."
            items={permissions}
            idOf={({ action, resource }) => `${action} ${resource}`}
            empty={<Empty title="Nothing was called under this role" text="Since the cloud was started." />}
            columns={[
              {
                id: "action",
                header: "Action",
                cell: ({ action }) => <span className="mono">{action}</span>,
                sortingField: "action",
                isRowHeader: true,
              },
              {
                id: "resource",
                header: "Resource",
                cell: ({ resource }) => <span className="mono wrap">{resource}</span>,
                sortingField: "resource",
              },
              { id: "allowed", header: "Allowed", cell: ({ allowed }) => allowed, sortingField: "allowed" },
              {
                id: "denied",
                header: "Denied",
                cell: ({ denied }) => (denied > 0 ? <Status status="denied" text={String(denied)} /> : "0"),
                sortingField: "denied",
              },
              { id: "last", header: "Last", cell: ({ lastUsed }) => <Ago time={lastUsed} />, sortingField: "lastUsed" },
            ]}
          />
          {permissions.length > 0 && (
            <Container
              header={
                <Header description="Allows what ran and was allowed, and nothing more. Let all of your application run before you rely on it.">
                  Least-privilege policy
                </Header>
              }
            >
              <Json value={leastPrivilege(permissions)} label="Least-privilege policy" />
            </Container>
          )}
          <CallTable title="Calls under this role" calls={calls.data?.calls ?? []} />
        </SpaceBetween>
      )}
    </Loaded>
  );
};

const policiesOf = async (RoleName: string) => {
  const [inline, attached] = await Promise.all([
    call("iam", "ListRolePolicies", { RoleName }),
    call("iam", "ListAttachedRolePolicies", { RoleName }),
  ]);
  const own = (inline.PolicyNames ?? []).map(async (PolicyName) => {
    const { PolicyDocument = "" } = await call("iam", "GetRolePolicy", { RoleName, PolicyName });
    return { name: PolicyName, kind: "inline", document: PolicyDocument };
  });
  const managed = (attached.AttachedPolicies ?? []).map(async ({ PolicyArn = "", PolicyName = "" }) => {
    const { Policy } = await call("iam", "GetPolicy", { PolicyArn });
    const VersionId = Policy?.DefaultVersionId ?? "v1";
    const { PolicyVersion } = await call("iam", "GetPolicyVersion", { PolicyArn, VersionId });
    return { name: PolicyName, kind: "managed", document: PolicyVersion?.Document ?? "" };
  });
  return Promise.all([...own, ...managed]);
};

const Policies = ({ name }: { readonly name: string }) => {
  const query = useLoad(["iam", "policies", name], () => policiesOf(name));
  return (
    <Container header={<Header>Policies</Header>}>
      <Loaded query={query} what="policies">
        {(policies) =>
          policies.length === 0 ? (
            <Empty title="No policies" text="The role may do nothing." />
          ) : (
            <SpaceBetween size="m">
              {policies.map(({ name: policy, kind, document }) => (
                <div key={`${kind}${policy}`}>
                  <h3 className="small-head">
                    {policy} <span className="quiet">{kind}</span>
                  </h3>
                  <Json value={JSON.parse(decodeURIComponent(document))} label={policy} />
                </div>
              ))}
            </SpaceBetween>
          )
        }
      </Loaded>
    </Container>
  );
};
