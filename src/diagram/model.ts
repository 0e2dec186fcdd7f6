import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/json.ts";
import { BUILDER, isGlue, type Kind, kindOf, USER } from "./kinds.ts";
import { referencesIn } from "./references.ts";

/** A stack's template, transformed. */
export interface DrawnTemplate {
  readonly name: string;
  readonly body: JsonObject;
}

export interface DiagramNode {
  readonly id: string;
  readonly label: string;
  readonly kind: Kind;
  /** Absent for people, who are in no stack. */
  readonly stack?: string;
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

/** What there is and what uses what. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

interface Resource {
  readonly id: string;
  readonly logicalId: string;
  readonly stack: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** Ids of the resources it refers to. */
  readonly refers: readonly string[];
}

/** The diagram of one or more stacks. Resources that only join others become the arrows between those. */
export const diagramOf = (templates: readonly DrawnTemplate[]): Diagram => {
  const resources = templates.flatMap(resourcesOf);
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const shown = resources.filter(({ type }) => !isGlue(type));
  const delivering = new Set(resources.flatMap(({ type, stack }) => (type === PIPELINE ? stack : [])));
  const nodes = shown.map((resource) => nodeOf(resource, delivering.has(resource.stack)));
  const edges = new Edges();
  for (const resource of shown) addUses(resource, byId, edges);
  for (const glue of resources.filter(({ type }) => isGlue(type))) joinBy(glue, byId, edges);
  addDeployments(shown, templates, edges);
  return withPeople(nodes, shown, edges);
};

const idOf = (stack: string, logicalId: string): string => `${stack}/${logicalId}`;

const resourcesOf = ({ name, body }: DrawnTemplate): readonly Resource[] => {
  const all = isJsonObject(body["Resources"]) ? body["Resources"] : {};
  return Object.entries(all).flatMap(([logicalId, resource]) => {
    if (!isJsonObject(resource) || typeof resource["Type"] !== "string") return [];
    const properties = isJsonObject(resource["Properties"]) ? resource["Properties"] : {};
    const refers = [...referencesIn(properties)].filter((other) => other in all).map((other) => idOf(name, other));
    return [{ id: idOf(name, logicalId), logicalId, stack: name, type: resource["Type"], properties, refers }];
  });
};

const PIPELINE = "AWS::CodePipeline::Pipeline";

const nodeOf = ({ id, logicalId, stack, type, properties }: Resource, delivers: boolean): DiagramNode => {
  const kind = kindOf(type);
  // A bucket that is a website is what users come to. What stands beside a pipeline serves the delivery.
  const group =
    "WebsiteConfiguration" in properties ? "user" : delivers && kind.group === "application" ? "delivery" : kind.group;
  return { id, label: logicalId, kind: { ...kind, group }, stack };
};

/** Of a type that takes in what others tell: the property that names them. */
const HEARS: Readonly<Record<string, string>> = {
  "AWS::Events::Rule": "EventPattern",
  "AWS::Pipes::Pipe": "Source",
};

const addUses = (resource: Resource, byId: ReadonlyMap<string, Resource>, edges: Edges): void => {
  const heard = endsOf(resource, resource.properties[HEARS[resource.type] ?? ""], byId);
  for (const source of heard) edges.add(source, resource.id);
  for (const to of reach(resource, byId)) if (!heard.includes(to)) edges.add(resource.id, to);
};

/** What a resource refers to, through roles and other glue. */
const reach = (resource: Resource, byId: ReadonlyMap<string, Resource>): ReadonlySet<string> => {
  const found = new Set<string>();
  const seen = new Set([resource.id]);
  const visit = (id: string) => {
    const other = byId.get(id);
    if (!other || seen.has(id)) return;
    seen.add(id);
    if (!isGlue(other.type)) found.add(id);
    else for (const next of other.refers) visit(next);
  };
  for (const id of resource.refers) visit(id);
  return found;
};

