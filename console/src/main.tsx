import "@cloudscape-design/global-styles/index.css";
import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en.json" with { type: "json" };
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import { followCloud } from "./api/live.ts";
import { CallError, openSession } from "./api/session.ts";
import { App } from "./app/App.tsx";
import { useAddress } from "./app/named.tsx";
import { applyTheme } from "./app/theme.ts";
import "./styles.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2000,
      // What is refused stays refused; a cloud that is restarting comes back.
      retry: (count, error) => count < 3 && !(error instanceof CallError),
    },
  },
});

const start = async (): Promise<void> => {
  applyTheme();
  try {
    await openSession();
  } catch {
    // The session ended while the page was kept: the server shows how to come in again.
    return window.location.reload();
  }
  followCloud(queries);
  const root = document.getElementById("root");
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={queries}>
          <I18nProvider locale="en" messages={[messages]}>
            <Router hook={useAddress}>
              <App />
            </Router>
          </I18nProvider>
        </QueryClientProvider>
      </StrictMode>,
    );
  }
};

void start();
