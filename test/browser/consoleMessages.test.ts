import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Cloud, startCloud } from "../../src/index.ts";
import { type ConsolePage, consolePage } from "./consolePage.ts";
import { buildConsole } from "./deliveryWorld.ts";
import { launchShop } from "./messageWorld.ts";
import { problemsOnDesk, problemsOnPhone } from "./pages.ts";

const PATIENCE_MS = 30_000;

let cloud: Cloud;
let shown: ConsolePage;
let page: Page;

beforeAll(async () => {
  buildConsole();
  cloud = await startCloud();
  await launchShop(cloud);
  shown = await consolePage(cloud, PATIENCE_MS);
  page = shown.page;
  await shown.enter();
}, 120_000);

afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await cloud[Symbol.asyncDispose]();
});

const go = (place: string, heading: string) => shown.go(place, heading);
const press = (name: string) => shown.press(name);
const seen = (text: string | RegExp) => shown.seen(text);

test("waits where the cloud is away, and goes on once it is back", { timeout: 60_000 }, async () => {
  await page.context().setOffline(true);
  await page.goto(shown.address("/layers"));
  await seen("Loading the page …");
  await page.context().setOffline(false);
  await page.getByRole("heading", { level: 1, name: /^Layers/ }).waitFor();
  shown.complaints.length = 0;
});

test("sends to a queue, looks at what waits in it, and empties it once asked again", { timeout: 60_000 }, async () => {
  await go("/queues/orders", "orders");
  await page.getByLabel("Body", { exact: true }).fill('{"order":7}');
  await press("Send message");
  await seen("Message sent");
  await press("Look at messages");
  await seen('"order": 7');
  await seen(/After 5 of them a message goes to the dead letters/);
  await press("Purge");
  await page.getByRole("dialog").getByText("This cannot be taken back.").waitFor();
  await press("Purge orders");
  await seen("orders is empty");
  await press("Look at messages");
  await seen("Nothing waits");
});

test("moves dead letters back to where they came from", { timeout: 60_000 }, async () => {
  await go("/queues/orders-dead", "orders-dead");
  await seen("Dead letters of orders.");
  await press("Start redrive");
  await page.getByRole("table", { name: "Redrives" }).getByText("Completed").waitFor();
  // A queue that is nobody's has none.
  await go("/queues/jobs", "jobs");
  await page.getByRole("heading", { name: "Send", exact: true }).waitFor();
  expect(await page.getByRole("button", { name: "Start redrive" }).count()).toBe(0);
});

test("publishes to a topic, whose queue gets it", { timeout: 60_000 }, async () => {
  await go("/topics/news", "news");
  await page.getByRole("link", { name: "orders" }).waitFor();
  await page.getByLabel("Attributes").fill("colour");
  await seen("Each line is name=value.");
  await page.getByLabel("Attributes").fill("colour=blue");
  await page.getByLabel("Message", { exact: true }).fill("hear ye");
  await press("Publish message");
  await seen("Message published");
  await page.getByRole("link", { name: "orders" }).click();
  await page.getByRole("heading", { level: 1, name: "orders" }).waitFor();
  // The topic hands on in its own time.
  await vi.waitFor(
    async () => {
      await press("Look at messages");
      await page
        .getByText(/hear ye/)
        .first()
        .waitFor({ timeout: 1000 });
    },
    { timeout: PATIENCE_MS },
  );
});

test("tells whether an event fits a rule, and turns the rule off", { timeout: 60_000 }, async () => {
  await go("/buses/shop/rules/ordered", "ordered");
  await page.getByRole("link", { name: "worker" }).waitFor();
  await press("Test pattern");
  await seen("The event fits.");
  const event = page.getByLabel("Event", { exact: true });
  await event.fill((await event.inputValue()).replace('"shop"', '"street"'));
  await press("Test pattern");
  await seen("The event does not fit.");
  await press("Disable");
  await seen("The rule is disabled");
  await page.getByRole("button", { name: "Enable", exact: true }).waitFor();
  await go("/buses/shop", "shop");
  await page.getByLabel("Source").fill("shop");
  await page.getByLabel("Detail type").fill("order");
  await press("Put event");
  await seen("Event put on the bus");
});

