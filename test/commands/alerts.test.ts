import { describe, expect, test } from 'vitest';
import { DEFAULT_KINDS } from '../../src/stories/channel.ts';
import { textsUnder } from './asking.ts';
import { cardOf } from './market-context.ts';
import { askOn, NOW, openChannelScene } from './real-channels.ts';

const ROLE = '112233445566778899';

describe('alerts set', () => {
  test.each<[string, object]>([
    ['nvda 252 20,30', { rules: { NVDA: { drawdown: { 252: [2000, 3000] } } } }],
    ['nvda 30,20,20', { rules: { NVDA: { drawdown: { 252: [2000, 3000] } } } }],
    ['day 5,10', { rules: { '*': { day: [500, 1000] } } }],
    ['20 off', { rules: { '*': { drawdown: { 20: [] } } } }],
    ['off', { rules: { '*': { drawdown: { 20: [], 252: [] }, day: [] } } }],
    ['ixic day 2.5,3', { rules: { IXIC: { day: [250, 300] } } }],
    ['role:112233445566778899 from:20', { ping: { id: ROLE, from: 2000 } }],
    ['role:<@&112233445566778899>', { ping: { id: ROLE, from: 0 } }],
    ['quiet:22:00-07:00', { quiet: { from: '22:00', to: '07:00' } }],
    ['quiet:"10pm to 7am"', { quiet: { from: '22:00', to: '07:00' } }],
    ['quiet:"오후 10시-오전 7시"', { quiet: { from: '22:00', to: '07:00' } }],
    ['kinds:+recovery,-digest', { kinds: ['drawdown', 'day', 'figures', 'recovery'] }],
    ['drawdown,day', { kinds: ['drawdown', 'day'] }],
  ])('%s', async (typed, settings) => {
    const scene = await openChannelScene();
    expect((await askOn(scene)(`alerts set ${typed}`)).kind).toBe('card');
    expect(await scene.settings()).toEqual(settings);
  });

  test('all settings can be changed at once, and each can be reset alone', async () => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    const card = cardOf(await ask(`alerts set nvda 20 15,25.5 role:${ROLE} from:10% quiet:23:00-06:30 kinds:all`));
    expect(textsUnder(card, 'LEVELS')).toContainEqual(
      expect.stringMatching(/^NVDA: .*15, 25\.5\u202f% below the peak of 20 sessions/),
    );
    expect(textsUnder(card, 'WHAT COMES')).toEqual([
      'Cards: falls below the peak, falls of a day, new figures, recoveries, the digest, no-data notices',
      `Pings: the role ${ROLE}, from 10\u202f% on`,
      'Quiet hours: 23:00 to 06:30, New York; what happens meanwhile comes as one summary',
    ]);
    for (const line of ['nvda default', 'from:off', 'quiet:off', 'kinds:default'])
      expect((await ask(`alerts set ${line}`)).kind).toBe('card');
    expect(await scene.settings()).toEqual({});
  });

  test.each([
    ['', /^Nothing to change was named\. Type, for example, \/alerts set symbol:NVDA levels:20,30,40\.$/],
    ['nvda', /^Which levels\?/],
    ['nvda 252 10,200', /^'10,200' are no levels\. Type up to twelve depths in percent/],
    ['nvda 252 0', /are no levels/],
    ['from:20', /^Nobody is pinged here yet\. Name a role together with the depth\.$/],
    ['role:@everyone', /^'@everyone' is no role/],
    ['role:112233445566778890', /^Everyone is no role that can be pinged/],
    ['role:<!channel>', /is no role/],
    ['quiet:22:00', /^'22:00' are no hours\. Type, for example, 22:00-07:00/],
    ['quiet:07:00-07:00', /are no hours/],
    ['quiet:25:00-07:00', /are no hours/],
    [
      'kinds:everything-else',
      /are no kinds of cards\. Type some of these: drawdown, day, figures, recovery, digest, notice/,
    ],
    ['kinds:drawdown,+day', /are no kinds of cards/],
    ['nvda 252 10,20 from:20', /^Nobody is pinged here yet/],
  ])('%s is refused, and nothing is changed', async (typed, sentence) => {
    const scene = await openChannelScene();
    const answer = await askOn(scene, { who: { workspace: '112233445566778890' } })(`alerts set ${typed}`);
    expect(answer).toMatchObject({ kind: 'problem', text: expect.stringMatching(sentence) });
    expect(await scene.settings()).toEqual({});
  });

  test('on Slack a user group is given by its id or its mention', async () => {
    const scene = await openChannelScene();
    const set = async (role: string) => {
      await scene.channels.open({ platform: 'slack', address: 'c' }, { language: 'en', origin: 'setup' }, NOW);
      const answer = await askOn(scene, { platform: 'slack' })(`alerts set role=${role}`);
      return answer.kind === 'card'
        ? (await scene.channels.at({ platform: 'slack', address: 'c' }))?.settings.ping
        : answer.text;
    };
    expect(await set('S0123ABCD')).toEqual({ id: 'S0123ABCD', from: 0 });
    expect(await set('"<!subteam^S0123ABCE|@traders>"')).toEqual({ id: 'S0123ABCE', from: 0 });
    expect(await set('none')).toBeUndefined();
    expect(await set('<!channel>')).toMatch(/^'<!channel>' is no user group\. Type its id, such as S0123ABCD/);
    expect(await set('@here')).toMatch(/is no user group/);
  });
});

test('alerts show has all settings, at first those of the watchlist', async () => {
  const scene = await openChannelScene();
  const card = cardOf(await askOn(scene)('alerts show'));
  expect(card.sections.map(({ heading }) => heading)).toEqual([
    'WHAT COMES',
    'WATCHED',
    'LEVELS',
    'THE DIGEST',
    'HERE',
  ]);
  expect(textsUnder(card, 'LEVELS')).toEqual([
    'Stocks: 10, 20, 30, 40, 50, 60, 70, 80\u202f% below the peak of 252 sessions; 15, 25\u202f% below the peak of 20 sessions; 7, 10, 15\u202f% in a day',
    'Indexes: 5, 10, 15, 20, 30, 40, 50\u202f% below the peak of 252 sessions; 7, 12\u202f% below the peak of 20 sessions; 2.5, 4, 6\u202f% in a day',
  ]);
  expect(textsUnder(card, 'WHAT COMES')[0]).toContain('falls below the peak');
  expect(DEFAULT_KINDS).not.toContain('recovery');
});

test('alerts test enqueues a test card for this channel alone', async () => {
  const scene = await openChannelScene();
  expect(await askOn(scene)('alerts test')).toMatchObject({ kind: 'card', forAsker: true });
  const rows = await scene.store.db
    .selectFrom('deliveries as d')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .select(['s.kind', 'd.channel_id as channel'])
    .execute();
  expect(rows).toEqual([{ kind: 'test', channel: 1 }]);
});
