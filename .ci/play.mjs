// Works the page of `isomorph play` as a person would, in a real Chromium, and holds it to what it promises. Called by `play`.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values: said } = parseArgs({
  options: {
    tool: { type: "string" }, chromium: { type: "string" }, corpus: { type: "string" }, pictures: { type: "string" },
    // The longest time from a key to its result, in milliseconds, for a schema of the size of GitHub's workflows.
    most: { type: "string" },
  },
});

const folder = mkdtempSync(join(tmpdir(), "isomorph-play-"));

/** The tools that were started; none is left behind, however this ends. */
const started = new Set();
process.on("exit", () => started.forEach((tool) => tool.kill()));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** Starts the tool; gives the address that it prints, and how to end it. */
async function serve(...words) {
  const tool = spawn(said.tool, ["play", ...words], { stdio: ["ignore", "pipe", "inherit"] });
  started.add(tool);
  const url = await new Promise((resolve, reject) => {
    tool.stdout.once("data", (data) => resolve(String(data).trim()));
    tool.once("exit", (code) => reject(new Error(`the tool ended with ${code}`)));
  });
  return { url, end: () => new Promise((resolve) => { tool.once("exit", resolve); tool.kill(); }) };
}

// As root, which CI is, there is no sandbox; and a browser that looks for updates would leave the machine by itself.
const browser = await chromium.launch({
  executablePath: said.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

/** Opens the page of a tool, and notes what must not be: other addresses, errors, dialogs. */
async function open(served, options = {}) {
  const page = await browser.newPage();
  if (options.size) await page.setViewportSize(options.size);
  if (options.scheme) await page.emulateMedia({ colorScheme: options.scheme });
  const wrong = [];
  page.on("request", (request) => { if (!request.url().startsWith(served.url) && !request.url().startsWith("data:")) wrong.push(`asks ${request.url()}`); });
  page.on("console", (message) => {
    // That a question was refused or given up is told on the page.
    if (["error", "warning"].includes(message.type()) && !/Failed to load resource/.test(message.text())) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", async (dialog) => { wrong.push(`says ${dialog.message()}`); await dialog.dismiss(); });
  await page.goto(served.url);
  page.wrong = wrong;
  return page;
}

const text = (name) => `#${name} textarea`;
/** Waits until the page says something. */
const says = (page, selector, words, time = 30_000) =>
  page.waitForFunction(([selector, words]) => document.querySelector(selector).textContent.includes(words), [selector, words], { timeout: time });
/** Waits until something with these words is drawn. */
const draws = (page, selector, words) => page.waitForFunction(([selector, words]) =>
  [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(words)), [selector, words], { timeout: 10_000 });
/** Waits until a text has words. */
const has = (page, name, words, time = 30_000) =>
  page.waitForFunction(([selector, words]) => document.querySelector(selector)?.value.includes(words), [text(name), words], { timeout: time });
/** Puts the caret before the first of some words in a text. */
const caret = (page, name, words) => page.$eval(text(name), (area, words) => {
  area.focus();
  const at = area.value.indexOf(words);
  area.setSelectionRange(at, at);
  area.dispatchEvent(new Event("keyup"));
}, words);
/** Replaces a text, as by pasting. */
const put = (page, name, words) => page.$eval(text(name), (area, words) => {
  area.value = words;
  area.dispatchEvent(new Event("input"));
}, words);

const steps = {
  async "the example shows types, problems and what breaks"(page) {
    await has(page, "types", "pub struct Order");
    await says(page, "#schema-state", "a schema");
    await says(page, "#instance-state", "2 problems");
    await says(page, "#changes-state", "breaking");
    await says(page, "#verdicts", "lost");
    await draws(page, "#instance .wrong", '"payed"');
    assert.equal(await page.$$eval("#instance .number[data-level=error]", (all) => all.map((one) => one.textContent).join()), "✕3,✕5");
  },

  async "what is typed becomes types"(page) {
    await caret(page, "schema", '"note"');
    await page.keyboard.type('"gift": { "type": "boolean" },\n');
    await has(page, "types", "pub gift: Option<bool>");
  },

  async "a mistake in the schema is marked in the margin, and the last types stay"(page) {
    await caret(page, "schema", 'object"');
    await page.keyboard.type("x");
    await says(page, "#schema-state", "1 problem");
    await says(page, "#schema-problems", "xobject");
    const line = (await page.inputValue(text("schema"))).split('"xobject"')[0].split("\n").length;
    await draws(page, "#schema .number[data-level=error]", `✕${line}`);
    assert.ok((await page.inputValue(text("types"))).includes("pub struct Order"));
    await page.click("#schema-problems .go");
    await page.keyboard.type('"object"');
    await says(page, "#schema-state", "a schema");
  },

  async "types and their places in the schema lead to each other"(page) {
    await caret(page, "schema", '"Line": {');
    await says(page, "#linked", "Line: struct");
    assert.equal(await page.textContent("#definitions [aria-current=true] .name"), "Line");
    await draws(page, "#types .line.linked", "pub struct Line");
    await caret(page, "types", "pub enum OrderStatus");
    await says(page, "#linked", "OrderStatus: enum, by shape");
    await draws(page, "#schema .line.linked", '"status"');
    await page.keyboard.press("F12");
    assert.ok(await page.$eval(text("schema"), (area) => area === document.activeElement && area.value.slice(area.selectionStart).startsWith('"status"')));
    // A field and a variant lead to their own places, and those to them.
    await caret(page, "types", "count:");
    await says(page, "#linked", "Line.count, from #/$defs/Line/properties/count");
    await draws(page, "#schema .line.linked", '"count"');
    await caret(page, "schema", '"sent"');
    await says(page, "#linked", "OrderStatus.Sent, from #/properties/status/enum/");
    await draws(page, "#types .line.linked", "Sent");
    await page.fill("#filter", "line");
    assert.equal(await page.$$eval("#definitions .name", (all) => all.map((one) => one.textContent).join()), "Line");
    await page.click("#definitions button");
    await says(page, "#linked", "Line: struct, checked: minimum, from #/$defs/Line");
    await page.fill("#filter", "");
  },

  async "a problem leads to its place, and to the place in the schema that says so"(page) {
    await page.click("#instance-problems .go");
    assert.equal(await page.$eval(text("instance"), (area) => area.value.slice(area.selectionStart, area.selectionEnd)), '"payed"');
    await page.keyboard.press("F8");
    assert.equal(await page.$eval(text("instance"), (area) => area.value.slice(area.selectionStart, area.selectionEnd)), "0");
    await page.click("#instance-problems .more button");
    assert.ok(await page.$eval(text("schema"), (area) => area.value.slice(area.selectionStart).startsWith('"enum"')));
  },

  async "samples come at a click, and can be undone"(page) {
    const before = await page.inputValue(text("instance"));
    await page.click("#sample");
    await says(page, "#instance-state", "✓ valid");
    assert.equal(await page.evaluate(() => document.activeElement.id), "sample");
    await page.focus(text("instance"));
    await page.keyboard.press("Control+z");
    assert.equal(await page.inputValue(text("instance")), before);
    await page.click("#broken");
    await says(page, "#instance-state", "1 problem");
    await page.selectOption("#of", "#/$defs/Line");
    await page.click("#sample");
    await has(page, "instance", '"count"');
    await says(page, "#instance-state", "✓ valid");
    await page.selectOption("#of", "");
    await says(page, "#instance-state", "problem");
  },

  async "what a change breaks is told, with what shows it"(page) {
    await page.click("#keep");
    await says(page, "#changes-state", "nothing changed");
    await caret(page, "schema", ', "lost"');
    for (let key = 0; key < ', "lost"'.length; key++) await page.keyboard.press("Delete");
    await says(page, "#changes-state", "breaking");
    await says(page, "#verdicts pre", "lost");
    await page.click("#changes-view [data-view=before]");
    assert.ok(await page.isVisible(text("before")));
    await put(page, "before", '{"type": 1}');
    await says(page, "#changes-state", "the schema before");
    await page.click("#changes-view [data-view=verdicts]");
  },

  async "settings are switches, and lines of a manifest"(page) {
    await page.click("#open-settings");
    await page.check("[name=switch-undeclared][value=keep]");
    assert.ok((await page.textContent("#manifest")).includes('undeclared = "keep"'));
    await page.check("[name=switch-constructors][value=true]");
    await has(page, "types", "builder()");
    await page.screenshot({ path: join(said.pictures, "settings.png") });
    await page.click("#reset-settings");
    assert.ok(!(await page.textContent("#manifest")).includes("undeclared"));
    await page.keyboard.press("Escape");
    assert.ok(!(await page.isVisible("#settings")));
    await page.waitForFunction((selector) => !document.querySelector(selector).value.includes("builder()"), text("types"));
  },

  async "schemas and instances may be YAML"(page) {
    await put(page, "schema", "type: object\nproperties:\n  name: {type: string}\n  level: {type: integr}\n");
    await says(page, "#schema-problems", "integr");
    await draws(page, "#schema .number[data-level=error]", "✕4");
    await put(page, "schema", "title: Card\ntype: object\nproperties:\n  name: {type: string}\n  level: {type: integer}\n");
    await has(page, "types", "pub level: Option<i64>");
    await put(page, "instance", "name: Ada\nlevel: high\n");
    await says(page, "#instance-state", "1 problem");
    await draws(page, "#instance .wrong", "high");
  },

  async "nothing that a schema or an instance says becomes markup"(page) {
    const script = "</script></textarea><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>";
    await put(page, "schema", JSON.stringify({
      title: script, description: script, type: "object", required: [script],
      properties: { [script]: { enum: [script], description: script }, constructor: { type: "string" }, __proto__x: { type: "string" } },
      $defs: { [script]: { type: "integer", maximum: 3, description: script } },
    }, null, 2));
    await has(page, "types", "alert(1)");
    await put(page, "instance", JSON.stringify({ [script]: script + script, __proto__: 1 }, null, 2));
    await says(page, "#instance-state", "problem");
    await page.click("#keep");
    await put(page, "schema", JSON.stringify({ title: script, required: [script, `${script}2`], enum: [{ [script]: script }] }, null, 2));
    await says(page, "#verdicts", "alert(1)");
    await page.waitForTimeout(300);
    assert.deepEqual(await page.evaluate(() => ["script", "img", "svg", "iframe", "object"].map((name) => document.querySelectorAll(name).length)), [1, 0, 0, 0, 0]);
  },

  async "a schema that leads to itself, and one of ten thousand definitions, are survived"(page) {
    await put(page, "schema", '{"allOf": [{"$ref": "#"}]}');
    await says(page, "#schema-state", "problem");
    const all = Object.fromEntries(Array.from({ length: 10_000 }, (_, number) => [`Thing${number}`, { type: "string", maxLength: number + 1 }]));
    await put(page, "schema", JSON.stringify({ $defs: all }, null, 1));
    await page.waitForFunction(() => document.querySelector("#types-state").textContent.includes("10,000 types") || !document.querySelector("#types-limit").hidden, null, { timeout: 60_000 });
    await put(page, "schema", '{"title": "After", "type": "object"}');
    await has(page, "types", "pub struct After", 60_000);
  },

  async "a schema of two megabytes is answered, or given up in words, and the page stays quick"(page) {
    const entry = (number) => ({
      type: "object", description: "What is said of it. ".repeat(12), required: ["name"], additionalProperties: false,
      properties: { name: { type: "string" }, count: { type: "integer", minimum: number }, kind: { enum: ["a", "b", `c${number}`] } },
    });
    const all = {};
    for (let number = 0; JSON.stringify(all).length < 2_000_000; number += 100) {
      for (let next = number; next < number + 100; next++) all[`Entry${next}`] = entry(next);
    }
    const begun = Date.now();
    await put(page, "schema", JSON.stringify({ $defs: all, $ref: "#/$defs/Entry7" }, null, 1));
    await page.waitForFunction(() => / types: /.test(document.querySelector("#types-state").textContent) && document.querySelector("#types textarea").value.includes("Entry7")
      || !document.querySelector("#types-limit").hidden, null, { timeout: 120_000 });
    const took = Date.now() - begun;
    const words = await page.isVisible("#types-limit") ? await page.textContent("#types-limit") : "types";
    // To draw what is seen of it takes no longer than of a page.
    const drawn = await page.evaluate(async () => {
      const area = document.querySelector("#schema textarea");
      const before = performance.now();
      area.scrollTop = 100_000;
      area.dispatchEvent(new Event("scroll"));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return [performance.now() - before, document.querySelectorAll("#schema .line").length];
    });
    assert.ok(drawn[0] < 1000 && drawn[1] < 200, String(drawn));
    console.log(`play: two megabytes: ${words} in ${took} ms; scrolled in ${Math.round(drawn[0])} ms`);
    await put(page, "schema", '{"title": "Small", "type": "object"}');
    await has(page, "types", "pub struct Small", 60_000);
  },

  async "keys reach everything"(page) {
    for (const [key, name] of [["1", "schema"], ["2", "types"], ["3", "instance"]]) {
      await page.keyboard.press(`Alt+${key}`);
      assert.ok(await page.$eval(text(name), (area) => area === document.activeElement), name);
    }
    await page.keyboard.press("Alt+4");
    assert.equal(await page.evaluate(() => document.activeElement.id), "verdicts");
    const reached = new Set();
    for (let tab = 0; tab < 60; tab++) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("aria-label") || ""));
    }
    for (const id of ["theme", "open-settings", "open-keys", "The schema", "The Rust types, to be read", "The instance", "copy", "filter", "sample", "broken", "keep", "of"]) {
      assert.ok(reached.has(id), `${id}: ${[...reached]}`);
    }
  },

  async "the parts share the page as they are told to"(page) {
    const width = () => page.$eval("#pane-schema", (pane) => pane.getBoundingClientRect().width);
    const before = await width();
    await page.focus("#across");
    for (let key = 0; key < 5; key++) await page.keyboard.press("ArrowRight");
    const wider = await width();
    assert.ok(wider > before + 50, `${before} ${wider}`);
    const box = await page.locator("#across").boundingBox();
    await page.mouse.move(box.x + 4, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(500, box.y + 100, { steps: 4 });
    await page.mouse.up();
    assert.ok(Math.abs(await width() - 492) < 30, String(await width()));
  },

  async "everything has a name, and no two have one id"(page) {
    const nameless = await page.$$eval("button, select, input, textarea", (all) => all.filter((one) =>
      !(one.getAttribute("aria-label") || one.textContent.trim() || one.closest("label")?.textContent.trim())).map((one) => one.outerHTML));
    assert.deepEqual(nameless, []);
    const ids = await page.$$eval("[id]", (all) => all.map((one) => one.id));
    assert.equal(new Set(ids).size, ids.length);
  },
};

/** How much lighter one colour is than another, by WCAG. */
function contrast(one, other) {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).slice(0, 3).map(Number).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, bright] = [light(one), light(other)].sort((one, other) => one - other);
  return (bright + 0.05) / (dark + 0.05);
}

