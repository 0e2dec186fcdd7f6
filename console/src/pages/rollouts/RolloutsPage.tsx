import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { rolloutsHere } from "./rollouts.ts";

const RolloutsPage = () => {
  const query = useLoad(["codedeploy", "rollouts"], rolloutsHere);
  return (
    <Loaded query={query} what="rollouts">
      {(rollouts) => (
        <DataTable
          title="Rollouts"
          headingTag="h1"
          description="New versions of functions, as they take over the traffic."
          items={rollouts}
          idOf={({ deploymentId = "" }) => deploymentId}
          empty={
            <Empty
              title="No rollouts"
              text="Give a function a DeploymentPreference, such as Canary10Percent5Minutes."
            />
          }
          columns={[
            {
              id: "id",
              header: "Rollout",
              cell: ({ deploymentId = "" }) => (
                <span className="figures">
                  <To href={hrefs.rollout(deploymentId)}>{deploymentId}</To>
                </span>
              ),
              isRowHeader: true,
            },
            {
              id: "status",
              header: "Status",
              cell: ({ status }) => <Status status={status} />,
              sortingField: "status",
            },
            {
              id: "application",
              header: "Application",
              cell: ({ applicationName }) => applicationName,
              sortingField: "applicationName",
            },
            {
              id: "plan",
              header: "Plan",
              cell: ({ deploymentConfigName }) => deploymentConfigName?.replace("CodeDeployDefault.Lambda", ""),
            },
            {
              id: "when",
              header: "Started",
              cell: ({ createTime }) => <Ago time={createTime} />,
              sortingField: "createTime",
            },
            {
              id: "took",
              header: "Took",
              cell: ({ createTime, completeTime }) => <Took from={createTime} to={completeTime} />,
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default RolloutsPage;
