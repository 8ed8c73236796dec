import { describe, expect, test } from 'vitest';
import { digestKey } from '../../src/channels/digest-profile.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { decideByFacts, decideBySettings } from '../../src/outbox/decide.ts';
import { questionOf } from '../../src/outbox/question.ts';
import type { ChannelStatus } from '../../src/store/schema.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { FanoutPlan } from '../../src/stories/fanout-plan.ts';
import type { Untold } from '../../src/stories/untold.ts';
import { day, dayRise, drawdown, rise, within } from '../cards/stories.ts';

const parts = { watchlist: loadWatchlist(), timeZone: 'America/New_York' };
const peak = { price: 100, session: '2024-07-10', sessions: 14 };
const close = { symbol: 'NVDA', session: '2024-07-30', close: 79, previous: 85, peak } as const;

/** Nvidia is 20% below its peak, and has newly fallen by 5% in a day. */
const slide: FanoutPlan = {
  kind: 'slide',
  symbol: 'NVDA',
  alerts: [{ ...drawdown(close, 252, 20), above: 1_500 }, day(close, 5)],
  drafts: { [close.session]: 1 },
  stories: {},
};
/** Nvidia has fallen by 4% within 30 minutes, and with it another channel's rule of 60 minutes has fired. */
const ofMinutes: FanoutPlan = {
  ...slide,
  alerts: [within(close, 30, 4, 82.5, 60), within(close, 60, 4, 82.5, 60)],
};
const withinHalfAnHour = (...own: readonly number[]): ChannelSettings => ({ rules: { NVDA: { within: { 30: own } } } });
/** Nvidia is 20% above its low, and has newly risen by 5% in a day. */
const up: FanoutPlan = { ...slide, alerts: [{ ...rise(close, 20, 60), above: 1_000 }, dayRise(close, 5)] };
const rises = (...own: readonly number[]): ChannelSettings => ({ rules: { NVDA: { rise: own } } });
const recovery: FanoutPlan = { kind: 'recovery', symbol: 'NVDA', level: 2_000, story: 1 };
const figures: FanoutPlan = { kind: 'all', of: 'figures', symbol: 'NVDA', story: 1 };
const withdrawal: FanoutPlan = { kind: 'withdrawal', symbol: 'NVDA', of: [1], story: 2 };
const notice: FanoutPlan = { kind: 'all', of: 'notice', story: 1 };
const digest: FanoutPlan = {
  kind: 'digest',
  day: close.session,
  stories: { [digestKey({ timeZone: parts.timeZone })]: 1 },
};

/** A channel's only levels of Nvidia's peak of 252 sessions. */
const levels = (...own: readonly number[]): ChannelSettings => ({
  rules: { NVDA: { drawdown: { 252: own, 20: [] }, day: [] } },
});

const decided = (plan: FanoutPlan, settings: ChannelSettings, status: ChannelStatus = 'in-use') =>
  decideBySettings(questionOf(plan, parts), { status, settings });

