import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLoad } from "../../api/useAws.ts";
import { Crumbs } from "../../parts/Crumbs.tsx";
import { hrefs, Out, To } from "../../parts/links.tsx";
import { Empty } from "../../parts/states.tsx";
import { LoadedThing } from "../../parts/ThingPage.tsx";
import { DataTable } from "../../parts/table.tsx";
import { type ApiDetail, type ApiRoute, apiDetail, urlOf } from "./apis.ts";
import { RequestConsole } from "./RequestConsole.tsx";

const ApiPage = ({ params: { id } }: { readonly params: { readonly id: string } }) => {
  const query = useLoad(["apigatewayv2", "api", id], () => apiDetail(id));
  return (
    <LoadedThing query={query} what="the API" list={["APIs", "#/apis"]} name={id} href={hrefs.api(id)}>
      {(detail) => <ApiView detail={detail} />}
    </LoadedThing>
  );
};

export default ApiPage;

const ApiView = ({ detail: { api, routes, stages } }: { readonly detail: ApiDetail }) => {
  const [chosen, setChosen] = useState<ApiRoute>();
  const base = urlOf(api, stages[0] ?? "");
  const first = chosen ?? routes.find(({ method }) => method === "GET") ?? routes[0];
  return (
    <SpaceBetween size="l">
      <Crumbs
        items={[
          ["APIs", "#/apis"],
          [api.name, hrefs.api(api.id)],
        ]}
      />
      <Header variant="h1" description={api.kind === "WEBSOCKET" ? base : <Out href={base} />}>
        {api.name}
      </Header>
      <DataTable
        title="Routes"
        items={routes}
        idOf={({ id }) => id}
        empty={<Empty title="No routes" />}
        columns={[
          {
            id: "route",
            header: "Route",
            cell: ({ method, path }) => <span className="mono">{`${method} ${path}`}</span>,
            isRowHeader: true,
            sortingField: "path",
          },
          {
            id: "target",
            header: "Answered by",
            cell: ({ target }) =>
              /^[\w-]+$/.test(target) ? (
                <To href={hrefs.function(target)}>{target}</To>
              ) : (
                <span className="wrap">{target}</span>
              ),
          },
          { id: "authorization", header: "Authorization", cell: ({ authorization }) => authorization },
          {
            id: "try",
            header: "",
            cell: (route) => (
              <Button
                variant="inline-link"
                ariaLabel={`Try ${route.method} ${route.path}`}
                onClick={() => setChosen(route)}
              >
                Try
              </Button>
            ),
          },
        ]}
      />
      {api.kind !== "WEBSOCKET" && (
        <RequestConsole
          key={first?.id ?? ""}
          base={base}
          method={first?.method ?? "GET"}
          path={first?.path === "$default" ? "/" : (first?.path ?? "/")}
        />
      )}
    </SpaceBetween>
  );
};
