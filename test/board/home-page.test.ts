import { describe, expect, test } from 'vitest';
import type { QuoteLine } from '../../src/board/board-view.ts';
import { stateName } from '../../src/board/page/names.ts';
import type { DeliveryState } from '../../src/store/schema.ts';
import { catalogue } from '../cards/stories.ts';
import { companies, ledger } from '../facts/samples.ts';
import { health, NOW, nvidiaEn, quotes, togetherKo, viewOf } from './board-view.ts';
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
  test('are the newest with the text of the chats, and earlier ones with title and first line, each in its language', async () => {
    const page = await pageOf(await openBoard(), `/${query}`);
    const text = textOf(page);
    for (const part of allTexts(nvidiaEn, query === '?style=discord')) expect(text).toContain(part);
    expect(page).toContain('<div lang="en">');
    expect(text).toContain(togetherKo.card.title);
    expect(text).toContain(togetherKo.card.lead[0]);
    const keepsStyle = ['?style=discord', '?style=slack'].includes(query);
    expect(page).toContain(`href="/card/3${keepsStyle ? query : ''}" lang="ko"`);
    expect(page.indexOf('id="card-7"')).toBeLessThan(page.indexOf('id="card-3"'));
    expect(page.match(/<svg xmlns/g)?.length).toBeGreaterThanOrEqual(1);
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
  const main = async (path: string): Promise<string> => (await pageOf(board, path)).split('<main ')[1] ?? '';
  expect(await main('/')).toContain('class="card edge-red"');
  expect(await main('/?style=discord')).toContain('class="container edge-red"');
  expect(await main('/?style=slack')).toContain('class="chat slack"');
  expect(await main('/?style=slack')).not.toContain('class="card edge-red"');
});

