import { describe, expect, test } from 'vitest';
import type { CommandContext } from '../../commands/command-context.ts';
import { type ChannelSettings, DEFAULT_KINDS, type OwnPrice } from '../../src/stories/channel.ts';
import { nvidia } from '../cards/golden-stories.ts';
import { changeChannels, changeDeliveries, storedChannels, storedDeliveries, storedStories } from '../store/inspect.ts';
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
    ['levels:off', { rules: { '*': { drawdown: { 20: [], 252: [] }, day: [] } } }],
    ['ixic day 2.5,3', { rules: { IXIC: { day: [250, 300] } } }],
    ['role:112233445566778899 from:20', { ping: { id: ROLE, from: 2000 } }],
    ['role:<@&112233445566778899>', { ping: { id: ROLE, from: 0 } }],
    ['quiet:22:00-07:00', { quiet: { from: '22:00', to: '07:00' } }],
    ['quiet:"10pm to 7am"', { quiet: { from: '22:00', to: '07:00' } }],
    ['quiet:"오후 10시-오전 7시"', { quiet: { from: '22:00', to: '07:00' } }],
    ['kinds:+recovery,-digest', { kinds: ['drawdown', 'day', 'figures', 'bill', 'recovery'] }],
    ['kinds:-bill', { kinds: ['drawdown', 'day', 'figures', 'digest'] }],
    ['drawdown,day', { kinds: ['drawdown', 'day'] }],
    ['symbol:NVDA within:30min fall:4', { rules: { NVDA: { within: { 30: [400] } } } }],
    ['symbol:NVDA within:1h fall:5,3', { rules: { NVDA: { within: { 60: [300, 500] } } } }],
    ['within:45 fall:2.5', { rules: { '*': { within: { 45: [250] } } } }],
    ['nvda within:"30분" fall:4', { rules: { NVDA: { within: { 30: [400] } } } }],
    ['symbol:NVDA rise:20,50,150', { rules: { NVDA: { rise: [2_000, 5_000, 15_000] } } }],
    ['nvda day-rise:5', { rules: { NVDA: { dayRise: [500] } } }],
    ['rise:30 day-rise:+7.5%', { rules: { '*': { rise: [3_000], dayRise: [750] } } }],
    ['symbol:NVDA rise:20 levels:15', { rules: { NVDA: { drawdown: { 252: [1_500] }, rise: [2_000] } } }],
    ['edits:off', { edits: false }],
    ['after-hours:off', { afterHours: false }],
    ['after-hours:on', {}],
  ])('%s', async (typed, settings) => {
    const scene = await openChannelScene();
    expect((await askOn(scene)(`alerts set ${typed}`)).kind).toBe('card');
    expect(await scene.settings()).toEqual(settings);
  });

  test('after-hours:off is shown, and on again is the default, which is not', async () => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    const posted = async (typed: string) => textsUnder(cardOf(await ask(typed)), 'WHAT IS POSTED');
    expect(await posted('alerts set after-hours:off')).toContain('Falls after the close: off');
    expect((await posted('alerts set after-hours:on')).join()).not.toContain('Falls after the close');
    expect(await scene.settings()).toEqual({});
  });

  test('all settings can be changed at once, and each can be reset alone', async () => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    const card = cardOf(await ask(`alerts set nvda 20 15,25.5 role:${ROLE} from:10% quiet:23:00-06:30 kinds:all`));
    expect(textsUnder(card, 'LEVELS')).toContainEqual(
      expect.stringMatching(/^NVDA: .*15, 25\.5% below the 20-session peak/),
    );
    expect(textsUnder(card, 'WHAT IS POSTED')).toEqual([
      'Cards: drawdowns, one-day falls, new figures, changes on the AI bill, recoveries, digest, price outages',
      `Pings: the role ${ROLE}, from 10%`,
      'Quiet hours: 23:00 to 06:30, New York; alerts are held and posted as one summary',
    ]);
    for (const line of ['nvda default', 'from:off', 'quiet:off', 'kinds:default'])
      expect((await ask(`alerts set ${line}`)).kind).toBe('card');
    expect(await scene.settings()).toEqual({});
  });

  test('falls within minutes are added, replaced and ended, each alone and all at once', async () => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    const card = cardOf(await ask('alerts set symbol:NVDA within:30min fall:4'));
    expect(textsUnder(card, 'LEVELS')).toEqual([expect.stringMatching(/^NVDA: .*; 4% within 30 minutes/)]);
    await ask('alerts set symbol:NVDA within:60 fall:6');
    await ask('alerts set symbol:NVDA within:30 fall:3');
    expect(await scene.settings()).toEqual({ rules: { NVDA: { within: { 30: [300], 60: [600] } } } });
    const shown = cardOf(await ask('alerts show'));
    expect(textsUnder(shown, 'LEVELS')).toContainEqual(
      expect.stringMatching(/3% within 30 minutes; 6% within 60 minutes/),
    );
    await ask('alerts set symbol:NVDA within:30 fall:off');
    expect(await scene.settings()).toEqual({ rules: { NVDA: { within: { 60: [600] } } } });
    await ask('alerts set symbol:NVDA within:off');
    expect(await scene.settings()).toEqual({});
  });

  test('falls within minutes of all symbols can be ended for one, and taken back', async () => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    await ask('alerts set within:30 fall:4');
    await ask('alerts set symbol:NVDA within:off');
    expect(await scene.settings()).toEqual({ rules: { '*': { within: { 30: [400] } }, NVDA: { within: { 30: [] } } } });
    const levels = textsUnder(cardOf(await ask('alerts show')), 'LEVELS').join(' | ');
    expect(levels).toMatch(/Stocks: .*4% within 30 minutes/);
    expect(levels).not.toMatch(/NVDA: .*within/);
    await ask('alerts set within:off');
    await ask('alerts set symbol:NVDA within:off');
    expect(await scene.settings()).toEqual({});
  });

  test('rises are set, shown and ended, each alone; those of all symbols are ended for one by off, and come back by default', async () => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    const card = cardOf(await ask('alerts set symbol:NVDA rise:20,50 day-rise:5'));
    expect(textsUnder(card, 'LEVELS')).toEqual([
      expect.stringMatching(/^NVDA: .*; 20, 50% above the 52-week low; up 5% in a day$/),
    ]);
    await ask('alerts set symbol:NVDA levels:off');
    await ask('alerts set symbol:NVDA levels:default');
    await ask('alerts set symbol:NVDA day-rise:off');
    expect(await scene.settings()).toEqual({ rules: { NVDA: { rise: [2_000, 5_000] } } });
    await ask('alerts set rise:100');
    await ask('alerts set symbol:NVDA rise:off');
    expect(await scene.settings()).toEqual({ rules: { '*': { rise: [10_000] }, NVDA: { rise: [] } } });
    const levels = textsUnder(cardOf(await ask('alerts show')), 'LEVELS').join(' | ');
    expect(levels).toMatch(/Stocks: .*100% above the 52-week low/);
    expect(levels).not.toMatch(/NVDA: .*52-week/);
    await ask('alerts set symbol:NVDA rise:default');
    await ask('alerts set rise:off');
    expect(await scene.settings()).toEqual({});
  });

  test('levels of other rules leave falls within minutes as they are', async () => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    await ask('alerts set symbol:NVDA within:30min fall:4');
    await ask('alerts set symbol:NVDA window:day levels:5');
    await ask('alerts set symbol:NVDA levels:default');
    expect(await scene.settings()).toEqual({ rules: { NVDA: { within: { 30: [400] } } } });
  });

  test('a price is set on the side where it is, replaced, and ended; the answer and the list show it', async () => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    const own = async () =>
      (await scene.settings())?.rules?.NVDA?.price?.map(({ side, price }: OwnPrice) => `${side} ${price / 1e6}`);
    const card = cardOf(await ask('alerts set symbol:NVDA price:50'));
    expect(textsUnder(card, 'LEVELS')).toEqual([expect.stringMatching(/^NVDA: .*; below \$50\.00$/)]);
    await ask('alerts set symbol:NVDA price:$1,250.50');
    await ask('alerts set symbol:NVDA price:"below 60"');
    await ask('alerts set symbol:NVDA price:">900"');
    await ask('alerts set symbol:NVDA price:"50달러 이하"');
    expect(await own()).toEqual(['below 50', 'below 60', 'above 900', 'above 1250.5']);
    expect(textsUnder(cardOf(await ask('alerts show')), 'LEVELS').join()).toMatch(/above \$900\.00; above \$1,250\.50/);
    await ask('alerts set symbol:NVDA price:off');
    expect(await scene.settings()).toEqual({});
  });

  test('the thirteenth price of a symbol is refused in one sentence', async () => {
    const scene = await openChannelScene();
    const ask = askOn(scene);
    for (let n = 1; n <= 12; n += 1) expect((await ask(`alerts set symbol:NVDA price:${n}`)).kind).toBe('card');
    expect(await ask('alerts set symbol:NVDA price:13')).toMatchObject({
      kind: 'problem',
      text: expect.stringMatching(/^NVDA \(Nvidia\) has 12 prices here, which is the limit\. End them with price off/),
    });
    expect((await ask('alerts set symbol:NVDA price:12')).kind).toBe('card');
  });

  test.each([
    ['', /^Nothing to change was given\. For example: \/alerts set symbol:NVDA levels:20,30,40\.$/],
    ['nvda', /^Missing: levels\./],
    ['nvda 252 10,200', /^'10,200' isn't a valid list of levels\. Enter up to twelve percentages/],
    ['nvda 252 0', /isn't a valid list of levels/],
    ['from:20', /^Nobody is pinged here yet\. Set a role together with the level\.$/],
    ['role:@everyone', /^'@everyone' isn't a role/],
    ['role:112233445566778890', /^@everyone can't be pinged/],
    ['role:<!channel>', /isn't a role/],
    ['quiet:22:00', /^'22:00' isn't a valid time range\. Enter one such as 22:00-07:00/],
    ['quiet:07:00-07:00', /isn't a valid time range/],
    ['quiet:25:00-07:00', /isn't a valid time range/],
    [
      'kinds:everything-else',
      /isn't a valid list of cards\. Choose from: drawdown, day, figures, bill, recovery, digest, notice/,
    ],
    ['kinds:drawdown,+day', /isn't a valid list of cards/],
    ['symbol:NVDA price:-1', /^'-1' isn't a price that can be set\. Enter one price of at least 0\.01/],
    ['symbol:NVDA price:0', /isn't a price that can be set/],
    ['symbol:NVDA price:100,90', /isn't a price that can be set/],
    ['symbol:NVDA price:9999999999999', /isn't a price that can be set/],
    ['price:100', /^A price needs one symbol\. For example: \/alerts set symbol:NVDA price:100\.$/],
    ['symbol:NVDA price:">1"', /is at \$[\d.]+, so it is above \$1\.00 already\. Set a higher price, or below/],
    ['symbol:NVDA price:"under 5000"', /so it is below \$5,000\.00 already\. Set a lower price, or above/],
    [
      'symbol:NVDA rise:0',
      /^'0' isn't a valid list of rises\. Enter up to twelve percentages up to 1000, such as 20,50,100/,
    ],
    ['symbol:NVDA day-rise:1001', /^'1001' isn't a valid list of rises/],
    [`rise:${Array.from({ length: 40 }, (_, n) => n + 1).join()}`, /isn't a valid list of rises/],
    ['symbol:NVDA within:0 fall:4', /^'0' can't be used here\. Enter 5 to 120 minutes, such as 30min or 2h, or off\.$/],
    ['symbol:NVDA within:4min fall:4', /^'4min' can't be used here/],
    ['symbol:NVDA within:121 fall:4', /^'121' can't be used here/],
    ['symbol:NVDA within:session fall:4', /^'session' can't be used here/],
    [
      'symbol:NVDA within:30min',
      /^A fall within minutes needs both, minutes and percent\. For example: \/alerts set symbol:NVDA within:30min fall:4\.$/,
    ],
    ['symbol:NVDA fall:4', /^A fall within minutes needs both/],
    [`symbol:NVDA within:30 fall:${Array.from({ length: 40 }, (_, n) => n + 1).join()}`, /Enter up to twelve/],
    ['nvda 252 10,20 from:20', /^Nobody is pinged here yet/],
  ])('%s is refused, and nothing is changed', async (typed, sentence) => {
    const scene = await openChannelScene();
    const answer = await askOn(scene, { who: { workspace: '112233445566778890' } })(`alerts set ${typed}`);
    expect(answer).toMatchObject({ kind: 'problem', text: expect.stringMatching(sentence) });
    expect(await scene.settings()).toEqual({});
  });

  test.each([
    [
      'symbol:NVDA within:0 fall:4',
      "'0' 값은 쓸 수 없습니다. 30분, 2시간처럼 5분에서 120분 사이로 입력하고, 끄려면 off를 입력해 주세요.",
    ],
    ['symbol:NVDA within:"3시간" fall:4', /^'3시간' 값은 쓸 수 없습니다\. 30분, 2시간처럼/],
    [
      'symbol:NVDA within:30분',
      '몇 분 사이의 하락 알림에는 시간과 하락률을 함께 입력해 주세요. 예: /alerts set symbol:NVDA within:30min fall:4',
    ],
    [
      'symbol:NVDA price:-1',
      "'-1' 가격은 쓸 수 없습니다. 100, 125.50, 100 이하, 150 이상처럼 최소 0.01인 가격 하나를 입력하고, 끄려면 off를 입력해 주세요.",
    ],
    ['symbol:NVDA price:"-1달러"', /^'-1달러' 가격은 쓸 수 없습니다/],
    ['price:100', '가격 알림에는 종목을 하나 함께 입력해 주세요. 예: /alerts set symbol:NVDA price:100'],
    [
      'symbol:NVDA price:"1달러 이상"',
      /^NVDA \(엔비디아\) 현재가는 [\d.]+달러로 이미 1\.00달러 위입니다\. 더 높은 가격을 입력하거나, 다시 내려올 때 알림을 받으려면 1\.00달러 이하로 입력해 주세요\.$/,
    ],
    [
      'symbol:NVDA price:"5000 이하"',
      /^NVDA \(엔비디아\) 현재가는 [\d.]+달러로 이미 5,000\.00달러 아래입니다\. 더 낮은 가격을 입력하거나, 회복 알림을 받으려면 5,000\.00달러 이상으로 입력해 주세요\.$/,
    ],
    [
      `symbol:NVDA within:30 fall:${Array.from({ length: 40 }, (_, n) => n + 1).join()}`,
      /^'1,2,3,.*' 하락 기준을 인식할 수 없습니다\. 10,20,30 또는 2\.5,5처럼 퍼센트를 12개까지 입력하거나, off 또는 default를 입력해 주세요\.$/,
    ],
  ])('in Korean %s is refused in one sentence that helps', async (typed, sentence) => {
    const scene = await openChannelScene();
    const answer = await askOn(scene, { language: 'ko' })(`alerts set ${typed}`);
    const text = typeof sentence === 'string' ? sentence : expect.stringMatching(sentence);
    expect(answer).toMatchObject({ kind: 'problem', text });
    expect(await scene.settings()).toEqual({});
  });

  test('a price at which the symbol is, and the thirteenth, are refused in both languages', async () => {
    const scene = await openChannelScene();
    const textOf = async (line: string, language: string): Promise<string> => {
      const answer = await askOn(scene, { language })(line);
      return answer.kind === 'problem' ? answer.text : '';
    };
    const now = (scene.context.histories.bars('NVDA').at(-1)?.close ?? 0) / 1e6;
    expect(await textOf(`alerts set symbol:NVDA price:${now}`, 'en')).toBe(
      `NVDA (Nvidia) is at $${now.toFixed(2)} right now. Set a price above or below $${now.toFixed(2)}.`,
    );
    expect(await textOf(`alerts set symbol:NVDA price:${now}`, 'ko')).toBe(
      `NVDA (엔비디아) 현재가가 바로 ${now.toFixed(2)}달러입니다. ${now.toFixed(2)}달러보다 높거나 낮은 가격을 입력해 주세요.`,
    );
    for (let n = 1; n <= 12; n += 1) await askOn(scene)(`alerts set symbol:NVDA price:${n}`);
    expect(await textOf('alerts set symbol:NVDA price:13', 'ko')).toBe(
      'NVDA (엔비디아) 가격 알림은 12개까지입니다. price off로 모두 끈 뒤 원하는 가격을 다시 정해 주세요.',
    );
  });

  test('a price that has alerted is shown as told and off, in both languages, until it is set again', async () => {
    const scene = await openChannelScene();
    await askOn(scene)('alerts set symbol:NVDA price:50');
    await askOn(scene)('alerts set symbol:NVDA price:900');
    const toldBefore = NOW + 1;
    const told: typeof scene = {
      ...scene,
      context: {
        ...scene.context,
        priceRule: (_, { price: target, side, since }) => ({ target, told: side === 'below' && since < toldBefore }),
      },
    };
    const shown = async (language: string) => {
      const card = cardOf(await askOn(told, { language })('alerts show'));
      return card.sections.flatMap(({ rows = [] }) => rows.flatMap(({ text = '' }) => text)).join('\n');
    };
    expect(await shown('en')).toMatch(/below \$50\.00 \(told, now off\); above \$900\.00$/m);
    expect(await shown('ko')).toMatch(/50\.00달러 하회 시\(알림 완료, 꺼짐\).*900\.00달러 상회 시$/m);
    await askOn(told, { at: new Date(NOW + 60_000).toISOString() })('alerts set symbol:NVDA price:50');
    expect(await shown('en')).toMatch(/below \$50\.00; above \$900\.00$/m);
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
    expect(await set('<!channel>')).toMatch(/^'<!channel>' isn't a user group\. Enter its ID, such as S0123ABCD/);
    expect(await set('@here')).toMatch(/isn't a user group/);
  });
});

test('alerts show has all settings, at first those of the watchlist', async () => {
  const scene = await openChannelScene();
  const card = cardOf(await askOn(scene)('alerts show'));
  expect(card.sections.map(({ heading }) => heading)).toEqual([
    'WHAT IS POSTED',
    'WATCHED',
    'LEVELS',
    'DIGEST',
    'THIS CHANNEL',
  ]);
  expect(textsUnder(card, 'LEVELS')).toEqual([
    'Stocks: 10, 20, 30, 40, 50, 60, 70, 80% below the 252-session peak; 15, 25% below the 20-session peak; 7, 10, 15% in a day',
    'Indexes: 5, 10, 15, 20, 30, 40, 50% below the 252-session peak; 7, 12% below the 20-session peak; 2.5, 4, 6% in a day',
  ]);
  expect(textsUnder(card, 'WHAT IS POSTED')[0]).toContain('drawdowns');
  expect(DEFAULT_KINDS).not.toContain('recovery');
});

test('levels that stocks and indexes share are shown once, as those of all', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  for (const line of ['252 20,30', '20 off', 'day 5']) await ask(`alerts set ${line}`);
  expect(textsUnder(cardOf(await ask('alerts show')), 'LEVELS')).toEqual([
    'All: 20, 30% below the 252-session peak; 5% in a day',
  ]);
});

test('levels of indexes are not shown if the only index has its own', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  for (const line of ['ixic 252 10', 'ixic 20 off', 'ixic day off']) await ask(`alerts set ${line}`);
  expect(textsUnder(cardOf(await ask('alerts show')), 'LEVELS')).toEqual([
    expect.stringMatching(/^Stocks: /),
    'IXIC: 10% below the 252-session peak',
  ]);
});

describe('alerts test', () => {
  const sample = { slide: nvidia, recorded: false };
  const asked = async (settings: ChannelSettings = {}, given: Parameters<typeof askOn>[1] = {}) => {
    const scene = await openChannelScene();
    await scene.channels.change(1, () => settings);
    const context = { ...scene.context, testSample: async () => sample };
    return { scene, ask: askOn({ ...scene, context }, given) };
  };
  const leadOf = async (ask: ReturnType<typeof askOn>) => cardOf(await ask('alerts test')).lead.join('\n');

  test('says what the card shows, and what holds back alerts but not this card', async () => {
    const { scene, ask } = await asked({ ping: { id: ROLE, from: 2_000 }, quiet: { from: '22:00', to: '07:00' } });
    await scene.channels.mute(1, 'TSLA', NOW + 3_600_000, 'a', NOW);
    const lead = await leadOf(ask);
    for (const line of ['Nvidia, 30 Jul 2024.', `It pings the role ${ROLE}`, 'Quiet hours from 22:00 to 07:00 hold'])
      expect(lead).toContain(line);
    expect(lead).not.toContain('Muted');
    expect(await storedStories(scene.store.db)).toMatchObject([
      { kind: 'test', sample: { recorded: false, slide: { symbol: 'NVDA' } } },
    ]);
  });

  test.each(['NVDA', '*'])('says that the mute of %s holds it back as little', async (symbol) => {
    const { scene, ask } = await asked();
    await scene.channels.mute(1, symbol, NOW + 3_600_000, 'a', NOW);
    expect(await leadOf(ask)).toContain("The mute doesn't hold back this card.");
  });

  test('in a paused channel says why, and is tried at once', async () => {
    const { scene, ask } = await asked();
    await changeChannels(scene.store.db, { paused: 'No right.', pausedAt: NOW - 1, tryAt: NOW + 3_600_000 });
    const lead = await leadOf(ask);
    expect(lead).toContain("Slidewatch can't post here at the moment. No right.");
    expect(lead).toContain('The card is tried all the same, at once.');
    expect(await storedChannels(scene.store.db)).toMatchObject([{ tryAt: NOW }]);
  });

  test('has the asker told, in their language, where the platform can', async () => {
    const told: string[] = [];
    const { scene } = await asked();
    const whenTested: CommandContext['whenTested'] = (id, { language, pingIsSilent, tell }) =>
      void tell(`${id} ${language} ${pingIsSilent}`);
    const context = { ...scene.context, whenTested };
    const tellLater = async (text: string) => told.push(text) > 0;
    const card = cardOf(await askOn({ ...scene, context }, { language: 'ko', tellLater })('alerts test'));
    expect(told).toEqual(['1 ko false']);
    expect(card.lead[0]).toContain('여기에 알려 드립니다');
    expect(cardOf(await askOn(await openChannelScene())('alerts test')).lead.join(' ')).toContain(
      'only says that it has arrived',
    );
  });

  test('knows of a ping that notifies nobody, which alerts set says at once', async () => {
    const told: boolean[] = [];
    const { scene } = await asked();
    const context = {
      ...scene.context,
      whenTested: (_id: number, asker: { pingIsSilent: boolean }) => void told.push(asker.pingIsSilent),
    };
    for (const pings of [true, undefined, false]) {
      const ask = askOn({ ...scene, context }, { tellLater: async () => true, pings: () => pings });
      const { lead } = cardOf(await ask(`alerts set role:${ROLE}`));
      expect(lead.join(' ').includes('The ping notifies nobody')).toBe(pings === false);
      await ask('alerts test');
    }
    expect(told).toEqual([false, false, true]);
  });

  test('is refused while one is on its way', async () => {
    const { scene, ask } = await asked();
    await ask('alerts test');
    expect(await ask('alerts test')).toMatchObject({
      text: expect.stringContaining('already on its way to this channel'),
    });
    expect(await storedDeliveries(scene.store.db)).toHaveLength(1);
    await changeDeliveries(scene.store.db, { state: 'sent' });
    expect((await ask('alerts test')).kind).toBe('card');
  });
});

test('alerts test enqueues a test card for this channel alone', async () => {
  const scene = await openChannelScene();
  expect(await askOn(scene)('alerts test')).toMatchObject({ kind: 'card', forAsker: true });
  expect(await storedDeliveries(scene.store.db)).toMatchObject([{ kind: 'test', channelId: 1 }]);
});
