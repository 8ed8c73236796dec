import { expect, test } from 'vitest';
import { cardText } from '../cards/card-text.ts';
import { textsUnder } from './asking.ts';
import { cardOf } from './market-context.ts';
import { askOn, openChannelScene } from './real-channels.ts';

test('any ticker that the source knows can be added, and is suggested at once', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  const card = cardOf(await ask('watch add amd'));
  expect(card.title).toMatch(/^This channel now watches AMD.*$/);
  expect(textsUnder(card, 'WATCHED')).toContainEqual(expect.stringMatching(/^Added: AMD/));
  expect(await scene.settings()).toEqual({ also: ['AMD'] });
  expect(cardOf(await ask('watch list')).title).toBe('This channel watches 10 symbols');
  expect(cardOf(await ask('watch add AMD')).title).toMatch(/^This channel already watches/);
});

test.each(['BRK.B', 'BRK/B', 'brk b', 'BRK-B', '$brk.b'])(
  'a share class typed as %s is the one that the source writes with a dash, from then on too',
  async (typed) => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    scene.yahoo.setQuote('BRK-B', { price: 500, time: 1_700_000_000_000 });
    expect(cardOf(await ask(`watch add ${typed}`)).title).toMatch(/^This channel now watches BRK-B/);
    expect(await scene.settings()).toEqual({ also: ['BRK-B'] });
    expect(cardOf(await ask('watch add brk.b')).title).toMatch(/^This channel already watches BRK-B/);
    // Its history is not there yet; it is known all the same.
    expect(await ask(`quote ${typed.replace('$', '')}`)).toMatchObject({ text: expect.stringContaining('BRK-B') });
    expect(await ask(`watch remove ${typed.replace('$', '')}`)).toMatchObject({ kind: 'card' });
  },
);

test('a ticker that has a dot at the source is asked for as it is typed, before it is taken for a share class', async () => {
  const scene = await openChannelScene();
  const abroad = { currency: 'GBP', exchangeTimezoneName: 'Europe/London' };
  scene.yahoo.setQuote('VOD.L', { price: 70, time: 1_700_000_000_000, raw: abroad });
  scene.yahoo.setQuote('VOD-L', { price: 70, time: 1_700_000_000_000 });
  expect(await askOn(scene)('watch add vod.l')).toMatchObject({
    kind: 'problem',
    text: expect.stringMatching(/^VOD\.L can't be watched: only symbols priced in US dollars/),
  });
  expect(await scene.settings()).toEqual({});
});

test('a symbol of the watchlist can be removed, and added again by any of its names', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  expect(cardText(cardOf(await ask('watch remove 테슬라')))).toContain('Removed: TSLA');
  expect(await scene.settings()).toEqual({ without: ['TSLA'] });
  expect(await ask('watch remove tsla')).toMatchObject({
    kind: 'problem',
    text: "This channel doesn't watch TSLA (Tesla). To add a symbol, type /watch add symbol:AMD.",
  });
  expect(cardOf(await ask('watch add tesla')).title).toBe('This channel now watches TSLA (Tesla)');
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
  ['watch add zzzz', /^No ticker 'ZZZZ' at the price source\. Enter it as Yahoo Finance does/],
  [
    'watch add toyota',
    /^TOYOTA can't be watched: only symbols priced in US dollars and traded during New York hours can/,
  ],
  ['watch add "삼성전자"', /^'삼성전자' isn't a valid ticker\. Enter a ticker such as AMD or BRK-B\.$/],
  ['watch add @everyone', /^'@everyone' isn't a valid ticker/],
  ['watch add', /^Missing: symbol\. For example: \/watch add symbol:AMD\.$/],
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
    text: expect.stringMatching(/isn't answering, so AMD could not be looked up/),
  });
  expect(await scene.settings()).toEqual({});
});
