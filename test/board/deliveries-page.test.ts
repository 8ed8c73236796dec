import { expect, test } from 'vitest';
import type { BoardView, CardLine, DeliveryList } from '../../src/board/board-view.ts';
import { deliveriesAsked, deliveriesQuery, STORY_KIND_IDS } from '../../src/board/deliveries-choice.ts';
import { DELIVERY_GROUP_IDS, DELIVERY_GROUPS, type DeliveriesAsked } from '../../src/stories/deliveries-asked.ts';
import { catalogue } from '../cards/stories.ts';
import { NOW, nvidiaEn, viewOf } from './board-view.ts';
import { line, list } from './delivery-lines.ts';
import { openBoard, pageOf, textOf } from './open-board.ts';

/** A greeting: it has no card that others may see. */
const { card: _, ...greeting } = { ...line, id: 34, kind: 'greeting' as const };

const boardWith = (given: Partial<DeliveryList> = {}, language = 'en') =>
  openBoard({ view: viewOf({ deliveries: async () => ({ ...list, ...given }) }), language });

const read = async (query = '', given: Partial<DeliveryList> = {}): Promise<string> =>
  pageOf(await boardWith(given), `/deliveries${query}`);

const rowsOf = (page: string): string[] =>
  [...page.matchAll(/<tr>\n<td class="left time">.*?<\/tr>/gs)].map(([row]) =>
    textOf(row.replace(/<\/(?:th|td)>/g, ' | ').replace(/<small/g, ' <small'))
      .replace(/\s+/g, ' ')
      .replace(/ \| $/, '')
      .trim(),
  );

test('each delivery has its card, channel, state, tries, age, and why it has not come', async () => {
  const { title } = nvidiaEn.card;
  expect(rowsOf(await read())).toEqual([
    `30 Jul 16:00 | ${title} | Slack, channel 12 set up by a command | sent | 1 | 38 s ago`,
    `30 Jul 16:00 | ${title} | Slack, channel 12 set up by a command | waiting HTTP 429 next try 30 Jul 2024 16:01 New York | 2 | 38 s ago`,
    `30 Jul 16:00 | ${title} | Discord, channel 12 named in .env | failed channel is archived | 1 | 38 s ago`,
    `30 Jul 16:00 | ${title} | Slack, channel 12 set up by a command | muted until 30 Jul 2024 16:11 New York | 0 | 38 s ago`,
    `30 Jul 16:00 | ${title} | Slack, channel 12 set up by a command | waiting The bot may not post there. | 1 | 38 s ago`,
    `30 Jul 16:00 | ${title} | Board | sent | 1 | 38 s ago`,
  ]);
});

test('each card is a click away, unless it is about its channel alone', async () => {
  const page = await read('', { lines: [line, greeting] });
  expect(page.match(/href="\/card\/38"/g)).toHaveLength(1);
  expect(rowsOf(page)[1]).toContain('| greetings |');
});

test('the h1 says what is wrong: cards lost today, else cards that are late, else nothing', async () => {
  const titleOf = async (given: Partial<DeliveryList>) => /<h1>(.*?)<\/h1>/.exec(await read('', given))?.[1];
  expect(await titleOf({})).toBe('No card was lost in the last 24 hours');
  expect(await titleOf({ lost: 1 })).toBe('1 card did not arrive in the last 24 hours');
  expect(await titleOf({ lost: 2_000 })).toBe('2,000 cards did not arrive in the last 24 hours');
  expect(await titleOf({ oldestOwedAt: NOW - 119_000 })).toBe('No card was lost in the last 24 hours');
  expect(await titleOf({ oldestOwedAt: NOW - 120_000 })).toBe('Cards are late');
  expect(textOf(await read('', { oldestOwedAt: NOW }))).toContain('has waited since 30 Jul 2024 16:01 New York');
});

const chipsOf = (page: string) =>
  [
    ...page.matchAll(/<a href="([^"]*)"(?: aria-current="true")?>([^<]*) <span class="quiet">([\d,]+)<\/span><\/a>/g),
  ].map(([, href, text, count]) => `${text} ${count} ${href}`);

test('states are chips with their counts, of the platform that is chosen', async () => {
  expect(chipsOf(await read())).toEqual([
    'All 1,237 /deliveries',
    'Waiting 4 /deliveries?state=waiting',
    'Sent 1,230 /deliveries?state=sent',
    'Not delivered 3 /deliveries?state=lost',
    'Held back 0 /deliveries?state=spared',
  ]);
  expect(chipsOf(await read('?platform=slack&state=lost'))[0]).toBe('All 1,203 /deliveries?platform=slack');
  expect(chipsOf(await read('?channel=12'))).toEqual([]);
});

