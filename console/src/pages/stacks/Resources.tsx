import { useLoad } from "../../api/useAws.ts";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { resourcesOf, type StackResource } from "./stacks.ts";

/** Where a resource is shown, for the types that have a page. */
const HREFS: Readonly<Record<string, (id: string) => string>> = {
  "AWS::Lambda::Function": (id) => hrefs.function(id),
  "AWS::DynamoDB::Table": (id) => hrefs.table(id),
  "AWS::S3::Bucket": (id) => hrefs.bucket(id),
  "AWS::IAM::Role": (id) => hrefs.role(id),
  "AWS::ApiGatewayV2::Api": (id) => hrefs.api(id),
  "AWS::ApiGateway::RestApi": (id) => hrefs.api(id),
  "AWS::CodePipeline::Pipeline": (id) => hrefs.pipeline(id),
  "AWS::SecretsManager::Secret": (id) => hrefs.secret(nameOf(id)),
  "AWS::CloudFormation::Stack": (id) => hrefs.stack(id.split("/")[1] ?? id),
  "AWS::SQS::Queue": (id) => hrefs.queue(nameOf(id)),
  "AWS::SNS::Topic": (id) => hrefs.topic(nameOf(id)),
  "AWS::SSM::Parameter": (id) => hrefs.parameter(id),
  "AWS::KMS::Key": (id) => hrefs.key(nameOf(id)),
  "AWS::CloudWatch::Alarm": (id) => hrefs.alarm(id),
  "AWS::Events::EventBus": (id) => hrefs.bus(nameOf(id)),
  "AWS::StepFunctions::StateMachine": (id) => hrefs.machine(nameOf(id)),
  "AWS::Lambda::EventSourceMapping": (id) => hrefs.source(id),
};

export const Resources = ({ stack }: { readonly stack: string }) => {
  const query = useLoad(["cloudformation", "resources", stack], () => resourcesOf(stack));
  return (
    <Loaded query={query} what="resources">
      {(resources) => (
        <DataTable
          title="Resources"
          items={resources}
          idOf={({ LogicalResourceId = "" }) => LogicalResourceId}
          empty={<Empty title="No resources" />}
          columns={[
            {
              id: "logical",
              header: "Logical id",
              cell: ({ LogicalResourceId = "" }) => (
                <To href={`${hrefs.stack(stack, "template")}/${LogicalResourceId}`}>{LogicalResourceId}</To>
              ),
              sortingField: "LogicalResourceId",
              isRowHeader: true,
            },
            { id: "type", header: "Type", cell: ({ ResourceType }) => ResourceType, sortingField: "ResourceType" },
            { id: "physical", header: "Physical id", cell: (resource) => <Physical resource={resource} /> },
            {
              id: "status",
              header: "Status",
              cell: ({ ResourceStatus, ResourceStatusReason }) => (
                <>
                  <Status status={ResourceStatus} />
                  {ResourceStatusReason && <div className="quiet">{ResourceStatusReason}</div>}
                </>
              ),
              sortingField: "ResourceStatus",
            },
            {
              id: "changed",
              header: "Changed",
              cell: ({ LastUpdatedTimestamp }) => <Ago time={LastUpdatedTimestamp} />,
            },
          ]}
        />
      )}
    </Loaded>
  );
};

const Physical = ({
  resource: { ResourceType = "", PhysicalResourceId = "" },
}: {
  readonly resource: StackResource;
}) => {
  const href = HREFS[ResourceType]?.(PhysicalResourceId);
  return href ? <To href={href}>{PhysicalResourceId}</To> : <span className="mono wrap">{PhysicalResourceId}</span>;
};