/** Of a type that joins two others: the property that names where the arrow begins, and where it ends. */
const JOINS: Readonly<Record<string, readonly [from: string, to: string]>> = {
  "AWS::Lambda::Permission": ["SourceArn", "FunctionName"],
  "AWS::Lambda::EventSourceMapping": ["EventSourceArn", "FunctionName"],
  "AWS::SNS::Subscription": ["TopicArn", "Endpoint"],
  "AWS::ApiGatewayV2::Integration": ["ApiId", "IntegrationUri"],
  "AWS::ApiGateway::Method": ["RestApiId", "Integration"],
  "AWS::IAM::Policy": ["Roles", "PolicyDocument"],
  "AWS::CodeDeploy::DeploymentGroup": ["ApplicationName", "TriggerConfigurations"],
};

const joinBy = (glue: Resource, byId: ReadonlyMap<string, Resource>, edges: Edges): void => {
  const [fromProperty, toProperty] = JOINS[glue.type] ?? [];
  if (fromProperty === undefined || toProperty === undefined) return;
  const ends = (property: string) => endsOf(glue, glue.properties[property], byId);
  const from = glue.type === "AWS::IAM::Policy" ? holdersOf(glue, byId) : ends(fromProperty);
  for (const start of from) for (const end of ends(toProperty)) if (start !== end) edges.add(start, end);
};

/** The shown resources behind a value: an alias stands for its function. */
const endsOf = (glue: Resource, value: JsonValue | undefined, byId: ReadonlyMap<string, Resource>): readonly string[] =>
  [...referencesIn(value)].flatMap((name) => {
    const other = byId.get(idOf(glue.stack, name));
    if (!other) return [];
    return isGlue(other.type) ? [...reach(other, byId)] : [other.id];
  });

/** Who runs as a role that a policy is attached to. */
const holdersOf = (policy: Resource, byId: ReadonlyMap<string, Resource>): readonly string[] => {
  const roles = [...referencesIn(policy.properties["Roles"])].map((name) => idOf(policy.stack, name));
  return [...byId.values()]
    .filter(({ type, refers }) => !isGlue(type) && refers.some((id) => roles.includes(id)))
    .map(({ id }) => id);
};

/** A pipeline deploys the stack that an action of it names. */
const addDeployments = (shown: readonly Resource[], templates: readonly DrawnTemplate[], edges: Edges): void => {
  for (const pipeline of shown.filter(({ type }) => type === PIPELINE)) {
    const text = JSON.stringify(pipeline.properties);
    for (const { name } of templates) {
      const isNamedAfter = name === `${pipeline.stack}-app` && text.includes("-app");
      const deploys = name !== pipeline.stack && (text.includes(`"${name}"`) || isNamedAfter);
      const candidates = shown.filter(({ stack, type }) => stack === name && kindOf(type).group === "application");
      const first = candidates.find(({ type }) => type === "AWS::Lambda::Function") ?? candidates[0];
      if (deploys && first) edges.add(pipeline.id, first.id, "deploys");
    }
  }
};

const withPeople = (nodes: readonly DiagramNode[], shown: readonly Resource[], edges: Edges): Diagram => {
  const people: DiagramNode[] = [];
  const doors = nodes.filter(({ kind: { group, name } }) => group === "user" && name !== "User pool");
  if (doors.length > 0) people.push({ id: "@user", label: "User", kind: USER });
  for (const door of doors) edges.add("@user", door.id);
  const repositories = shown.filter(({ type }) => kindOf(type).name === "Repository");
  const pipelines = shown.filter(({ type }) => type === PIPELINE);
  const starts = repositories.length > 0 ? repositories : pipelines;
  if (starts.length > 0) people.push({ id: "@builder", label: "Builder", kind: BUILDER });
  for (const start of starts) edges.add("@builder", start.id, "git push");
  // A template names the repository in the pipeline; commits flow the other way.
  for (const repository of repositories)
    for (const pipeline of pipelines) edges.turn(pipeline.id, repository.id, "each commit");
  return { nodes: [...people, ...nodes], edges: edges.all() };
};

class Edges {
  private readonly known = new Map<string, DiagramEdge>();

  add(from: string, to: string, label?: string): void {
    const key = `${from} ${to}`;
    // An arrow back says nothing that the first does not.
    if (this.known.has(key) || this.known.has(`${to} ${from}`)) return;
    this.known.set(key, { from, to, ...(label ? { label } : {}) });
  }

  turn(from: string, to: string, label: string): void {
    this.known.delete(`${from} ${to}`);
    this.add(to, from, label);
  }

  all(): readonly DiagramEdge[] {
    return [...this.known.values()];
  }
}
