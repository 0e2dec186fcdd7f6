import SpaceBetween from "@cloudscape-design/components/space-between";
import { session } from "../../api/session.ts";
import { useAws } from "../../api/useAws.ts";
import { Document } from "../../parts/Document.tsx";
import { Facts, Mono } from "../../parts/Facts.tsx";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { exactTime } from "../../parts/time.tsx";
import { Executions } from "./Executions.tsx";
import { StartForm } from "./StartForm.tsx";

const MachinePage = ({ params: { name } }: { readonly params: { readonly name: string } }) => {
  const { region, account } = session();
  const arn = `arn:aws:states:${region}:${account}:stateMachine:${name}`;
  const query = useAws("states", "DescribeStateMachine", { stateMachineArn: arn });
  return (
    <ThingPage
      list={["State machines", "#/machines"]}
      name={name}
      href={hrefs.machine(name)}
      status={query.data && <Status status={query.data.status} />}
    >
      <Loaded query={query} what="the state machine">
        {({ type, roleArn = "", creationDate, definition = "", description }) => (
          <SpaceBetween size="l">
            <Facts
              title="State machine"
              facts={{
                Type: type === "EXPRESS" ? "Express" : "Standard",
                Role: <To href={hrefs.role(nameOf(roleArn))}>{nameOf(roleArn)}</To>,
                Created: exactTime(creationDate),
                Description: description,
                ARN: <Mono>{arn}</Mono>,
              }}
            />
            {type === "EXPRESS" ? null : <Executions machine={name} arn={arn} />}
            <StartForm machine={name} arn={arn} isExpress={type === "EXPRESS"} />
            <Document title="Definition" value={definition} />
          </SpaceBetween>
        )}
      </Loaded>
    </ThingPage>
  );
};

export default MachinePage;
