import { expect, test } from 'vitest';
import { decodeCall } from '../../src/cards/call.ts';
import { languageName } from '../../src/i18n/languages.ts';
import { lacksToStore } from '../../src/stories/lacks.ts';
import { catalogue } from '../cards/stories.ts';
import { changeChannels, countOfChannels } from '../store/inspect.ts';
import { textsUnder } from './asking.ts';
import { cardOf } from './market-context.ts';
import { askOn, NOW, openChannelScene } from './real-channels.ts';

const PLACE = { platform: 'discord', address: 'c' };

test('setup opens the channel, shows its settings, and offers a test card', async () => {
  const scene = await openChannelScene({ setUp: false });
  const card = cardOf(await askOn(scene)('setup ko seoul drawdown,day,digest'));
  expect(await scene.channels.at(PLACE)).toMatchObject({
    language: 'ko',
    origin: 'setup',
    workspace: 'w',
    madeBy: 'a',
    settings: { timeZone: 'Asia/Seoul', kinds: ['drawdown', 'day', 'digest'] },
  });
  expect(card.title).toBe('이 채널에 카드 올리기 시작');
  expect(card.sections.map(({ heading }) => heading)).toEqual([
    '받는 카드',
    '관심 종목',
    '하락 기준',
    '일일 요약',
    '이 채널',
  ]);
  expect(textsUnder(card, '일일 요약')).toContain('다음 일일 요약: 2024년 9월 4일 05:15 서울');
  expect(card.actions?.map(({ call }) => decodeCall(call)?.name)).toEqual(['alerts test', 'alerts show', 'help']);
});

test('without options it takes the language of the person', async () => {
  const scene = await openChannelScene({ setUp: false });
  await askOn(scene, { language: 'ko' })('setup');
  expect(await scene.channels.at(PLACE)).toMatchObject({ language: 'ko', settings: {} });
});

test('setup of an open channel changes only the given settings', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene, { who: { asker: 'somebody else' } });
  await ask('watch remove tsla');
  const card = cardOf(await ask('setup time-zone:London'));
  expect(card.title).toBe('Slidewatch already posts in this channel');
  expect(await scene.channels.at(PLACE)).toMatchObject({
    language: 'en',
    madeBy: 'a',
    settings: { timeZone: 'Europe/London', without: ['TSLA'] },
  });
});

test('setup opens a closed channel again', async () => {
  const scene = await openChannelScene();
  await scene.channels.close(PLACE, 'left', 0);
  expect(await askOn(scene)('alerts show')).toMatchObject({ kind: 'problem' });
  expect(cardOf(await askOn(scene)('setup')).title).toBe('Slidewatch now posts in this channel');
});

test('a change of language is answered in the new one', async () => {
  const scene = await openChannelScene();
  for (const typed of ['ko', '한국어', 'korean', '한국어'])
    expect(cardOf(await askOn(scene)(`language ${typed}`)).title).toBe('이 채널의 카드 언어: 한국어');
  expect(await scene.channels.at(PLACE)).toMatchObject({ language: 'ko' });
  expect(await askOn(scene)('language klingon')).toMatchObject({
    text: `No language 'klingon'. Choose one of: ${catalogue.languages.map((it) => languageName(it)).join(', ')}.`,
  });
});

test('answers in a paused channel say why nothing is posted', async () => {
  const scene = await openChannelScene();
  await changeChannels(scene.store.db, { paused: 'Give Slidewatch the permission Send Messages.' });
  const card = cardOf(await askOn(scene)('alerts show'));
  expect([card.tone, card.lead]).toEqual([
    'amber',
    ["Slidewatch can't post here at the moment. Give Slidewatch the permission Send Messages."],
  ]);
});

test('answers in a channel whose cards lack a part say which, and why', async () => {
  const scene = await openChannelScene();
  const lacks = lacksToStore({ picture: { at: NOW, text: '', key: 'discord-attach' } });
  await changeChannels(scene.store.db, { lacks });
  for (const line of ['setup', 'alerts show'])
    expect(cardOf(await askOn(scene)(line)).lead.join(' ')).toMatch(
      /^Cards in this channel come without their picture\. .*Attach Files\.$/,
    );
  const { lead } = cardOf(await askOn(scene, { lacking: 'No pictures here.' })('setup'));
  expect(lead).toEqual(['No pictures here.']);
});

test('setup off ends the cards and keeps the settings, which setup brings back', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  await ask('watch remove tsla');
  await ask('setup time-zone:London');
  const card = cardOf(await ask('setup off'));
  expect(card.title).toBe('Slidewatch no longer posts in this channel');
  expect(card.lead).toEqual([expect.stringContaining('Its settings are kept: /setup')]);
  expect(await scene.channels.at(PLACE)).toBeUndefined();
  expect(await ask('setup off')).toMatchObject({ kind: 'problem', text: expect.stringContaining('/setup') });
  expect(cardOf(await ask('setup')).title).toBe('Slidewatch now posts in this channel');
  expect(await scene.settings()).toEqual({ timeZone: 'Europe/London', without: ['TSLA'] });
});

test('setup forget deletes all that is stored of the channel and its people', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  await ask('watch add amd');
  await ask('mute nvda 2h');
  await ask('alerts test');
  expect(await countOfChannels(scene.store.db)).toBe(4);
  expect(cardOf(await ask('setup forget')).title).toBe('What Slidewatch stored of this channel is deleted');
  expect(await countOfChannels(scene.store.db)).toBe(0);
  expect(await ask('setup forget')).toMatchObject({ kind: 'problem' });
  await ask('setup');
  expect(await scene.settings()).toEqual({});
});

test('a channel that is off can be forgotten as well', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  await ask('setup off');
  expect(await ask('setup forget')).toMatchObject({ kind: 'card' });
  expect(await countOfChannels(scene.store.db)).toBe(0);
});

test('somebody who may not change the channel ends and forgets nothing', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene, { who: { mayChange: async () => false } });
  for (const line of ['setup off', 'setup forget']) expect(await ask(line)).toMatchObject({ kind: 'problem' });
  expect(await scene.channels.at(PLACE)).toBeDefined();
});
