import { describe, expect, test } from 'vitest';
import { stateName } from '../../src/board/page/names.ts';
import type { DeliveryState } from '../../src/store/schema.ts';
import { catalogue, closeOf } from '../cards/stories.ts';
import { health, nvidiaEn, quotes, togetherKo, viewOf } from './board-view.ts';
import { openBoard, pageOf, textOf } from './open-board.ts';

/** The compiler asks for every state that there is. */
const STATES: Record<DeliveryState, true> = {
  pending: true,
  leased: true,
  quiet: true,
  unsure: true,
  sent: true,
  merged: true,
  summed: true,
  withdrawn: true,
  muted: true,
  expired: true,
  gone: true,
  failed: true,
};

/** Discord has less room for the second half of a row. */
const allTexts = ({ card }: typeof nvidiaEn, isBrief: boolean): string[] => [
  card.title,
  ...card.lead,
  ...card.sections.flatMap(({ heading, hint, rows }) => [
    heading,
    ...(hint === undefined ? [] : [hint]),
    ...rows.flatMap(({ label, text, aside = '', asideInFull = aside }) => [label, text, isBrief ? aside : asideInFull]),
  ]),
  ...card.footer,
];

describe.each(['', '?style=discord', '?style=slack', '?style=unknown'])('the cards at /%s', (query) => {
  test('have the text of the chats, newest first, each in its language', async () => {
    const page = await pageOf(await openBoard(), `/${query}`);
    const text = textOf(page);
    for (const posted of [nvidiaEn, togetherKo]) {
      for (const part of allTexts(posted, query === '?style=discord')) expect(text).toContain(part);
      expect(page).toContain(`<div lang="${posted.language}">`);
    }
    expect(page.indexOf('id="card-7"')).toBeLessThan(page.indexOf('id="card-3"'));
    expect(page.match(/<svg xmlns/g)?.length).toBeGreaterThanOrEqual(2);
    expect(page).toContain(`<figcaption class="aloud">${nvidiaEn.card.picture?.alt}</figcaption>`);
  });
});

describe.each(catalogue.languages)('the pages that bring the bot in, in %s', (language) => {
  const words = catalogue.in(language);

  test('are linked, each with what it is for', async () => {
    const invitations = [
      { to: 'server', url: 'https://discord.com/oauth2/authorize?client_id=1&scope=bot' },
      { to: 'workspace', url: 'https://api.slack.com/apps?new_app=1' },
    ] as const;
    const page = await pageOf(await openBoard({ view: viewOf({ invitations: () => invitations }), language }), '/');
    expect(page).toContain(
      `<a href="https://discord.com/oauth2/authorize?client_id=1&amp;scope=bot" rel="noreferrer">${words.say('invite.server-open')}</a>`,
    );
    expect(page).toContain(
      `<a href="${invitations[1].url}" rel="noreferrer">${words.say('invite.workspace-open')}</a>`,
    );
    expect(textOf(page)).toContain(words.say('invite.server-what'));
    expect(textOf(page)).toContain(words.say('board.invitations'));
  });

  test('are no heading where there is none', async () => {
    expect(textOf(await pageOf(await openBoard({ language }), '/'))).not.toContain(words.say('board.invitations'));
  });
});

test('a style shows the cards as its platform does, and no other', async () => {
  const board = await openBoard();
  const main = async (path: string): Promise<string> => (await pageOf(board, path)).split('<main>')[1] ?? '';
  expect(await main('/')).toContain('class="card edge-red"');
  expect(await main('/?style=discord')).toContain('class="container edge-red"');
  expect(await main('/?style=slack')).toContain('class="chat slack"');
  expect(await main('/?style=slack')).not.toContain('class="card edge-red"');
});

test('sources are https links without a referrer', async () => {
  const page = await pageOf(await openBoard(), '/');
  expect(page).toContain('<a href="https://www.sec.gov/googl" rel="noopener noreferrer">Apr–Jun · 23 Jul ');
});

test('a card shows the state of its delivery to each channel', async () => {
  const text = textOf(await pageOf(await openBoard(), '/'));
  expect(text).toContain('Discord: sent');
  expect(text).toContain('Slack: waiting (asked to wait 30 s)');
});

test.each(Object.keys(STATES))('the delivery state %s has a text in every language', (state) => {
  for (const language of catalogue.languages) {
    expect(stateName(catalogue.in(language), state)).toBe(catalogue.in(language).say(`board.state.${state}`));
  }
});

describe('the table', () => {
  test('has a row for every symbol, with units, signs and the time of the trade', async () => {
    const page = await pageOf(await openBoard(), '/');
    const rows = [...page.matchAll(/<tr>\s*<th scope="row">.*?<\/tr>/gs)].map(([row]) =>
      textOf(row)
        .replace(/\s*\n\s*/g, ' | ')
        .trim(),
    );
    expect(rows).toEqual([
      '| NVDANvidia | 103.7316:00 | −7.0% | −23.5% | 28 |',
      '| IXICNasdaq | 17,147.4216:00 | −1.3% | −8.0% | 14 |',
      '| MAG7Magnificent Seven | $14.9T29 Jul | +0.1% | –not known | –not known |',
      '| TSLATesla | –not known | –not known | –not known | –not known |',
    ]);
    expect(page).toContain('<th scope="col">From peak</th>');
    expect(page).toContain('<time datetime="2024-07-30T20:00:00.000Z" title="30 Jul 2024 16:00 New York">16:00</time>');
  });

  test('has the date of a trade on a later day than that of the page, as when the clock was set back', async () => {
    const later = quotes.slice(0, 1).map((quote) => ({ ...quote, at: closeOf('2024-07-31') }));
    const page = await pageOf(await openBoard({ view: viewOf({ quotes: async () => later }) }), '/');
    expect(page).toContain('title="31 Jul 2024 16:00 New York">31 Jul</time>');
  });

  test('shows the problem of a symbol below its row', async () => {
    expect(textOf(await pageOf(await openBoard(), '/'))).toContain('⚠ Yahoo answered with price 0');
  });
});

