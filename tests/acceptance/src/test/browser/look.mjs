// Opens pages in a Chromium and says what is there.
//
// Reads a request from the file that is its argument, and prints the answer, both as JSON:
//   chromium   the program
//   screens    [{ width, scheme }]: the width in pixels, and light or dark
//   look       pages that are looked at on every screen: what axe finds, how far they are wider than
//              the screen, what they ask from elsewhere, which errors they have
//   fit        pages of which only the width is asked, on the narrowest screen
//   steps      what a person does one after the other; each has one answer
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const request = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath: request.chromium });

/** How many pixels a page is wider than the screen. */
const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function open(screen) {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: 900 },
    colorScheme: screen.scheme,
  });
  return context.newPage();
}

async function look(url, screen) {
  const page = await open(screen);
  const elsewhere = [];
  const errors = [];
  page.on('request', (asked) => asked.url().startsWith('file:') || elsewhere.push(asked.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(url);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run({ preload: false }));
  const violations = found.violations.map(
    (one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' ')}`);
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const answer = {
    url, ...screen, violations, elsewhere, errors, background,
    passed: found.passes.length,
    overflow: await overflow(page),
  };
  await page.context().close();
  return answer;
}

const actions = {
  open: (page, url) => page.goto(url).then(() => null),
  fill: (page, [field, text]) => page.fill(field, text).then(() => null),
  press: (page, key) => page.keyboard.press(key).then(() => null),
  click: (page, element) => page.click(element).then(() => null),
  arrive: (page, pattern) => page.waitForURL(pattern).then(() => null),
  url: (page) => page.url(),
  texts: (page, element) => page.locator(element).allTextContents(),
  // Empty where nothing has the focus but the page itself.
  focus: (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className),
  visible: (page, element) => page.locator(element).first().evaluate((one) => {
    const place = one.getBoundingClientRect();
    return place.top >= 0 && place.bottom <= window.innerHeight;
  }),
};

const pages = [];
for (const screen of request.screens) {
  for (const url of request.look) {
    pages.push(await look(url, screen));
  }
}

const narrow = await open(request.screens.reduce((a, b) => (a.width < b.width ? a : b)));
const fit = [];
for (const url of request.fit) {
  await narrow.goto(url);
  fit.push({ url, overflow: await overflow(narrow) });
}

const person = await open(request.screens[0]);
const answers = [];
for (const { action, of } of request.steps) {
  answers.push(await actions[action](person, of));
}

await browser.close();
console.log(JSON.stringify({ pages, fit, answers }));
