import { expect, test } from 'vitest';
import { cardText } from '../cards/card-text.ts';
import { textsUnder } from './asking.ts';
import { cardOf } from './market-context.ts';
import { askOn, openChannelScene } from './real-channels.ts';

test('any ticker that the source knows can be added, and is suggested at once', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  const card = cardOf(await ask('watch add amd'));
  expect(card.title).toMatch(/^■ This channel watches AMD.* now$/);
  expect(textsUnder(card, 'WATCHED')).toContainEqual(expect.stringMatching(/^Besides: AMD/));
  expect(await scene.settings()).toEqual({ also: ['AMD'] });
  expect(cardOf(await ask('watch list')).title).toBe('■ This channel watches 10 symbols');
  expect(cardOf(await ask('watch add AMD')).title).toMatch(/already$/);
});

test('a symbol of the watchlist can be removed, and added again by any of its names', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  expect(cardText(cardOf(await ask('watch remove 테슬라')))).toContain('Left out: TSLA');
  expect(await scene.settings()).toEqual({ without: ['TSLA'] });
  expect(await ask('watch remove tsla')).toMatchObject({
    kind: 'problem',
    text: 'This channel does not watch TSLA (Tesla); watch add would change that.',
  });
  expect(cardOf(await ask('watch add tesla')).title).toBe('■ This channel watches TSLA (Tesla) now');
  expect(await scene.settings()).toEqual({});
  expect(scene.yahoo.requests.filter(({ endpoint }) => endpoint === 'quote')).toEqual([]);
});

test('an added symbol is removed with its settings', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  await ask('watch add amd');
  await ask('alerts set amd 252 12,24');
  expect(cardOf(await ask('watch remove amd')).title).toMatch(/no longer watches AMD/);
  expect(await scene.settings()).toEqual({});
});

test.each([
  ['watch add zzzz', /^The price source knows no ticker 'ZZZZ'\. Type it as Yahoo Finance does/],
  ['watch add toyota', /^TOYOTA trades at other hours than New York's/],
  ['watch add "삼성전자"', /^'삼성전자' is no ticker\. Type, for example, AMD or BRK-B\.$/],
  ['watch add @everyone', /^'@everyone' is no ticker/],
  ['watch add', /^Which symbol\? Type, for example, \/watch add symbol:AMD\.$/],
])('%s is refused, and the answer says what to do instead', async (line, sentence) => {
  const scene = await openChannelScene();
  scene.yahoo.setQuote('TOYOTA', {
    price: 2000,
    time: 1_700_000_000_000,
    raw: { currency: 'JPY', exchangeTimezoneName: 'Asia/Tokyo' },
  });
  const answer = await askOn(scene)(line);
  expect(answer).toMatchObject({ kind: 'problem', text: expect.stringMatching(sentence) });
  expect(await scene.settings()).toEqual({});
});

test('a source that does not answer is mentioned, and nothing is added', async () => {
  const scene = await openChannelScene();
  scene.yahoo.fail({ fault: 'server-error', times: 99 });
  expect(await askOn(scene)('watch add amd')).toMatchObject({
    kind: 'problem',
    text: expect.stringMatching(/gives no answer at the moment, so AMD could not be looked up/),
  });
  expect(await scene.settings()).toEqual({});
});