/** The page looks as it should, light and dark, wide and narrow. */
async function looks(served) {
  for (const scheme of ["light", "dark"]) {
    const page = await open(served, { scheme, size: { width: 1440, height: 900 } });
    await says(page, "#changes-state", "breaking");
    await caret(page, "schema", '"article": {');
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(said.pictures, `${scheme}.png`) });
    const pairs = await page.evaluate(() => {
      const probe = document.createElement("span");
      document.body.append(probe);
      const value = (name) => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
      const inks = ["text", "faint", "accent", "error", "warning", "fine", "key", "string", "number", "word", "type", "comment"];
      return inks.flatMap((ink) => ["pane", "raised", "linked"].map((ground) => [ink, ground, value(ink), value(ground)]));
    });
    for (const [ink, ground, one, other] of pairs) {
      assert.ok(contrast(one, other) >= 4.5, `${scheme}: ${ink} on ${ground} is ${contrast(one, other).toFixed(2)}`);
    }
    assert.deepEqual(page.wrong, []);
    await page.close();
  }
  const page = await open(served, { size: { width: 390, height: 780 } });
  await says(page, "#instance-state", "2 problems");
  for (const pane of ["schema", "types", "instance", "changes"]) {
    await page.click(`#tabs [data-pane=${pane}]`);
    assert.deepEqual(await page.$$eval(".pane", (all) => all.filter((one) => one.checkVisibility()).map((one) => one.id)), [`pane-${pane}`]);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${pane} is wider than the screen`);
    await page.waitForTimeout(100);
    await page.screenshot({ path: join(said.pictures, `narrow-${pane}.png`) });
  }
  assert.deepEqual(page.wrong, []);
  await page.close();
}

/** How long it takes from a key to its result, of a schema that people have. */
async function quick() {
  const schema = join(said.corpus ?? "", "github-workflow", "schema.json");
  if (!existsSync(schema)) return console.log("play: from key to result: skipped: no corpora");
  const served = await serve(schema);
  const page = await open(served);
  await has(page, "types", "pub struct");
  await says(page, "#changes-state", "nothing changed");
  // The text that is typed into, and what comes of it; there is a new description with every key.
  await caret(page, "schema", "The name of your workflow");
  const times = [];
  for (let key = 0; key < 15; key++) {
    await page.evaluate(() => {
      window.took = new Promise((resolve) => {
        document.querySelector("#schema textarea").addEventListener("input", () => {
          const begun = performance.now();
          // It is told that the types are here, and they are drawn in the next frame.
          const here = new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun))));
          here.observe(document.querySelector("#took"), { childList: true, subtree: true, characterData: true });
        }, { once: true, capture: true });
      });
    });
    await page.keyboard.type("x");
    times.push(await page.evaluate(() => Promise.race([window.took, new Promise((resolve) => setTimeout(resolve, 20_000, Infinity))])));
    await page.waitForTimeout(500);
  }
  times.sort((one, other) => one - other);
  const median = times[Math.floor(times.length / 2)];
  console.log(`play: from key to result, GitHub's workflows: ${Math.round(median)} ms (median of ${times.length}; ${Math.round(times[0])} to ${Math.round(times.at(-1))})`);
  await page.screenshot({ path: join(said.pictures, "workflow.png") });
  assert.ok(times.at(-1) < Infinity, "nothing came of a key");
  if (said.most) assert.ok(median <= Number(said.most), `${median} ms`);
  assert.deepEqual(page.wrong, []);
  await page.close();
  await served.end();
}