test("turns a schedule, a key and an event source off and on", { timeout: 90_000 }, async () => {
  await go("/schedules/default/nightly", "nightly");
  await press("Disable");
  await page.getByRole("button", { name: "Enable", exact: true }).waitFor();
  await page.goto(shown.address("/keys"));
  await page
    .getByRole("row", { name: /for orders/ })
    .getByRole("link")
    .click();
  await press("Disable");
  await seen("The key is disabled");
  await press("Enable");
  await seen("The key is enabled");
  await page.goto(shown.address("/sources"));
  await page.getByRole("link", { name: "jobs" }).click();
  await press("Disable");
  await page.getByRole("button", { name: "Enable", exact: true }).and(page.locator(":enabled")).waitFor();
});

test("sets an alarm's state, and what follows is in its history", { timeout: 60_000 }, async () => {
  await go("/alarms/errors", "errors");
  await seen("Errors (Sum) ≥ 1 for 1 of 1 periods of 1 min");
  await page.getByRole("img", { name: /^Errors, .* at most \d/ }).waitFor();
  await page.getByRole("button", { name: "In alarm", exact: true }).click();
  await page.getByLabel("Reason").fill("a fire drill");
  await press("Set state");
  await seen("a fire drill");
  await seen(/Successfully executed action .*:news/);
});

test("shows a secret parameter only once it is asked for", { timeout: 60_000 }, async () => {
  await go("/parameters/%2Fshop%2Ftoken", "/shop/token");
  await page.getByRole("row", { name: /hidden/ }).waitFor();
  expect(await page.getByText("blue", { exact: true }).count()).toBe(0);
  await press("Reveal");
  await seen(/^blue$/);
  await page.getByLabel("New value").fill("green");
  await press("Save as new version");
  await press("Hide");
  await press("Reveal");
  await seen(/^green$/);
});

test("starts a state machine and shows the states it went through", { timeout: 60_000 }, async () => {
  await go("/machines/checkout", "checkout");
  await page.getByLabel("Input", { exact: true }).fill("{");
  expect(await page.getByRole("button", { name: "Start execution" }).isDisabled()).toBe(true);
  await page.getByLabel("Input", { exact: true }).fill('{"cart":1}');
  await press("Start execution");
  await page
    .getByRole("list", { name: "States of the execution" })
    .getByText(/^Charge \d/)
    .waitFor();
  await seen("ExecutionSucceeded");
  await seen('"charged": true');
});

/** Lists, each with the page of the first thing in it. */
const LISTS = [
  ...["queues", "topics", "buses", "schedules", "sources"],
  ...["alarms", "parameters", "keys", "layers", "machines"],
];

const everyPlace = async (): Promise<readonly string[]> => {
  const places = ["/buses/shop/rules/ordered", "/queues/orders-dead", "/queues/none"];
  for (const list of LISTS) {
    await page.goto(shown.address(`/${list}`));
    const link = page.locator(`main a[href^="#/${list}/"]`).first();
    places.push(`/${list}`, ((await link.getAttribute("href")) ?? "").slice(1));
  }
  await page.goto(shown.address("/machines/checkout"));
  const execution = page.locator('main a[href^="#/machines/checkout/executions/"]').first();
  const addresses = [...places, ((await execution.getAttribute("href")) ?? "").slice(1)];
  return addresses.map((place) => shown.address(place));
};

test("every page is accessible in the light, on a phone in the dark, too, and none complained", {
  timeout: 300_000,
}, async () => {
  const addresses = await everyPlace();
  expect(await problemsOnDesk(page, addresses)).toEqual([]);
  expect(await problemsOnPhone(page, addresses)).toEqual([]);
  expect(shown.complaints).toEqual([]);
});
