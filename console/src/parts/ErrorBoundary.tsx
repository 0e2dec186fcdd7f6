import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { Component, type ReactNode } from "react";

interface Props {
  readonly children: ReactNode;
}

/** A page that fails leaves the rest of the console standing, and says what happened. */
export class ErrorBoundary extends Component<Props, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Alert
        type="error"
        header="This page failed, which is a bug of aloft's"
        action={<Button onClick={() => window.location.reload()}>Load it again</Button>}
      >
        <pre className="pre">{error.stack ?? error.message}</pre>
      </Alert>
    );
  }
}
