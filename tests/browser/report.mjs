// Reports in a browser and on paper:
//
//   node report.mjs FILE.html...
//
// html-validate finds no error and axe-core nothing serious; the page asks for nothing but itself and runs no script of its
// own; nothing is wider than the screen or the paper; what is read aloud is in the file's language. Chromium is Debian's.
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import axe from "axe-core";
import path from "node:path";
import { pathToFileURL } from "node:url";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    "long-title": "off", // the title is the answer
    "no-inline-style": "error",
  },
});
const A4 = { width: 688, height: 1000 }; // 182 mm at 96 dots an inch

let passed = 0;
let failed = 0;
function ok(condition, name, detail) {
  console.log(`${condition ? "ok" : "not ok"} - ${name}`);
  passed += condition ? 1 : 0;
  failed += condition ? 0 : 1;
  if (!condition && detail) console.log(`# ${detail}`);
}

// What of a page is cut off or stands over its edge, as words.
function overflowing() {
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll("main *")]
    .filter((e) => e.getBoundingClientRect().right > width + 1 || (e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1))
    .map((e) => `${e.tagName}: ${e.textContent.slice(0, 40)}`);
}

async function look(browser, file) {
  const name = path.basename(file);
  const report = await validator.validateFile(file);
  const errors = report.results.flatMap((r) => r.messages).map((m) => `${m.ruleId} ${m.line}:${m.column} ${m.message}`);
  ok(report.valid, `${name} is valid HTML`, errors.slice(0, 5).join("\n# "));

  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(pathToFileURL(path.resolve(file)).href);
  const others = asked.filter((url) => !url.startsWith("data:")).slice(1);
  ok(others.length === 0 && complaints.length === 0, `${name} asks for nothing`, [...others, ...complaints].join("\n# "));
  ok(await page.evaluate(() => [...document.images].every((i) => i.complete && i.naturalWidth > 0)), `${name} shows its pictures`);

  let wide = await page.evaluate(overflowing);
  ok(wide.length === 0, `${name} fits the screen`, wide.slice(0, 5).join("\n# "));
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(A4);
  wide = await page.evaluate(overflowing);
  ok(wide.length === 0, `${name} fits the paper`, wide.slice(0, 5).join("\n# "));
  await page.emulateMedia({ media: "screen" });

  // The policy of the file forbids scripts; axe is run by the debugger, which it does not bind.
  await page.evaluate(`{ ${axe.source} }`);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
  ok(serious.length === 0, `${name} can be read by everyone`,
    serious.map((v) => `${v.id} (${v.nodes.length}): ${v.help}; ${v.nodes[0].html.slice(0, 80)}`).join("\n# "));
  await page.close();
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromiumSandbox: false });
for (const file of process.argv.slice(2)) await look(browser, file);
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
