import { expect, test } from 'vitest';
import type { Answer } from '../../commands/command.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { MAX_PER_PERSON, MAX_PER_SYMBOL } from '../../src/channels/subscriptions.ts';
import { noteRefusal, refuseSubscriptions, writeSubscription } from '../../src/store/subscriptions.ts';
import { storedSubscriptions } from '../store/inspect.ts';
import { cardOf } from './market-context.ts';
import { askOn, type ChannelScene, NOW, openChannelScene } from './real-channels.ts';

const DAY = 86_400_000;
/** Nobody in particular: a person without any right in the channel. */
const anybody = { who: { mayChange: async () => false } };

const textOf = (answer: Answer): string =>
  answer.kind === 'problem' ? answer.text : [answer.card.title, ...answer.card.lead].join(' ');

const stored = async ({ store }: ChannelScene) =>
  (await storedSubscriptions(store.db)).map(({ person, symbol, expiresAt }) => [person, symbol, expiresAt]);

const add = (scene: ChannelScene, person: string, symbol: string) =>
  writeSubscription(
    scene.store.db,
    { channelId: 1, platform: 'discord', person, symbol, language: 'en', expiresAt: NOW + DAY },
    NOW,
  );

test('anybody may ask for them, and alone sees what will happen, until when, and the button that ends it', async () => {
  const scene = await openChannelScene();
  const answer = await askOn(scene, anybody)('pings nvda');
  expect(answer).toMatchObject({ kind: 'card', forAsker: true });
  const { title, lead, actions } = cardOf(answer);
  expect(title).toBe("You'll get a direct message with each NVDA alert posted in this channel");
  expect(lead).toEqual([
    expect.stringContaining('When the next one is posted here'),
    'This ends on 26 Feb 2025, or whenever you stop it.',
  ]);
  expect(actions?.map(({ label, call }) => [label, decodeCall(call)])).toEqual([
    ['Stop NVDA pings', { name: 'pings', options: { symbol: 'NVDA', stop: 'off' } }],
  ]);
  expect(await stored(scene)).toEqual([['a', 'NVDA', NOW + 180 * DAY]]);
});

test('in Korean, and remembered in Korean', async () => {
  const scene = await openChannelScene();
  const answer = await askOn(scene, { language: 'ko' })('개인알림 엔비디아');
  expect(cardOf(answer).title).toBe('이 채널의 NVDA 알림을 DM으로 받기 시작');
  expect(await storedSubscriptions(scene.store.db)).toMatchObject([{ language: 'ko' }]);
});

test('pressing again renews it and makes no second', async () => {
  const scene = await openChannelScene();
  await add(scene, 'a', 'NVDA');
  for (let press = 0; press < 5; press += 1) await askOn(scene)('pings nvda');
  expect(await stored(scene)).toEqual([['a', 'NVDA', NOW + 180 * DAY]]);
});

test('stop ends one symbol, or all, and says if there was nothing', async () => {
  const scene = await openChannelScene();
  for (const symbol of ['NVDA', 'TSLA', 'META']) await add(scene, 'a', symbol);
  await add(scene, 'b', 'NVDA');
  const ask = askOn(scene, anybody);
  expect(textOf(await ask('pings nvda off'))).toBe('No more direct messages about NVDA');
  expect(textOf(await ask('pings nvda off'))).toBe("You weren't getting direct messages about NVDA");
  expect(textOf(await ask('pings stop:off'))).toBe('No more direct messages about alerts');
  expect(textOf(await ask('pings stop:off'))).toBe("You weren't getting direct messages about alerts");
  expect((await stored(scene)).map(([person]) => person)).toEqual(['b']);
});

test('a symbol that nobody watches any more can be stopped', async () => {
  const scene = await openChannelScene();
  await add(scene, 'a', 'AMD');
  expect(textOf(await askOn(scene)('pings amd off'))).toBe('No more direct messages about AMD');
  expect(await stored(scene)).toEqual([]);
});

test('without a symbol lists the asker’s own, each with its button', async () => {
  const scene = await openChannelScene();
  expect(textOf(await askOn(scene)('pings'))).toContain('/pings symbol:NVDA or the button below an alert starts them.');
  for (const symbol of ['NVDA', 'IXIC']) await add(scene, 'a', symbol);
  await add(scene, 'b', 'META');
  const { title, sections, actions } = cardOf(await askOn(scene, anybody)('pings'));
  expect(title).toBe('You get direct messages about 2 symbols');
  expect(sections[0]?.rows.map(({ label, text, aside }) => [label, text, aside])).toEqual([
    ['NVDA', 'Nvidia', '1 channel, until 31 Aug 2024'],
    ['IXIC', 'Nasdaq', '1 channel, until 31 Aug 2024'],
  ]);
  expect(actions?.map(({ label }) => label)).toEqual(['Stop NVDA pings', 'Stop IXIC pings', 'Stop all pings']);
});