test('a query asks for what it names, and what makes no sense is not asked for', () => {
  const askedOf = (query: string): DeliveriesAsked => {
    const fields = new URLSearchParams(query);
    return deliveriesAsked((name) => fields.get(name) ?? undefined);
  };
  const whole = 'state=lost&platform=slack&channel=12&kind=digest&before=40';
  expect(askedOf(whole)).toEqual({
    ...{ group: 'lost', platform: 'slack', channel: 12, kind: 'digest', before: 40 },
    limit: 30,
  });
  expect(deliveriesQuery(askedOf(whole), { before: 40 })).toBe(`?${whole}`);
  expect(askedOf('state=x&platform=%3Cb%3E&channel=-1&kind=toString&before=1e9&after=x')).toEqual({ limit: 30 });
  expect(askedOf('before=4&after=3')).toEqual({ limit: 30, before: 4 });
});

test('older and newer pages go on from the ends of this one, with the same filters', async () => {
  const page = await read('?state=sent&before=50', { hasNewer: true });
  expect(page).toContain('href="/deliveries?state=sent&amp;before=35" rel="next"');
  expect(page).toContain('href="/deliveries?state=sent&amp;after=40" rel="prev"');
  expect(await read('', { hasOlder: false })).not.toContain('rel="next"');
});

test('a newer page that is not full is the newest one', async () => {
  const asked: DeliveriesAsked[] = [];
  const deliveries: BoardView['deliveries'] = async (it) => {
    asked.push(it);
    return list;
  };
  await pageOf(await openBoard({ view: viewOf({ deliveries }) }), '/deliveries?after=30&platform=slack');
  expect(asked).toEqual([
    { limit: 30, after: 30, platform: 'slack' },
    { limit: 30, platform: 'slack' },
  ]);
});

test('hostile text stays text', async () => {
  const attack = `"><img src=x onerror="alert(1)">`;
  const page = await read('', {
    lines: [
      {
        ...line,
        card: { id: 1, title: attack, language: attack },
        platform: attack,
        state: attack,
        reason: attack,
      },
    ],
    counts: [{ platform: attack, state: attack, count: 1 }],
  });
  expect(page).not.toContain('<img');
  expect(page.match(/<script/g)).toHaveLength(1);
});

test.each(catalogue.languages)('every text of the page is there in %s', async (language) => {
  const states = Object.values(DELIVERY_GROUPS).flat();
  const lines = [
    ...states.map((state) => ({ ...line, state, until: NOW + 1_000 })),
    ...STORY_KIND_IDS.map((kind) => ({ ...greeting, kind })),
    { ...line, origin: 'invite' as const },
  ];
  const board = await boardWith({ lines, lost: 3, hasNewer: true }, language);
  for (const group of DELIVERY_GROUP_IDS)
    expect(textOf(await pageOf(board, `/deliveries?state=${group}`))).not.toMatch(/board\.[a-z]/);
});

test('without deliveries and without a list of cards there are no pages of them', async () => {
  const { url } = await openBoard();
  expect((await fetch(`${url}/deliveries`)).status).toBe(404);
  expect((await fetch(`${url}/cards`)).status).toBe(404);
});

test('all cards come in pages, each with its lead and a link', async () => {
  const { card } = nvidiaEn;
  const all = Array.from({ length: 45 }, (_, at): CardLine => {
    const id = 45 - at;
    return { id: id * 10, cursor: id, card, language: 'en', postedAt: NOW };
  });
  const cardList: BoardView['cardList'] = async ({ before, after, limit }) => {
    if (after !== undefined) return all.filter(({ cursor }) => cursor > after).slice(-limit);
    return all.filter(({ cursor }) => before === undefined || cursor < before).slice(0, limit);
  };
  const board = await openBoard({ view: viewOf({ cardList }) });
  const cardsOn = (page: string) => [...page.matchAll(/href="\/card\/(\d+)"/g)].map(([, id]) => Number(id));
  const pages = ['', '?before=26', '?before=6'];
  const seen = await Promise.all(pages.map((query) => pageOf(board, `/cards${query}`)));
  expect(seen.flatMap(cardsOn)).toEqual(all.map(({ id }) => id));
  expect(seen[0]).toContain('href="/cards?before=26" rel="next"');
  expect(seen[0]).not.toContain('rel="prev"');
  expect(seen[1]).toContain('href="/cards?after=25" rel="prev"');
  expect(seen[2]).not.toContain('rel="next"');
  expect(cardsOn(await pageOf(board, '/cards?after=5'))).toEqual(cardsOn(seen[1] ?? ''));
  // Fewer newer ones than a page: the newest.
  expect(cardsOn(await pageOf(board, '/cards?after=40'))).toEqual(cardsOn(seen[0] ?? ''));
  expect(textOf(seen[0] ?? '')).toContain(card.lead[0] ?? '');
});