let failed = 0;
async function step(name, work) {
  const begun = Date.now();
  try {
    await work();
    console.log(`play: ok: ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.log(`play: FAILED: ${name}\n${error.stack}`);
  }
}

const served = await serve();
await step("the page looks as it should", () => looks(served));
const page = await open(served, { size: { width: 1440, height: 900 } });
for (const [name, work] of Object.entries(steps)) {
  const before = failed;
  await step(name, async () => {
    await work(page);
    assert.deepEqual(page.wrong, []);
  });
  if (failed > before) await page.screenshot({ path: join(said.pictures, `failed-${failed}.png`) });
}
await step("files that are named are shown, and what they refer to is there", async () => {
  writeFileSync(join(folder, "order.json"), '{"title": "Order", "type": "object", "properties": {"line": {"$ref": "line.json"}}}');
  writeFileSync(join(folder, "line.json"), '{"type": "object", "properties": {"count": {"type": "integer"}}}');
  const named = await serve(join(folder, "order.json"));
  const page = await open(named);
  await has(page, "types", "pub struct Line");
  // An instance is made where none is named.
  await says(page, "#instance-state", "✓ valid");
  assert.deepEqual(page.wrong, []);
  await page.close();
  await named.end();
});
await step("it is quick", quick);
await step("that the tool has ended is told", async () => {
  await served.end();
  await put(page, "schema", "{}");
  await page.waitForSelector("#lost:not([hidden])");
});
await browser.close();
rmSync(folder, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
