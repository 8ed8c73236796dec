import { expect, test } from 'vitest';
import { decodeCall } from '../../src/cards/call.ts';
import { type Card, TITLE_LIMIT } from '../../src/cards/card.ts';
import { renderContent } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { askingAt, cardAt, problemAt } from './asking.ts';
import { cardOf } from './market-context.ts';

const NOW = '2026-11-27T20:00:00Z';

/** All pages, as the button "Next" leads through them. */
const pagesIn = async (language: string): Promise<Card[]> => {
  const { question: ask } = askingAt({ at: NOW, language });
  const next = loadCatalogue().in(language).say('answer.button.next');
  const pages: Card[] = [];
  for (let call = decodeCall('ask?name=facts+article'); call; ) {
    const card = cardOf(await ask(call.name, { ...call.options }));
    pages.push(card);
    call = decodeCall(card.actions?.find(({ label }) => label === next)?.call ?? '');
  }
  return pages;
};

/** Letters and digits alone, without a platform's markup. */
const plain = (text: string): string => text.replaceAll('&amp;', '').replaceAll(/[^\p{L}\p{N}]/gu, '');

const rowsOf = (card: Card) => card.sections.flatMap(({ rows }) => rows);

test.each(['en', 'ko'])(
  'each of the 59 figures is on one page, and no platform leaves a line out (%s)',
  async (language) => {
    const pages = await pagesIn(language);
    const texts = pages.flatMap((card) => rowsOf(card).map(({ text }) => text));
    expect(texts).toHaveLength(59);
    for (const card of pages) {
      expect(card.title.length).toBeLessThan(TITLE_LIMIT);
      const { body } = renderContent(card, undefined);
      const blocks = renderCard(card).blocks();
      for (const message of [JSON.stringify(body), JSON.stringify(blocks)]) {
        for (const { text } of rowsOf(card)) expect(plain(message)).toContain(plain(text));
        expect(message).not.toMatch(/… (and|외)/);
      }
    }
  },
);

test('a row says what is so and where it stands', async () => {
  const card = await cardAt('facts article 2', NOW);
  expect(card.title).toBe('The article of 5 Aug 2024, figure by figure');
  expect(card.lead).toEqual([
    '59 figures: 12 right, 16 rounded, 7 on another basis, 9 wrong, 15 that cannot be checked first-hand.',
    'Page 2 of 9',
  ]);
  expect(card.sections.map(({ heading }) => heading)).toEqual(['Nvidia', 'Microsoft']);
  expect(rowsOf(card)).toContainEqual({
    label: 'Another basis',
    text: 'Capex of 13.9 billion in the quarter, up 55% with finance leases → Both numbers are of cash purchases without leases; with leases it is 19.0 billion, up 78%. The sentence was lost in translation.',
    aside: '$13.9B capex (cash), Apr–Jun 2024, reported 30 Jul 2024',
    link: 'https://www.sec.gov/Archives/edgar/data/789019/000095017024087835/msft-ex99_1.htm',
  });
});

test('a figure that is right needs no more words; one that no source has has no link', async () => {
  const rows = (await pagesIn('en')).flatMap(rowsOf);
  expect(rows).toContainEqual({
    label: 'Right',
    text: '10.7 billion in the same quarter a year before',
    aside: '$10.7B capex (incl. leases), Apr–Jun 2023, reported 25 Jul 2023',
    link: 'https://www.microsoft.com/en-us/investor/events/fy-2023/earnings-fy-2023-q4',
  });
  expect(rows).toContainEqual(
    expect.objectContaining({
      text: 'Revenue of search and other advertising up 14% → 48,509 million; the ledger keeps advertising as a whole.',
      aside: 'Alphabet results 2024 Q2, 8-K exhibit 99.1',
      link: 'https://www.sec.gov/Archives/edgar/data/1652044/000165204424000076/googexhibit991q22024.htm',
    }),
  );
  expect(rows).toContainEqual({ label: 'Not confirmed', text: '55 of them were funded → From the same count.' });
});

test('the pages lead to each other, and others are refused', async () => {
  const labels = async (page: number) =>
    (await cardAt(`facts article ${page}`, NOW)).actions?.map(({ label }) => label);
  expect(await labels(1)).toEqual(['Next']);
  expect(await labels(9)).toEqual(['Back']);
  expect(await problemAt('facts article 10', { at: NOW })).toBe("There is no page '10'. Enter a number from 1 to 9.");
});
