// Shows the API's rows as a table. The pipeline writes config.json beside this file when it deploys: { "api": URL }.

/** @typedef {{ provider: string, launched: number, firstService: string, url: string }} Row */

const status = element("#status");

try {
  const { api } = await getJson("config.json");
  showRows(await getJson(api));
  element("#source").append("The rows come from ", link(api, "the API"), ".");
} catch (error) {
  status.classList.add("failed");
  status.textContent = `The rows could not be loaded: ${error instanceof Error ? error.message : error}`;
}

/** @param {Row[]} rows */
function showRows(rows) {
  element("#rows tbody").replaceChildren(...rows.map(rowElement));
  element("#rows").hidden = false;
  status.textContent = rows.length === 1 ? "1 provider" : `${rows.length} providers`;
}

/**
 * Texts are set as text, never as markup: anyone may add a row.
 * @param {Row} row
 */
function rowElement({ provider, launched, firstService, url }) {
  const name = document.createElement("th");
  name.scope = "row";
  name.append(link(url, provider));
  const row = document.createElement("tr");
  row.append(name, cell(launched), cell(firstService));
  return row;
}

/**
 * @param {string} url
 * @param {string} text
 */
function link(url, text) {
  const a = document.createElement("a");
  a.href = url;
  a.rel = "noopener nofollow";
  a.textContent = text;
  return a;
}

/** @param {string | number} text */
function cell(text) {
  const td = document.createElement("td");
  td.textContent = String(text);
  return td;
}

/** @param {string} url */
async function getJson(url) {
  const response = await fetch(url, { cache: "no-store" });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/**
 * @param {string} selector
 * @returns {HTMLElement}
 */
function element(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`The page has no ${selector}.`);
  return found;
}
