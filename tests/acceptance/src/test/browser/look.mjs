// Opens pages in a Chromium and says what is there.
//
// Reads a request from the file that is its argument, and prints the answer, both as JSON:
//   chromium   the program
//   screens    [{ width, scheme }]: the width in pixels, and light or dark
//   look       pages that are looked at on every screen: what axe finds, how far they are wider than
//              the screen, what they ask from elsewhere, which errors they have, which words are
//              broken; and how they are printed
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

/** Words of a table that stand on two lines, though a line has room for them. */
const broken = (page) =>
  page.evaluate(() => {
    const words = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.parentElement.closest('td, th')) continue;
      for (const word of text.data.matchAll(/\S{2,36}(?!\S)/g)) {
        if (word.index > 0 && /\S/.test(text.data[word.index - 1])) continue;
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((place) => Math.round(place.top)));
        // A browser may part a word at a hyphen or a slash.
        if (lines.size > 1 && !/[-/]/.test(word[0])) words.push(word[0]);
      }
    }
    return words;
  });

/** What a sheet of paper shows: A4 within its margins. */
async function print(page) {
  await page.setViewportSize({ width: 718, height: 1040 });
  await page.emulateMedia({ media: 'print' });
  return { overflow: await overflow(page), broken: await broken(page) };
}

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
    broken: await broken(page),
  };
  answer.print = await print(page);
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
