import { expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import type { CardKind, ChannelSettings } from '../../src/stories/channel.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { alertLine } from '../slides/samples.ts';
import { changeChannels, storedDeliveries } from '../store/inspect.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const MON = '2025-06-02';
const FALL = at(MON, '10:31');

/** Card kinds of a channel, and which alerts of Tesla's 22 % fall it gets. */
const KIND_CASES: readonly {
  readonly kinds?: readonly CardKind[];
  readonly drawdown: boolean;
  readonly day: boolean;
}[] = [
  { drawdown: true, day: true },
  { kinds: ['day', 'digest'], drawdown: false, day: true },
  { kinds: ['drawdown', 'recovery'], drawdown: true, day: false },
  { kinds: ['digest', 'figures'], drawdown: false, day: false },
];
/** Rules of a channel, and the levels that the fall reaches, in percent. */
const RULE_CASES: readonly {
  readonly rules?: ChannelSettings['rules'];
  readonly depth?: number;
  readonly month?: number;
  readonly day?: number;
}[] = [
  { depth: 20, month: 15, day: 15 },
  // The deepest level counts.
  { rules: { '*': { drawdown: { 252: [500, 1_200, 1_800], 20: [] }, day: [300, 2_150] } }, depth: 18, day: 21.5 },
  // Not reached.
  { rules: { TSLA: { drawdown: { 252: [3_000], 20: [2_500] }, day: [2_300] } } },
  // A window of its own, and another symbol's rules.
  { rules: { TSLA: { drawdown: { 252: [], 20: [], 50: [2_200] }, day: [] }, NVDA: { day: [100] } }, month: 22 },
];
const MUTE_CASES = ['', 'TSLA', '*', 'NVDA', 'ended'] as const;
const QUIET_CASES: readonly { readonly quiet?: ChannelSettings['quiet']; readonly until?: number }[] = [
  {},
  { quiet: { from: '09:00', to: '12:00' }, until: at(MON, '12:00') },
  { quiet: { from: '22:00', to: '07:00' } },
];
const CONDITIONS = ['in use', 'paused', 'retired', 'left out'] as const;

interface Combination {
  readonly name: string;
  readonly settings: ChannelSettings;
  readonly mute: (typeof MUTE_CASES)[number];
  readonly condition: (typeof CONDITIONS)[number];
  /** State and levels of the delivery; undefined if there is none. */
  readonly expected: string | undefined;
}

const combinations: readonly Combination[] = KIND_CASES.flatMap(({ kinds, ...wanted }) =>
  RULE_CASES.flatMap(({ rules, depth, month, day }) =>
    MUTE_CASES.flatMap((mute) =>
      QUIET_CASES.flatMap(({ quiet, until }) =>
        CONDITIONS.map((condition): Combination => {
          const window = depth === undefined && month === 22 ? 50 : 20;
          const levels = [
            ...(wanted.drawdown && depth !== undefined ? [`252/${depth}`] : []),
            ...(wanted.drawdown && month !== undefined ? [`${window}/${month}`] : []),
            ...(wanted.day && day !== undefined ? [`day ${day}`] : []),
          ];
          const nothing = levels.length === 0 || condition === 'retired' || condition === 'left out';
          const held = until === undefined ? 'pending' : 'quiet';
          const state = mute === 'TSLA' || mute === '*' ? 'muted' : held;
          return {
            name: JSON.stringify([kinds, rules, mute, quiet, condition]),
            settings: {
              ...(kinds && { kinds }),
              ...(rules && { rules }),
              ...(quiet && { quiet }),
              ...(condition === 'left out' && { without: ['TSLA'] }),
            },
            mute,
            condition,
            expected: nothing ? undefined : `${state}: ${levels.join(', ')}`,
          };
        }),
      ),
    ),
  ),
);

const prepare = async (app: App, { settings, mute, condition }: Combination, n: number): Promise<number> => {
  const place = { platform: 'discord', address: String(n) };
  const made = { language: 'en', origin: 'setup', settings } as const;
  const { id } = await app.channels.open(place, made, FALL - 60 * MINUTE_MS);
  const until = mute === 'ended' ? FALL - MINUTE_MS : FALL + 60 * MINUTE_MS;
  if (mute !== '') await app.channels.mute(id, mute === 'ended' ? 'TSLA' : mute, until, 'U1', FALL - 30 * MINUTE_MS);
  if (condition === 'retired') await app.channels.close(place, 'gone', FALL - 20 * MINUTE_MS);
  if (condition === 'paused') await changeChannels(app.store.db, { paused: 'no permission' }, { id });
  return id;
};

it('each of 960 channels gets the alerts of a fall that its kinds, levels, mutes, quiet hours and state allow', async () => {
  const world = await stage(at(MON, '09:25'));
  world.market.past('2025-05-30', 300);
  const app = await world.start();
  await world.run(app, at(MON, '09:35'));
  const ids = await Promise.all(combinations.map((combination, n) => prepare(app, combination, n)));
  await world.run(app, at(MON, '10:28'));
  world.market.move('TSLA', 0.78);
  await world.run(app, FALL);

  const rows = (await storedDeliveries(app.store.db)).filter(({ symbol }) => symbol === 'TSLA');
  const byChannel = Map.groupBy(rows, ({ channelId }) => channelId);
  const found = combinations.map(({ name }, n) => {
    const own = byChannel.get(ids[n] ?? 0) ?? [];
    const lines = own.map(({ state, body }) => {
      const { alerts } = JSON.parse(body) as SlideStory;
      return `${state}: ${alerts.map((alert) => alertLine(alert).replace(` ${MON}`, '')).join(', ')}`;
    });
    return [name, lines.length === 0 ? undefined : lines.join(' and ')];
  });
  expect(found).toEqual(combinations.map(({ name, expected }) => [name, expected]));
  expect(new Set(rows.flatMap(({ heldUntil }) => heldUntil ?? []))).toEqual(new Set([at(MON, '12:00')]));

  const held = await Promise.all(ids.map((id) => app.channels.mutes(id, FALL)));
  const counted = held.map((mutes) => mutes.reduce((sum, mute) => sum + mute.held, 0));
  expect(counted).toEqual(combinations.map(({ expected }) => (expected?.startsWith('muted') ? 1 : 0)));
});
