import AppLayout from "@cloudscape-design/components/app-layout";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { Suspense, useEffect, useRef, useState } from "react";
import { Switch, useLocation } from "wouter";
import { useLive } from "../api/live.ts";
import { ask, session } from "../api/session.ts";
import { ErrorBoundary } from "../parts/ErrorBoundary.tsx";
import { Flashes } from "../parts/flash.tsx";
import { Loading } from "../parts/states.tsx";
import { NAVIGATION, titleOf } from "./navigation.ts";
import { ROUTES } from "./routes.tsx";
import { Content, focusContent, SkipLink } from "./SkipLink.tsx";
import { toggleTheme, useIsDark } from "./theme.ts";

/** The frame around every page. */
export const App = () => {
  const [location] = useLocation();
  const page = location.split("/").slice(0, 3).join("/");
  const cameFrom = useRef<string>(undefined);
  const [open, setOpen] = useState(() => window.matchMedia("(min-width: 1100px)").matches);
  useEffect(() => {
    if (!window.matchMedia("(min-width: 689px)").matches) setOpen(false);
    window.scrollTo(0, 0);
    // Who followed a link of the page before by keys stands nowhere now.
    if (cameFrom.current !== undefined && document.activeElement === document.body) focusContent();
    cameFrom.current = page;
  }, [page]);
  useEffect(() => {
    document.title = titleOf(location);
  }, [location]);
  useEffect(() => {
    // Cloudscape gives its navigation an orientation on phones, which no role of navigation has.
    document.querySelector("nav[aria-orientation]")?.removeAttribute("aria-orientation");
  });
  return (
    <>
      <SkipLink />
      <TopBar />
      <AppLayout
        headerSelector="#top"
        toolsHide
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigationWidth={220}
        ariaLabels={{
          navigation: "Services",
          navigationToggle: "Open the navigation",
          navigationClose: "Close the navigation",
        }}
        navigation={<SideNavigation activeHref={`#/${location.split("/")[1] ?? ""}`} items={NAVIGATION} />}
        notifications={<Flashes />}
        content={
          <Content>
            <ErrorBoundary key={page}>
              <Suspense fallback={<Loading what="the page" />}>
                <Switch>{ROUTES}</Switch>
              </Suspense>
            </ErrorBoundary>
          </Content>
        }
      />
    </>
  );
};

const TopBar = () => {
  const { connected } = useLive();
  const isDark = useIsDark();
  const { account, region, version } = session();
  return (
    <header id="top" className="top">
      <TopNavigation
        identity={{ href: "#/", title: "aloft" }}
        utilities={[
          {
            type: "button",
            text: connected ? "Live" : "Reconnecting …",
            iconName: connected ? "status-positive" : "status-in-progress",
            href: "#/activity",
            ariaLabel: connected ? "Live: shows what happens as it happens" : "Reconnecting to the cloud",
          },
          {
            type: "button",
            iconSvg: isDark ? <Sun /> : <Moon />,
            ariaLabel: isDark ? "Use the light theme" : "Use the dark theme",
            text: isDark ? "Light" : "Dark",
            disableTextCollapse: false,
            onClick: toggleTheme,
          },
          {
            type: "menu-dropdown",
            text: region,
            description: `account ${account} · aloft ${version}`,
            iconName: "settings",
            items: [{ id: "out", text: "Sign out" }],
            onItemClick: () => void ask("signout", { method: "POST" }).then(() => window.location.reload()),
          },
        ]}
      />
    </header>
  );
};

const Sun = () => (
  <svg viewBox="0 0 16 16" focusable="false" aria-hidden="true">
    <circle cx="8" cy="8" r="3" fill="none" />
    <path d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6 13 13M3 13l1.4-1.4M11.6 4.4 13 3" />
  </svg>
);

const Moon = () => (
  <svg viewBox="0 0 16 16" focusable="false" aria-hidden="true">
    <path d="M13 9.5A5.5 5.5 0 1 1 6.5 3 4.5 4.5 0 0 0 13 9.5z" fill="none" />
  </svg>
);