test('sources are https links without a referrer', async () => {
  const page = (await pageOf(await openBoard(), '/')).replaceAll('\u00a0', ' ').replaceAll('\u2060', '');
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

/** Rows of the price table as a reader sees them, cells between bars. */
const rowsOf = (page: string): string[] =>
  [...page.matchAll(/<tr[^>]*>\s*<th scope="row">.*?<\/tr>/gs)].map(([row]) =>
    textOf(row)
      .trim()
      .replace(/\s*\n\s*/g, ' | '),
  );

const symbolsOf = (page: string): string[] =>
  [...page.matchAll(/href="\/symbol\/(\w+)"/g)].map(([, name = '']) => name);

describe('the table', () => {
  test('has a row for every symbol, with units, signs, and the time of a trade that is older than the newest', async () => {
    const page = await pageOf(await openBoard(), '/');
    expect(rowsOf(page)).toEqual(
      [
        'NvidiaNVDA |  | 103.73 | −7.0% | −23.5% | 28',
        'TeslaTSLA |  | –not known | –not known | –not known | –not known',
        'NasdaqIXIC |  | 17,147.42 | −1.3% | −8.0% | 14',
        'Magnificent SevenMAG7 |  | $14.9T29 Jul | +0.1% | –not known | –not known',
      ].map((row) => row.replace('|  |', '|')),
    );
    expect(textOf(page)).toContain('From peak');
    expect(page).toContain(
      '<time datetime="2024-07-29T20:00:00.000Z" title="29 Jul 2024 16:00 New York">29 Jul</time>',
    );
    expect(page).toMatch(/class="stamp"><time datetime="2024-07-30T20:00:00.000Z">30 Jul 2024 16:00 New York/);
  });

  test('draws the last closes as a line, from the lowest to the highest', async () => {
    const [nvidia] = quotes;
    const recent = [100e6, 120e6, 110e6, 140e6];
    const page = await pageOf(
      await openBoard({ view: viewOf({ quotes: async () => [{ ...nvidia, recent } as QuoteLine] }) }),
      '/',
    );
    expect(page).toContain('<path d="M0 28l29-14 30 7 29-21"/>');
  });

  test('has the next report of each company, and no column where none is known', async () => {
    expect(textOf(await pageOf(await openBoard(), '/'))).not.toContain('Reports');
    const reporting = quotes.map((quote, at) => ({
      ...quote,
      ...(at === 0 && { reports: '2024-08-28' }),
      ...(at === 3 && { reports: '2024-07-30' }),
    }));
    const rows = rowsOf(await pageOf(await openBoard({ view: viewOf({ quotes: async () => reporting }) }), '/'));
    expect(rows[0]).toMatch(/28 \| 28 Aug$/);
    expect(rows[1]).toMatch(/not known \| today$/);
  });

  const three = ['MSFT', 'AAPL', 'NVDA'].map((symbol, at) => ({
    ...(quotes[0] as QuoteLine),
    symbol,
    price: [90e6, 80e6, 95e6][at] as number,
    previous: 100e6,
    peak: [100e6, 200e6, 300e6][at] as number,
    sessionsSincePeak: [5, 50, 20][at] as number,
    ...(at > 0 && { reports: `2024-08-0${at}` }),
  }));
  const all = [...quotes.slice(1, 3), ...three];
  const view = viewOf({ quotes: async () => all });

  test.each([
    ['', 'day', 'ascending', ['AAPL', 'MSFT', 'NVDA']],
    ['?order=reverse', 'day', 'descending', ['NVDA', 'MSFT', 'AAPL']],
    ['?sort=symbol', 'symbol', 'ascending', ['AAPL', 'MSFT', 'NVDA']],
    ['?sort=price', 'price', 'descending', ['NVDA', 'MSFT', 'AAPL']],
    ['?sort=from-peak', 'from-peak', 'ascending', ['NVDA', 'AAPL', 'MSFT']],
    ['?sort=sessions', 'sessions', 'descending', ['AAPL', 'NVDA', 'MSFT']],
    ['?sort=reports', 'reports', 'ascending', ['AAPL', 'NVDA', 'MSFT']],
    ['?sort=reports&order=reverse', 'reports', 'descending', ['NVDA', 'AAPL', 'MSFT']],
    ['?sort=nothing', 'day', 'ascending', ['AAPL', 'MSFT', 'NVDA']],
  ] as const)(
    'at /%s is sorted by %s, %s, the index and the sum last, and what is not known after the rest',
    async (query, column, direction, order) => {
      const page = await pageOf(await openBoard({ view }), `/${query}`);
      expect(symbolsOf(page)).toEqual([...order, 'IXIC', 'MAG7']);
      expect([...page.matchAll(/class="([\w-]+)-cell" aria-sort="(\w+)"/g)].map((match) => match.slice(1))).toEqual([
        [column, direction],
      ]);
    },
  );

  test('has heads that sort by their column, the other way round at a second press, and keep the style', async () => {
    const page = await pageOf(await openBoard({ view }), '/?style=slack&sort=price');
    const addresses = [...page.matchAll(/data-exchange href="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses).toEqual([
      '/?style=slack&amp;sort=symbol',
      '/?style=slack&amp;sort=price&amp;order=reverse',
      '/?style=slack',
      '/?style=slack&amp;sort=from-peak',
      '/?style=slack&amp;sort=sessions',
      '/?style=slack&amp;sort=reports',
    ]);
    expect(page).toContain('href="/?sort=price"');
  });

  test('has a time of day for a trade that is some minutes older than the newest', async () => {
    const older = quotes.map((quote, at) => ({ ...quote, at: NOW - at * 600_000 }));
    const rows = rowsOf(await pageOf(await openBoard({ view: viewOf({ quotes: async () => older }) }), '/'));
    expect(rows[0]).toContain('103.73 |');
    expect(rows[2]).toContain('17,147.4215:51 |');
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

test('the title and the heading say the day: who fell most, and the index', async () => {
  const page = await pageOf(await openBoard(), '/');
  expect(page).toContain('<title>Nvidia −7.0%, Nasdaq −1.3% · Slidewatch</title>');
  expect(page).toContain('<h1>Nvidia −7.0%, Nasdaq −1.3%</h1>');
  expect(textOf(page)).toContain('1 of 1 fell');
  expect(textOf(page)).toMatch(/Market closed\s+Next session Wed 31 Jul/);
});

describe('the bill on the home page', () => {
  const billView = (day: string) => viewOf({ bill: () => ({ ledger, companies, now: Date.parse(day) }) });

  test('is that of the newest quarter which all four have reported, with what has come in since', async () => {
    // Alphabet told its June quarter on 23 July, the others later: the figures of config/facts.
    const page = await pageOf(await openBoard({ view: billView('2024-07-24T20:00:00Z') }), '/');
    const text = textOf(page.slice(page.indexOf('id="bill"'), page.indexOf('id="older"'))).replace(/\s+/g, ' ');
    expect(text).toMatch(/Jan–Mar 2024, 4 of 4\s?\$44\.3B/);
    expect(text).toContain('+31%');
    expect(text).toContain('45%');
    expect(text).toContain('Apr–Jun 2024 is coming in: Alphabet, $13.2B so far, 1 of 4.');
    expect(page).toContain('<a href="/bill">');
    expect(page.match(/<rect class="later"/g)).toHaveLength(1);
  });

  test('says so where nothing is known, and is not there without a ledger', async () => {
    expect(textOf(await pageOf(await openBoard({ view: billView('2001-01-01T00:00:00Z') }), '/'))).toContain(
      'Nothing is known of this day yet',
    );
    expect(await pageOf(await openBoard(), '/')).not.toContain('id="bill"');
  });
});

test('with nothing posted yet, the page says what to do next and shows a sample card', async () => {
  const empty = { cards: async () => [], sample: () => nvidiaEn.card };
  const onDiscord = {
    ...empty,
    health: async () => ({ ...health, platforms: [{ name: 'discord', state: 'on' } as const] }),
  };
  expect(textOf(await pageOf(await openBoard({ view: viewOf(onDiscord) }), '/'))).toContain(
    'choose a channel with /setup and send a test card with /alerts test',
  );
  const set = await pageOf(await openBoard({ view: viewOf(empty) }), '/');
  expect(textOf(set)).toContain(
    'choose a channel with /slidewatch setup and send a test card with /slidewatch alerts test',
  );
  expect(textOf(set)).toContain('A sample, of 30 July 2024:');
  expect(textOf(set)).toContain(nvidiaEn.card.title);
  const unset = { ...empty, health: async () => ({ ...health, platforms: [] }) };
  expect(textOf(await pageOf(await openBoard({ view: viewOf(unset) }), '/'))).toContain('connect Discord or Slack');
  expect(await pageOf(await openBoard(), '/')).not.toContain('A sample');
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
  expect(korean).toContain('<html lang="ko">');
  expect(textOf(korean)).toContain('엔비디아');
  expect(textOf(korean)).toContain('다음 거래일');
  expect(textOf(korean)).toContain('보드');
  expect(await pageOf(await openBoard({ language: 'xx' }), '/')).toContain('<html lang="en">');
});

test('cards, health and feed are a link away', async () => {
  const page = await pageOf(
    await openBoard({ view: viewOf({ cards: async () => [nvidiaEn, { ...nvidiaEn, id: 6 }] }) }),
    '/',
  );
  expect(textOf(/<h2 id="older-title">.*?<\/h2>/s.exec(page)?.[0] ?? '')).toBe('Earlier cards All cards →');
  const links = [...page.matchAll(/<a href="([^"]+)">([^<]+)</g)].map(
    ([, address, text]) => `${address} ${text?.trim()}`,
  );
  expect(links).toEqual(
    expect.arrayContaining([
      '/cards All cards',
      '/status Sources, platforms, jobs',
      '/feed.atom?language=en Cards as an Atom feed',
      '/api/v1/openapi.json API',
    ]),
  );
});

test('the page loads nothing from other servers', async () => {
  const page = await pageOf(await openBoard(), '/');
  const loaded = [...page.matchAll(/\b(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)/g)].map(
    ([, address = '']) => address,
  );
  const links = [...page.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, address]) => address);
  expect(loaded.length).toBeGreaterThan(links.length);
  for (const address of loaded)
    if (!links.includes(address)) expect(address).toMatch(/^(?:\/font\/|\/feed\.atom\?|data:|#)/);
});

test('of thirty cards the newest is shown whole, seven more by title, and a place that a card has reached is marked', async () => {
  const cards = Array.from({ length: 30 }, (_, n) => ({ ...nvidiaEn, id: n + 1 }));
  const view = viewOf({ cards: async (limit) => cards.slice(0, limit) });
  const page = await pageOf(await openBoard({ view }), '/');
  expect(page.match(/<article id="card-/g)).toHaveLength(1);
  expect(page.match(/<li id="card-/g)).toHaveLength(7);
  expect(page).toContain('<span class="place arrived">Discord');
  expect(page).not.toContain('<span class="place arrived">Slack');
});

test('a fall of two fifths or more fills its bar, and a rise leaves it empty', async () => {
  const [nvidia] = quotes;
  if (!nvidia) throw new Error('expected a quote');
  const widthAt = async (price: number) => {
    const view = viewOf({ quotes: async () => [{ ...nvidia, price, peak: 100e6 }] });
    return /<rect width="([^"]+)" height="100%" rx="3" fill/.exec(await pageOf(await openBoard({ view }), '/'))?.[1];
  };
  expect([await widthAt(80e6), await widthAt(60e6), await widthAt(110e6)]).toEqual(['50.0%', '100.0%', '0.0%']);
});
