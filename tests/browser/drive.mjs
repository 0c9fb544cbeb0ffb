// What an analyst does on the pages of the example, in a real browser; and what axe finds on every one of them.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [home, folder, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.BROWSER,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const errors = [];
const watch = (page) => {
  page.on("console", (message) => message.type() === "error" && errors.push(`${page.url()}: ${message.text()}`));
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !url.startsWith("file:") && !url.startsWith("data:")) errors.push(`asked for ${url}`);
  });
  return page;
};
const step = (words) => console.log(`  ${words}`);

// A dispute, and both of its sentences.
const desk = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = watch(await desk.newPage());
await page.goto(home);
await page.click("nav.ways >> text=Disputes");
await page.click(".dispute:has(.label.against) h2 a");
assert.match(await page.textContent(".lead"), /disputed/);
const question = page.url();
const sentences = await page.$$eval("ol.accounts figcaption a", (links) => links.map((link) => link.href));
assert.ok(sentences.length >= 2, "two sentences");
for (const link of sentences.slice(0, 2)) {
  await page.goto(question);
  await page.click(`ol.accounts figcaption a[href$="${new URL(link).hash}"]`);
  const sentence = page.locator(".sentence:has(.at:target)");
  await sentence.waitFor();
  const colour = await sentence.evaluate((node) => getComputedStyle(node).backgroundColor);
  assert.notEqual(colour, "rgba(0, 0, 0, 0)", "the sentence is highlighted");
  const box = await sentence.boundingBox();
  assert.ok(box.y >= 0 && box.y < 900, "the sentence is in view");
  assert.ok(await page.locator("a.claim.lit").count(), "the exact words are lit");
}
step("a dispute and both sentences");

// The map, moved to a day: by its link, and by the slider.
await page.goto(`${home}control.html`);
const days = await page.$$eval(".days a[href*='control/']", (links) => links.map((link) => link.textContent.trim()));
await page.click(".days a[href*='control/2021-07-14']");
assert.match(await page.textContent("h1"), /14 Jul 2021/);
assert.ok(await page.locator("#map a").count(), "a marker");
await page.locator(".days input[type=range]").focus();
await page.keyboard.press("ArrowRight");
await page.waitForURL(/control\/2021-07-16/);
const frame = await page.getAttribute("#map", "viewBox");
await page.click(".tools button[aria-label=Nearer]");
assert.notEqual(await page.getAttribute("#map", "viewBox"), frame, "the map moves");
await page.locator("#map a").first().focus();
await page.keyboard.press("ArrowLeft");
await page.keyboard.press("Enter");
assert.match(page.url(), /#p-/);
step(`the map on one of ${days.length} days, nearer, by keys`);

// Two names merged, and the merge taken back.
const people = `${home}entities.html?kind=person`;
await page.goto(people);
const all = await page.$$eval(".names li a", (links) => links.map((link) => link.textContent));
await page.fill("[data-sieve] input", all[0].toLowerCase());
const narrowed = await page.$$eval(".names li:not([hidden]) a", (links) => links.map((link) => link.textContent));
assert.ok(narrowed.includes(all[0]) && narrowed.length < all.length, "the list is narrowed");
const other = all.find((name) => !narrowed.includes(name));
await page.click(".names li:visible a");
await page.fill("#merge-b", other);
await page.fill("#merge-reason", "one person, two names");
await page.click("#merge button");
assert.match(await page.textContent(".judgement"), /is the same as/);
assert.ok((await page.textContent("main")).includes(other), "the other name is on the page");
await page.goto(people);
assert.equal(await page.locator(".names li").count(), all.length - 1, "one less");
await page.goto(`${home}judgements.html`);
await page.click("form.undo button");
await page.goto(`${home}judgements.html`);
assert.match(await page.textContent(".judgement.undone"), /taken back/);
await page.goto(people);
assert.equal(await page.locator(".names li").count(), all.length, "as before");
step("two names merged and the merge undone");

// Search, and keys.
await page.keyboard.press("Escape");
await page.locator("h1").click();
await page.keyboard.press("/");
await page.keyboard.type("ceasefire");
await page.keyboard.press("Enter");
await page.waitForURL(/search\.html\?q=ceasefire/);
assert.ok(await page.locator("mark").count(), "words found");
await page.click("ul.reports a");
assert.ok(await page.locator("article.text").count(), "the report");
step("search");

// Print.
const pdf = await page.pdf({ format: "A4" });
assert.ok(pdf.length > 5_000, "a print");
step(`print, ${Math.round(pdf.length / 1000)} kB`);

// Without a script.
const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
const quiet = await plain.newPage();
await quiet.goto(`${home}control.html`);
await quiet.click(".days a[href*='2021-07-14']");
assert.match(await quiet.textContent("h1"), /14 Jul 2021/);
await quiet.goto(question);
await quiet.click("ol.accounts figcaption a");
await quiet.locator(".sentence:has(.at:target)").waitFor();
step("the same without a script");

// The folder, opened as files.
const files = watch(await desk.newPage());
await files.goto(pathToFileURL(`${folder}/index.html`).href);
await files.click("nav.ways >> text=Disputes");
await files.click(".dispute h2 a");
await files.click("ol.accounts figcaption a");
await files.locator(".sentence:has(.at:target)").waitFor();
await files.fill("#q", "ceasefire");
await files.keyboard.press("Enter");
await files.waitForSelector("#found li");
await files.goto(pathToFileURL(`${folder}/control.html`).href);
assert.ok(await files.locator("#map a").count());
step("the published folder");

// Every kind of page: axe, nothing wider than the window, both widths and both schemes.
const first = async (list, part) => {
  await page.goto(`${home}${list}.html`);
  return page.$eval(`main a[href*="${part}/"]`, (link) => link.href.split("#")[0]);
};
const kinds = {};
for (const name of ["index", "timeline", "disputes", "talks", "control", "ledgers", "entities", "sources", "lineage", "reports", "changes", "judgements"]) kinds[name] = `${home}${name}.html`;
kinds.search = `${home}search.html?q=ceasefire`;
kinds.question = question;
kinds.report = sentences[0];
for (const [name, list, part] of [["meeting", "talks", "talks"], ["ledger", "ledgers", "ledger"], ["entity", "entities", "entity"], ["source", "sources", "source"], ["pair", "lineage", "pair"]]) kinds[name] = await first(list, part);
if (shots) mkdirSync("docs/pages", { recursive: true });
let found = 0;
for (const [look, width, height, colorScheme] of [["desk", 1280, 860, "light"], ["phone", 390, 844, "light"], ["dark", 1280, 860, "dark"]]) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const seen = watch(await context.newPage());
  for (const [name, url] of Object.entries(kinds)) {
    await seen.goto(url);
    const wide = await seen.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} wider than the window (${look})`);
    const result = await seen.evaluate(`${axe}; axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`);
    for (const { id, impact, nodes } of result.violations) {
      const serious = ["serious", "critical"].includes(impact);
      found += serious;
      console.log(`  axe ${impact}: ${name} (${look}): ${id}: ${nodes[0].html.slice(0, 160)} ${serious ? nodes[0].failureSummary : ""}`);
    }
    if (shots && (look !== "dark" || ["index", "control", "report"].includes(name))) {
      await seen.evaluate(() => document.activeElement?.blur());
      await seen.screenshot({ path: `docs/pages/${name}-${look}.png` });
    }
  }
}
assert.equal(found, 0, "axe found something serious");
assert.deepEqual(errors, [], "an error on the console, or a request that leaves the site");
step(`axe on ${Object.keys(kinds).length} pages at three looks: nothing serious; no error on the console`);
await browser.close();
