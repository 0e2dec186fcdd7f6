import { expect, test } from "vitest";
import { stackDiagram } from "../stackDiagram.ts";
import { gathered } from "./gathered.ts";
import { diagramOf } from "./model.ts";

const APPLICATION = {
  name: "app",
  body: {
    Resources: {
      Api: {
        Type: "AWS::ApiGatewayV2::Api",
        Properties: { Body: { uri: { "Fn::Sub": "arn:${Read.Arn}/invocations" } } },
      },
      Read: { Type: "AWS::Lambda::Function", Properties: { Role: { "Fn::GetAtt": ["ReadRole", "Arn"] } } },
      ReadRole: { Type: "AWS::IAM::Role", Properties: { Policies: [{ Resource: { "Fn::GetAtt": "Rows.Arn" } }] } },
      Rows: { Type: "AWS::DynamoDB::Table" },
      Heard: { Type: "AWS::Lambda::Function" },
      Queue: { Type: "AWS::SQS::Queue" },
      Mapping: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: { EventSourceArn: { "Fn::GetAtt": ["Queue", "Arn"] }, FunctionName: { Ref: "Live" } },
      },
      Live: { Type: "AWS::Lambda::Alias", Properties: { FunctionName: { Ref: "Heard" } } },
    },
  },
};

const DELIVERY = {
  name: "delivery",
  body: {
    Resources: {
      Repository: { Type: "AWS::CodeStar::GitHubRepository" },
      Pipeline: { Type: "AWS::CodePipeline::Pipeline", Properties: { Repo: { Ref: "Repository" }, StackName: "app" } },
      Failures: { Type: "AWS::Events::Rule", Properties: { EventPattern: { pipeline: [{ Ref: "Pipeline" }] } } },
    },
  },
};

const arrows = (...templates: Parameters<typeof diagramOf>[0][number][]) =>
  diagramOf(templates).edges.map(({ from, to }) => `${from} > ${to}`);

test("arrows lead the way a request takes: through roles, aliases and mappings, which are not drawn themselves", () => {
  expect(arrows(APPLICATION)).toEqual([
    "app/Api > app/Read",
    "app/Read > app/Rows",
    "app/Queue > app/Heard",
    "@user > app/Api",
  ]);
});

test("commits flow from the repository, a pipeline's events to its rules, and a pipeline deploys a stack it names", () => {
  expect(arrows(APPLICATION, DELIVERY)).toEqual(
    expect.arrayContaining([
      "@builder > delivery/Repository",
      "delivery/Repository > delivery/Pipeline",
      "delivery/Pipeline > delivery/Failures",
      "delivery/Pipeline > app/Read",
    ]),
  );
});

test("everything stands in the group it serves", () => {
  const groups = Object.fromEntries(diagramOf([APPLICATION, DELIVERY]).nodes.map(({ id, kind }) => [id, kind.group]));
  expect(groups).toEqual({
    ...{ "@user": "user", "app/Api": "user" },
    ...{ "app/Read": "application", "app/Rows": "application", "app/Heard": "application", "app/Queue": "application" },
    ...{ "@builder": "delivery", "delivery/Repository": "delivery", "delivery/Pipeline": "delivery" },
    "delivery/Failures": "delivery",
  });
});

test("the picture stands alone, and no name in a template becomes markup", () => {
  const body = { Resources: { Table: { Type: "AWS::DynamoDB::<script>" } } };
  const svg = stackDiagram([{ name: "a<b>&", text: JSON.stringify(body) }]);
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain("a&lt;b&gt;&amp;");
  expect(svg).not.toMatch(/<script|href=|style=/);
});

test("a template without resources is an empty sheet, and what is no template is refused", () => {
  expect(stackDiagram([{ name: "empty", text: '{"Resources":{}}' }])).toMatch(/^<svg /);
  expect(() => stackDiagram([{ name: "none", text: "[1]" }])).toThrow();
});

test("many of a kind that stand alone are one", () => {
  const parameters = Array.from({ length: 500 }, (_, at) => [`Value${at}`, { Type: "AWS::SSM::Parameter" }]);
  const Resources = { ...APPLICATION.body.Resources, ...Object.fromEntries(parameters) };
  const { nodes, edges } = gathered(diagramOf([{ name: "app", body: { Resources } }]));
  expect(nodes.filter(({ label }) => label.includes("×")).map(({ id, label }) => [id, label])).toEqual([
    ["@app/Parameter", "500 × Parameter"],
  ]);
  expect([nodes.length, edges]).toEqual([diagramOf([APPLICATION]).nodes.length + 1, diagramOf([APPLICATION]).edges]);
});

test("a pipeline leads only to the stack that it names, or that is named after its own", () => {
  const StackName = { "Fn::Sub": "${AWS::StackName}-app" };
  const Pipeline = { Type: "AWS::CodePipeline::Pipeline", Properties: { StackName } };
  const of = (name: string) => ({ name, body: { Resources: { Rows: { Type: "AWS::DynamoDB::Table" } } } });
  const road = { name: "road", body: { Resources: { Pipeline } } };
  expect(arrows(road, of("road-app"), of("other"))).toEqual(expect.not.arrayContaining(["road/Pipeline > other/Rows"]));
  expect(arrows(road, of("road-app"), of("other"))).toContain("road/Pipeline > road-app/Rows");
});

test("events flow into a pipe from its source, and from it to its enrichment and its target", () => {
  const Resources = {
    In: { Type: "AWS::SQS::Queue" },
    Enrich: { Type: "AWS::Lambda::Function" },
    Out: { Type: "AWS::Events::EventBus" },
    Role: { Type: "AWS::IAM::Role", Properties: { Policies: [{ Resource: { "Fn::GetAtt": "In.Arn" } }] } },
    Pipe: {
      Type: "AWS::Pipes::Pipe",
      Properties: {
        RoleArn: { "Fn::GetAtt": "Role.Arn" },
        Source: { "Fn::GetAtt": "In.Arn" },
        Enrichment: { "Fn::GetAtt": "Enrich.Arn" },
        Target: { "Fn::GetAtt": "Out.Arn" },
      },
    },
  };
  expect(arrows({ name: "app", body: { Resources } }).toSorted()).toEqual([
    "app/In > app/Pipe",
    "app/Pipe > app/Enrich",
    "app/Pipe > app/Out",
  ]);
});