test('even twenty symbols of two channels fit on a card', async () => {
  const scene = await openChannelScene();
  for (let n = 0; n < MAX_PER_PERSON; n += 1) await add(scene, 'a', `SYMBOL-${n}`);
  expect(cardOf(await askOn(scene)('pings')).actions).toHaveLength(10);
});

test.each([
  ['a symbol that the channel has removed', 'pings aapl', /doesn't watch Apple/],
  ['an unknown symbol', 'pings zzzz', /doesn't watch ZZZZ/],
  ['no ticker at all', 'pings ???', /isn't a valid ticker/],
])('%s is refused in one sentence, and nothing is stored', async (_, line, sentence) => {
  const scene = await openChannelScene();
  await scene.channels.change(1, () => ({ without: ['AAPL'] }));
  expect(await askOn(scene)(line)).toMatchObject({ kind: 'problem', text: expect.stringMatching(sentence) });
  expect(await stored(scene)).toEqual([]);
});

test('where nothing is posted there is nothing to be told of, but what one has can be ended', async () => {
  const scene = await openChannelScene({ setUp: false });
  expect(textOf(await askOn(scene)('pings nvda'))).toMatch(/doesn't post in this channel yet/);
  expect(textOf(await askOn(scene)('pings nvda off'))).toMatch(/weren't getting/);
});

test('the limits of a person and of a symbol in a channel are said, and a renewal is always possible', async () => {
  const scene = await openChannelScene();
  for (let n = 1; n < MAX_PER_PERSON; n += 1) await add(scene, 'a', `SYMBOL-${n}`);
  await add(scene, 'a', 'TSLA');
  expect(textOf(await askOn(scene)('pings nvda'))).toBe(
    'You already have 20 of these, which is the limit. Type /pings to see and stop them.',
  );
  expect(textOf(await askOn(scene)('pings tsla'))).toContain("You'll get");
  for (let n = 0; n < MAX_PER_SYMBOL; n += 1) await add(scene, `person-${n}`, 'META');
  const other = { who: { asker: 'late' } };
  expect(textOf(await askOn(scene, other)('pings meta'))).toBe(
    '200 people already get direct messages about META from this channel, which is the limit.',
  );
  expect(textOf(await askOn(scene, other)('pings tsla'))).toContain("You'll get");
});

test('who was refused comes back only where there is room', async () => {
  const scene = await openChannelScene();
  await add(scene, 'a', 'META');
  await refuseSubscriptions(scene.store.db, { platform: 'discord', person: 'a' }, NOW);
  for (let n = 0; n < MAX_PER_SYMBOL; n += 1) await add(scene, `person-${n}`, 'META');
  expect(textOf(await askOn(scene)('pings meta'))).toMatch(/^200 people already/);
});

test.each([
  ['discord', /Discord refused the last one \(30 Aug 2024 16:30 New York\), which ended them\. Allow direct messages/],
])('who was refused on %s is told so at the next press, once', async (platform, sentence) => {
  const scene = await openChannelScene();
  await add(scene, 'a', 'NVDA');
  await add(scene, 'a', 'TSLA');
  await refuseSubscriptions(scene.store.db, { platform, person: 'a' }, NOW);
  expect(textOf(await askOn(scene)('pings'))).toContain('You get no direct messages');
  expect(textOf(await askOn(scene)('pings nvda'))).toMatch(sentence);
  expect((await stored(scene)).map(([, symbol]) => symbol)).toEqual(['NVDA']);
  expect(textOf(await askOn(scene)('pings nvda'))).not.toContain('refused');
});

test('whose last message could not be sent for another reason is told that, too', async () => {
  const scene = await openChannelScene();
  await add(scene, 'a', 'NVDA');
  await noteRefusal(scene.store.db, 1, 'refused', NOW);
  expect(textOf(await askOn(scene)('pings nvda'))).toContain('The last one could not be sent (30 Aug 2024 16:30');
});

test('the answer to a question about a price offers them where alerts about the symbol are posted', async () => {
  const scene = await openChannelScene();
  const labels = async (line: string) => cardOf(await askOn(scene)(line)).actions?.map(({ label }) => label);
  expect(await labels('quote nvda')).toContain('Ping me for NVDA');
  await scene.channels.change(1, () => ({ without: ['NVDA'] }));
  expect(await labels('quote nvda')).not.toContain('Ping me for NVDA');
});
