import type { ReactElement } from "react";
import { Route } from "wouter";
import { Empty } from "../parts/states.tsx";
import { listed, named } from "./named.tsx";

const Home = listed(() => import("../pages/home/HomePage.tsx"));
const Pipelines = listed(() => import("../pages/pipelines/PipelinesPage.tsx"));
const Pipeline = named(() => import("../pages/pipelines/PipelinePage.tsx"));
const Builds = listed(() => import("../pages/builds/BuildsPage.tsx"));
const Build = named(() => import("../pages/builds/BuildPage.tsx"));
const Repositories = listed(() => import("../pages/repositories/RepositoriesPage.tsx"));
const Repository = named(() => import("../pages/repositories/RepositoryPage.tsx"));
const Stacks = listed(() => import("../pages/stacks/StacksPage.tsx"));
const Stack = named(() => import("../pages/stacks/StackPage.tsx"));
const Architecture = listed(() => import("../pages/stacks/ArchitecturePage.tsx"));
const Rollouts = listed(() => import("../pages/rollouts/RolloutsPage.tsx"));
const Rollout = named(() => import("../pages/rollouts/RolloutPage.tsx"));
const Apis = listed(() => import("../pages/apis/ApisPage.tsx"));
const Api = named(() => import("../pages/apis/ApiPage.tsx"));
const Functions = listed(() => import("../pages/functions/FunctionsPage.tsx"));
const LambdaFunction = named(() => import("../pages/functions/FunctionPage.tsx"));
const Tables = listed(() => import("../pages/tables/TablesPage.tsx"));
const Table = named(() => import("../pages/tables/TablePage.tsx"));
const Buckets = listed(() => import("../pages/buckets/BucketsPage.tsx"));
const Bucket = named(() => import("../pages/buckets/BucketPage.tsx"));
const Secrets = listed(() => import("../pages/secrets/SecretsPage.tsx"));
const Secret = named(() => import("../pages/secrets/SecretPage.tsx"));
const Queues = listed(() => import("../pages/queues/QueuesPage.tsx"));
const Queue = named(() => import("../pages/queues/QueuePage.tsx"));
const Topics = listed(() => import("../pages/topics/TopicsPage.tsx"));
const Topic = named(() => import("../pages/topics/TopicPage.tsx"));
const Buses = listed(() => import("../pages/rules/BusesPage.tsx"));
const Bus = named(() => import("../pages/rules/BusPage.tsx"));
const Rule = named(() => import("../pages/rules/RulePage.tsx"));
const Schedules = listed(() => import("../pages/schedules/SchedulesPage.tsx"));
const Schedule = named(() => import("../pages/schedules/SchedulePage.tsx"));
const Machines = listed(() => import("../pages/machines/MachinesPage.tsx"));
const Machine = named(() => import("../pages/machines/MachinePage.tsx"));
const Execution = named(() => import("../pages/machines/ExecutionPage.tsx"));
const Sources = listed(() => import("../pages/sources/SourcesPage.tsx"));
const Source = named(() => import("../pages/sources/SourcePage.tsx"));
const Layers = listed(() => import("../pages/layers/LayersPage.tsx"));
const Layer = named(() => import("../pages/layers/LayerPage.tsx"));
const Parameters = listed(() => import("../pages/parameters/ParametersPage.tsx"));
const Parameter = named(() => import("../pages/parameters/ParameterPage.tsx"));
const Keys = listed(() => import("../pages/keys/KeysPage.tsx"));
const Key = named(() => import("../pages/keys/KeyPage.tsx"));
const Alarms = listed(() => import("../pages/alarms/AlarmsPage.tsx"));
const Alarm = named(() => import("../pages/alarms/AlarmPage.tsx"));
const Roles = listed(() => import("../pages/roles/RolesPage.tsx"));
const Role = named(() => import("../pages/roles/RolePage.tsx"));
const Activity = named(() => import("../pages/activity/ActivityPage.tsx"));
const Traces = listed(() => import("../pages/activity/TracesPage.tsx"));
const Trace = named(() => import("../pages/activity/TracePage.tsx"));

