import { describe, expect, it } from 'vitest';
import { pingOf } from '../../src/delivery/ping.ts';
import type { Story } from '../../src/stories/story.ts';
import { day, drawdown, rise, storyAt } from '../cards/stories.ts';
import { createDeliveryFixture } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const settings = (from: number) => JSON.stringify({ ping: { id: '900000000000000001', from } });

const peak = { price: 100, session: '2024-07-10', sessions: 14 };
const slide = (percent: number) => {
  const close = { symbol: 'NVDA' as const, session: '2024-07-30', close: 100 - percent, previous: 100, peak };
  return storyAt(close, { alerts: [drawdown(close, 252, 10)] });
};

describe('who is pinged', () => {
  it.each([
    [0, 12, true],
    [2000, 19.99, false],
    [2000, 20, true],
    [2000, 35, true],
  ])('from %i basis points on, by a slide of %f percent: %s', (from, percent, pings) => {
    expect(pingOf(settings(from), [slide(percent)])).toBe(pings ? '900000000000000001' : undefined);
  });

  it('depends on the deepest slide of a roll-up', () => {
    expect(pingOf(settings(2000), [slide(12), slide(25), slide(13)])).toBeDefined();
  });

  it('depends on the deepest of a slide’s falls', () => {
    const close = { symbol: 'NVDA' as const, session: '2024-07-30', close: 75, previous: 80, peak };
    const alerts = [drawdown(close, 252, 25), day(close, 5)];
    expect(pingOf(settings(2000), [storyAt(close, { alerts })])).toBeDefined();
    expect(pingOf(settings(2000), [storyAt(close, { alerts: alerts.toReversed() })])).toBeDefined();
  });

  it('comes with a rise where every alert pings, and not where only deep falls do', () => {
    const close = { symbol: 'NVDA' as const, session: '2024-07-30', close: 130, previous: 120 };
    const story = storyAt(close, { alerts: [rise(close, 30, 100)] });
    expect(pingOf(settings(0), [story])).toBeDefined();
    expect(pingOf(settings(100), [story])).toBeUndefined();
  });

  const others: readonly Story[] = [
    { kind: 'notice', symbol: '*', notice: 'no-data', source: 'yahoo', since: 0, at: 0 },
    { kind: 'greeting', symbol: '*', platform: 'discord', destination: true },
  ];

  it.each(others)('is nobody for a $kind, however low the depth', (story) => {
    expect(pingOf(settings(0), [story])).toBeUndefined();
  });

  it('is the channel’s own for a test card, however deep an alert would have to be', () => {
    const test = { kind: 'test', symbol: '*', at: 0 } as const;
    expect(pingOf(settings(9_000), [test])).toBe('900000000000000001');
    expect(pingOf('{}', [test])).toBeUndefined();
  });

  it.each([null, '{}', 'not json', '{"ping":{"id":5,"from":"x"}}'])('is nobody with the settings %j', (text) => {
    expect(pingOf(text, [slide(50)])).toBeUndefined();
  });
});

it("a post pings its channel's own role, and no other channel's", async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1', { settings: { ping: { id: '900000000000000001', from: 2000 } } });
  await fixture.addChannel('discord', '2');
  await fixture.enqueueSlide('NVDA', { percent: 25 });
  const discord = recorder('discord');
  await fixture.createCourier([discord]).run(fixture.now);
  expect(discord.postings.map(({ channelId, ping }) => [channelId, ping])).toEqual([
    ['1', '900000000000000001'],
    ['2', undefined],
  ]);
});