describe('by its settings, a channel', () => {
  test.each<[string, FanoutPlan, ChannelSettings, Untold | undefined]>([
    ['with the defaults is told of a slide', slide, {}, undefined],
    ['without the symbol is not', slide, { without: ['NVDA'] }, { reason: 'not-watched' }],
    [
      'without the symbol and its kinds is not for the symbol',
      slide,
      { without: ['NVDA'], kinds: [] },
      { reason: 'not-watched' },
    ],
    [
      'that wants none of its kinds is not',
      slide,
      { kinds: ['digest'] },
      { reason: 'kind', kinds: ['drawdown', 'day'] },
    ],
    ['without a rule of rises is not told of them', up, {}, { reason: 'level' }],
    ['with one is, whatever kinds it wants', up, { ...rises(1_500), kinds: [] }, undefined],
    ['with one of the day alone is', up, { rules: { NVDA: { dayRise: [500] } } }, undefined],
    ['with one that had fired before is not', up, rises(1_000), { reason: 'level' }],
    ['with a higher one is not', up, rises(2_500), { reason: 'level', next: 2_500 }],
    ['without a rule of minutes is not told of falls within them', ofMinutes, {}, { reason: 'level' }],
    ['with one is, whatever kinds it wants', ofMinutes, { ...withinHalfAnHour(300), kinds: [] }, undefined],
    ['with a deeper one is not', ofMinutes, withinHalfAnHour(500), { reason: 'level', next: 500 }],
    [
      'that wants no kind is told of its minutes beside other levels',
      { ...slide, alerts: [...slide.alerts, ...ofMinutes.alerts] },
      { ...withinHalfAnHour(400), kinds: [] },
      undefined,
    ],
    ['with a deeper level alone is not', slide, levels(3_000, 4_000), { reason: 'level', next: 3_000 }],
    ['whose level was reached earlier is not', slide, levels(1_500), { reason: 'level' }],
    ['with a level between the old and the new depth is', slide, levels(1_800), undefined],
    [
      'is told the next level of the first rule that has one',
      slide,
      { rules: { NVDA: { drawdown: { 252: [1_000], 20: [] }, day: [900] } } },
      { reason: 'level', next: 900 },
    ],
    [
      'that wants day falls alone is not told of one that it has no level for',
      slide,
      { ...levels(2_000), kinds: ['day'] },
      { reason: 'level' },
    ],
    [
      'with the level of a fall is told of its recovery',
      recovery,
      { ...levels(2_000), kinds: ['recovery'] },
      undefined,
    ],
    ['with the defaults wants no recoveries', recovery, {}, { reason: 'kind', kinds: ['recovery'] }],
    [
      'with a deeper level than the fall is not told of its recovery',
      recovery,
      { ...levels(3_000), kinds: ['recovery'] },
      { reason: 'level', next: 3_000 },
    ],
    ['is told of figures of a symbol that it watches', figures, {}, undefined],
    ['is not told of those of others', figures, { without: ['NVDA'] }, { reason: 'not-watched' }],
    ['has to ask for notices', notice, {}, { reason: 'kind', kinds: ['notice'] }],
    ['that asks for notices is told of them', notice, { kinds: ['notice'], without: ['NVDA'] }, undefined],
    ['gets the digest of its own time', digest, {}, undefined],
    ['does not get that of another time', digest, { digest: { at: '07:00' } }, { reason: 'other-time' }],
    [
      'is told that an alert was false, whatever it has set since',
      withdrawal,
      { kinds: [], without: ['NVDA'] },
      undefined,
    ],
    ['without digests gets none', digest, { kinds: ['day'] }, { reason: 'kind', kinds: ['digest'] }],
  ])('%s', (_name, plan, settings, untold) => {
    expect(decided(plan, settings)).toEqual(untold);
  });

  test.each<ChannelStatus>(['greeted', 'away', 'away-with-workspace', 'retired'])(
    'that is %s is not told',
    (status) => {
      expect(decided(slide, {}, status)).toEqual({ reason: 'not-in-use' });
    },
  );
});

describe('what stands in the store comes after the settings:', () => {
  const channel = { id: 7, status: 'in-use', settings: {} } as const;
  const mute = { symbol: 'NVDA', until: 9 };
  const facts = {
    quietEnd: () => undefined,
    mutes: new Map(),
    withDigest: new Set<number>(),
    withAlert: new Set<number>(),
  };
  const asleep = { ...facts, quietEnd: () => 8 };

  test.each([
    ['nothing there means told', slide, facts, undefined],
    ['a digest that it has already', digest, { ...asleep, withDigest: new Set([7]) }, { reason: 'has-digest' }],
    ['a mute', slide, { ...facts, mutes: new Map([[7, mute]]) }, { reason: 'muted', ...mute }],
    ['a mute, before quiet hours', slide, { ...asleep, mutes: new Map([[7, mute]]) }, { reason: 'muted', ...mute }],
    ['quiet hours', slide, asleep, { reason: 'quiet-hours', until: 8 }],
    ['quiet hours do not hold a digest', digest, asleep, undefined],
    ['a withdrawal of what it did not get', withdrawal, asleep, { reason: 'had-no-alert' }],
    ['a withdrawal of what it got', withdrawal, { ...facts, withAlert: new Set([7]) }, undefined],
    [
      'a withdrawal is not muted',
      withdrawal,
      { ...facts, withAlert: new Set([7]), mutes: new Map([[7, mute]]) },
      undefined,
    ],
  ])('%s', (_name, plan, known, untold) => {
    expect(decideByFacts(questionOf(plan, parts), channel, known)).toEqual(untold);
  });
});
