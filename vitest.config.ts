import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // Files share a worker's module cache: loading an SDK client once per worker, not once per file, halves the run.
    isolate: false,
    setupFiles: ["test/seed.ts"],
    pool: "forks",
    // Much of the suite waits for clouds, builds and browsers: two files at a time, even on two cores.
    maxWorkers: 2,
    testTimeout: 30_000,
    // What a test starts with is work of the same kind.
    hookTimeout: 30_000,
    // Tests stay on this machine: no runtimes are installed from the npm registry.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ALOFT_RUNTIMES: "host" },
  },
});