describe('without prices', () => {
  const empty = quotes.map(({ symbol, name, unit }) => ({ symbol, name, unit }));

  test('a banner says so, why, and that it keeps trying', async () => {
    const noPricesBecause = 'Yahoo cannot be reached (connection refused)';
    const view = viewOf({ quotes: async () => empty, health: async () => ({ ...health, noPricesBecause }) });
    const text = textOf(await pageOf(await openBoard({ view }), '/'));
    expect(text).toContain('No prices right now');
    expect(text).toContain(noPricesBecause);
    expect(text).toContain('Slidewatch keeps trying.');
    expect(text).toContain('Last price: 30 Jul 2024 16:00 New York.');
  });

  test('before the first price, the banner says that none has arrived', async () => {
    const view = viewOf({ quotes: async () => empty });
    expect(textOf(await pageOf(await openBoard({ view }), '/'))).toContain('None has arrived yet.');
  });

  test('there is no banner once there are prices', async () => {
    expect(await pageOf(await openBoard(), '/')).not.toContain('No prices right now');
  });
});

test('with nothing posted yet, the page says so', async () => {
  const view = viewOf({ cards: async () => [] });
  expect(textOf(await pageOf(await openBoard({ view }), '/'))).toContain('No slides yet.');
});

test('the health strip says that a platform is not connected, since when and why, and not that it works', async () => {
  const disconnected = { since: Date.parse('2024-07-30T14:04:00Z'), reason: 'The port <b>3000</b> is taken.' };
  const platforms = [
    { name: 'slack', state: 'on', disconnected, notes: [{ text: 'Shared with another copy.', key: 'unknown' }] },
  ] as const;
  const view = viewOf({ health: async () => ({ ...health, platforms }) });
  const text = textOf(await pageOf(await openBoard({ view }), '/'));
  expect(text).toMatch(
    /Slack not connected since 30 Jul 2024.*10:04.*\(The port <b>3000<\/b> is taken\.\) Shared with another copy\./,
  );
  expect(text).not.toContain('Slack working');
});

test('the health strip shows counts above zero and failing parts', async () => {
  const sources = [{ name: 'yahoo', ok: false, detail: 'connection refused' }];
  const view = viewOf({ health: async () => ({ ...health, sources }) });
  const text = textOf(await pageOf(await openBoard({ view }), '/'));
  expect(text).toContain('Yahoo failing (connection refused)');
  expect(text).toContain('Slack not working (rate limited)');
  expect(text).toContain('12 sent');
  expect(text).toContain('3 price is 0');
  expect(text).not.toContain('0 expired');
  expect(text).toContain('31 Jul 2024');
});

test('the page around the cards is in the configured language, or in English if there is none', async () => {
  const korean = await pageOf(await openBoard({ language: 'ko' }), '/');
  expect(korean).toContain('<html lang="ko" class="falls-blue">');
  expect(textOf(korean)).toContain('엔비디아');
  expect(textOf(korean)).toContain('다음 거래일');
  expect(textOf(korean)).toContain('보드');
  expect(await pageOf(await openBoard({ language: 'xx' }), '/')).toContain('<html lang="en">');
});

test('the page loads nothing from other servers', async () => {
  const page = await pageOf(await openBoard(), '/');
  const loaded = [...page.matchAll(/\b(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)/g)].map(
    ([, address = '']) => address,
  );
  const links = [...page.matchAll(/<a href="([^"]+)"/g)].map(([, address]) => address);
  expect(loaded.length).toBeGreaterThan(links.length);
  for (const address of loaded)
    if (!links.includes(address)) expect(address).toMatch(/^(?:\/font\/|\/feed\.atom\?|data:|#)/);
});

test('the newest twenty cards are shown, and a place that a card has reached is marked', async () => {
  const cards = Array.from({ length: 30 }, (_, n) => ({ ...nvidiaEn, id: n + 1 }));
  const view = viewOf({ cards: async (limit) => cards.slice(0, limit) });
  const page = await pageOf(await openBoard({ view }), '/');
  expect(page.match(/<article id="card-/g)).toHaveLength(20);
  expect(page).toContain('<span class="place arrived">Discord');
  expect(page).not.toContain('<span class="place arrived">Slack');
});

test('a fall of half or more fills its bar, and a rise leaves it empty', async () => {
  const [nvidia] = quotes;
  if (!nvidia) throw new Error('expected a quote');
  const widthAt = async (price: number) => {
    const view = viewOf({ quotes: async () => [{ ...nvidia, price, peak: 100e6 }] });
    return /<rect width="([^"]+)" height="4" rx="2" fill/.exec(await pageOf(await openBoard({ view }), '/'))?.[1];
  };
  expect([await widthAt(75e6), await widthAt(30e6), await widthAt(110e6)]).toEqual(['50.0%', '100.0%', '0.0%']);
});
