import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { styleSheet } from '../../src/board/page/assets.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { root } from '../../src/util/read-config.ts';
import { catalogue } from '../cards/stories.ts';
import { browserPath } from './browser.ts';
import { everyCard } from './cards.ts';
import { writeContactSheet } from './contact-sheet.ts';
import { cardPage, cardsPage, type Device } from './pages.ts';
import { everyPicture } from './pictures.ts';
import { slideOn } from './recorded.ts';

/** As the files of cards name them. */
const CARD_KINDS = new Set(
  globSync('src/cards/**/*-card.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^ +kind: '([\w-]+)',$/gm)].map(([, kind = '']) => kind),
  ),
);

test.each(catalogue.languages)('the sheet in %s has a card of every kind', async (language) => {
  const shown = new Set((await everyCard(language)).map(({ card }) => card.kind));
  expect(CARD_KINDS.size).toBeGreaterThan(25);
  expect([...CARD_KINDS.difference(shown)]).toEqual([]);
});

test('the sheet has a picture of every kind of chart, and each only once', async () => {
  const pictures = everyPicture(await everyCard('en'));
  for (const [kind, named] of Object.entries(pictures)) {
    expect(named.size, kind).toBeGreaterThan(0);
    expect(new Set([...named.values()].map((it) => JSON.stringify(it))).size).toBe(named.size);
  }
  expect([...pictures.bars.values()].some(({ companies }) => companies.length === 30)).toBe(true);
  expect([...pictures.bars.keys()]).toEqual(
    expect.arrayContaining(['roll-up of falls', 'roll-up of a mixed day', 'roll-up of rises']),
  );
});

test('a folder that cannot be written is refused in one line that names the file', async () => {
  const refused = writeContactSheet({ folder: join(root, 'package.json', 'sheet') });
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow(/^cannot write .*inter-400\.ttf \(ENOTDIR\); choose another folder with --to$/);
});

test('the page of a phone has the narrow style at any width of its window, that of a desktop only in a narrow one', async () => {
  const narrow = '@media screen and (max-width: 560px)';
  const pageOf = async (device: Device) => String(await cardsPage([], { language: 'en', style: 'discord', device }));
  expect(await pageOf('phone')).not.toContain(narrow);
  expect(await pageOf('desktop')).toContain(narrow);
});

test('a single card has the styles of its language', async () => {
  for (const [language, falls] of [
    ['en', 'red'],
    ['ko', 'blue'],
  ] as const) {
    const card = buildCard([slideOn('NVDA', '2024-07-30')], language, catalogue);
    const page = String(await cardPage(card, language, 'discord'));
    expect(page).toContain(styleSheet('system', falls).replaceAll('url(/font/', 'url(font/'));
  }
});

test('a browser that is not there is none', () => {
  expect(browserPath(join(root, 'no-browser'))).not.toBe(join(root, 'no-browser'));
  expect(browserPath(join(root, 'package.json'))).toBe(join(root, 'package.json'));
});

test.each([
  ['README.md', 'en'],
  ['README.ko.md', 'ko'],
])(
  '%s shows a card on both platforms and the board, in pictures below 150 kB that say what they show',
  (readme, language) => {
    const text = readFileSync(join(root, readme), 'utf8');
    const pictureOf = (name: string): RegExp =>
      new RegExp(`<img src="docs/images/${name}\\.${language}\\.png" width="\\d+" alt="[^"]{60,}">`);
    expect(text.split('\n## ', 1)[0]).toMatch(pictureOf('card-discord'));
    for (const name of ['card-discord', 'card-slack', 'board']) {
      expect(text).toMatch(pictureOf(name));
      const png = readFileSync(join(root, `docs/images/${name}.${language}.png`));
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(png.length).toBeLessThan(150_000);
    }
  },
);
