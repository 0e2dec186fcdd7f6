import { lazy } from "react";
import { Empty } from "../parts/states.tsx";

/** Every address of the console; each page comes with its first visit. */
export const ROUTES = [
  { path: "/", page: lazy(() => import("../pages/home/HomePage.tsx")) },
  { path: "/pipelines", page: lazy(() => import("../pages/pipelines/PipelinesPage.tsx")) },

  { path: "/pipelines/:name/:tab?/:id?/:action?", page: lazy(() => import("../pages/pipelines/PipelinePage.tsx")) },
] as const;

export const NotFound = () => <Empty title="Nothing is here" text="The address names no page of the console." />;