/** Every address of the console; each page comes with its first visit. */
export const ROUTES: readonly ReactElement[] = [
  <Route key="home" path="/" component={Home} />,
  <Route key="pipelines" path="/pipelines" component={Pipelines} />,
  <Route key="pipeline" path="/pipelines/:name/:tab?/:id?/:action?" component={Pipeline} />,
  <Route key="builds" path="/builds" component={Builds} />,
  <Route key="build" path="/builds/:id" component={Build} />,
  <Route key="repositories" path="/repositories" component={Repositories} />,
  <Route key="repository" path="/repositories/:name/:tab?/:at?/:path?" component={Repository} />,
  <Route key="stacks" path="/stacks" component={Stacks} />,
  <Route key="stack" path="/stacks/:name/:tab?/:id?" component={Stack} />,
  <Route key="architecture" path="/architecture" component={Architecture} />,
  <Route key="rollouts" path="/rollouts" component={Rollouts} />,
  <Route key="rollout" path="/rollouts/:id" component={Rollout} />,
  <Route key="apis" path="/apis" component={Apis} />,
  <Route key="api" path="/apis/:id" component={Api} />,
  <Route key="functions" path="/functions" component={Functions} />,
  <Route key="function" path="/functions/:name/:tab?" component={LambdaFunction} />,
  <Route key="tables" path="/tables" component={Tables} />,
  <Route key="table" path="/tables/:name/:tab?" component={Table} />,
  <Route key="buckets" path="/buckets" component={Buckets} />,
  <Route key="bucket" path="/buckets/:name/:what?/:key?" component={Bucket} />,
  <Route key="secrets" path="/secrets" component={Secrets} />,
  <Route key="secret" path="/secrets/:name" component={Secret} />,
  <Route key="queues" path="/queues" component={Queues} />,
  <Route key="queue" path="/queues/:name" component={Queue} />,
  <Route key="topics" path="/topics" component={Topics} />,
  <Route key="topic" path="/topics/:name" component={Topic} />,
  <Route key="buses" path="/buses" component={Buses} />,
  <Route key="bus" path="/buses/:bus" component={Bus} />,
  <Route key="rule" path="/buses/:bus/rules/:name" component={Rule} />,
  <Route key="schedules" path="/schedules" component={Schedules} />,
  <Route key="schedule" path="/schedules/:group/:name" component={Schedule} />,
  <Route key="machines" path="/machines" component={Machines} />,
  <Route key="machine" path="/machines/:name" component={Machine} />,
  <Route key="execution" path="/machines/:name/executions/:arn" component={Execution} />,
  <Route key="sources" path="/sources" component={Sources} />,
  <Route key="source" path="/sources/:uuid" component={Source} />,
  <Route key="layers" path="/layers" component={Layers} />,
  <Route key="layer" path="/layers/:name" component={Layer} />,
  <Route key="parameters" path="/parameters" component={Parameters} />,
  <Route key="parameter" path="/parameters/:name" component={Parameter} />,
  <Route key="keys" path="/keys" component={Keys} />,
  <Route key="key" path="/keys/:id" component={Key} />,
  <Route key="alarms" path="/alarms" component={Alarms} />,
  <Route key="alarm" path="/alarms/:name" component={Alarm} />,
  <Route key="roles" path="/roles" component={Roles} />,
  <Route key="role" path="/roles/:name" component={Role} />,
  <Route key="activity" path="/activity/:text?/:tab?" component={Activity} />,
  <Route key="traces" path="/traces" component={Traces} />,
  <Route key="trace" path="/traces/:id" component={Trace} />,
  <Route key="none" component={NotFound} />,
];

function NotFound() {
  return <Empty title="Nothing is here" text="The address names no page of the console." />;
}
