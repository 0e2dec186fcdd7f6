import { isJsonObject } from "../../../kernel/json.ts";
import { dashboardFindings } from "../dashboards/validate.ts";
import { invalidDashboard, invalidValue, noDashboards } from "../errors.ts";
import { DASHBOARDS_PER_PAGE } from "../limits.ts";
import { page } from "../paging.ts";
import type { DashboardRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom } from "../views.ts";

/** AWS: dashboards belong to the account; their ARNs have no region. */
export const dashboardArn = ({ partition, account }: Pick<Room, "partition" | "account">, name: string): string =>
  `arn:${partition}:cloudwatch::${account}:dashboard/${name}`;

export const putDashboard =
  (room: Room): Operation<"PutDashboard"> =>
  async (_ctx, { DashboardName: name, DashboardBody: body, Tags }) => {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
      throw invalidValue(
        "The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n",
      );
    const { errors, warnings } = dashboardFindings(parsed(body));
    if (errors.length > 0)
      throw invalidDashboard("The field DashboardBody has invalid contents.", [...errors, ...warnings]);
    const known = room.dashboards.get(name);
    room.dashboards.put(name, { name, body, modifiedAt: room.clock.now(), tags: known?.tags ?? tagsFrom(Tags) });
    return { DashboardValidationMessages: warnings };
  };

const parsed = (body: string) => {
  try {
    const value: unknown = JSON.parse(body);
    if (isJsonObject(value)) return value;
  } catch {
    // Not JSON: answered below, like what is no object.
  }
  throw invalidDashboard("The field DashboardBody must be a valid JSON object", [
    { DataPath: "/", Message: "The field DashboardBody must be a valid JSON object" },
  ]);
};

export const getDashboard =
  (room: Room): Operation<"GetDashboard"> =>
  async (_ctx, { DashboardName: name }) => {
    const dashboard = room.dashboards.get(name);
    if (!dashboard) throw noDashboards([name]);
    return { DashboardArn: dashboardArn(room, name), DashboardBody: dashboard.body, DashboardName: name };
  };

export const listDashboards =
  (room: Room): Operation<"ListDashboards"> =>
  async (_ctx, input) => {
    const all = [...room.dashboards.range()]
      .map(({ value }) => value)
      .filter(({ name }) => name.startsWith(input.DashboardNamePrefix ?? ""));
    const { items, nextToken } = page(all, ({ name }) => name, input.NextToken, DASHBOARDS_PER_PAGE);
    return {
      DashboardEntries: items.map((dashboard) => entryView(room, dashboard)),
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
    };
  };

const entryView = (room: Room, { name, body, modifiedAt }: DashboardRecord) => ({
  DashboardName: name,
  DashboardArn: dashboardArn(room, name),
  LastModified: new Date(modifiedAt),
  Size: Buffer.byteLength(body),
});

/** AWS: all of them or none. */
export const deleteDashboards =
  (room: Room): Operation<"DeleteDashboards"> =>
  async (_ctx, { DashboardNames }) => {
    const unknown = DashboardNames.filter((name) => !room.dashboards.has(name));
    if (unknown.length > 0) throw noDashboards(unknown);
    for (const name of DashboardNames) room.dashboards.delete(name);
    return {};
  };
