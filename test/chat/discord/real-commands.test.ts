import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAsking } from '../../../commands/ask.ts';
import { commands } from '../../../commands/index.ts';
import { chartPng } from '../../../src/charts/png.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import type { Questions } from '../../../src/chat/questions.ts';
import { silent } from '../../../src/log.ts';
import { evening, marketDesk } from '../../commands/market-desk.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { answered, createAsked, textOf } from './asking.ts';

const DAY = '2024-07-30';

const real = (): Questions => {
  const asking = createAsking({ desk: marketDesk({ until: DAY }), commands, now: () => evening(DAY), log: silent });
  return { ...asking, picture: async ({ card }) => (card.picture ? chartPng(card.picture.chart) : undefined) };
};

let double: DiscordDouble;
let discord: Platform;

beforeEach(async () => {
  double = await startDiscordDouble();
  discord = createAsked(double, real(), { commands });
  await discord.start();
  await vi.waitFor(() => expect(double.commands.length).toBeGreaterThan(0));
});

afterEach(async () => {
  await discord.stop();
  expect(double.invalid).toEqual([]);
  expect(double.late).toEqual([]);
  await double.close();
});

/** What each command needs, and what else it knows. */
const asks: readonly (readonly [string, Record<string, string>])[] = [
  ['quote', { symbol: 'nvidia' }],
  ['drawdown', { symbol: 'NVDA' }],
  ['drawdown', {}],
  ['chart', { symbol: 'TSLA' }],
  ['capex', { company: 'MSFT' }],
  ['capex', {}],
  ['ai-revenue', {}],
  ['bill', { 'as-of': '2024-06-30' }],
  ['facts list', { company: 'META' }],
  ['facts source', { company: 'META' }],
  ['status', {}],
  ['help', {}],
];

describe('the real commands on Discord', () => {
  it.each(['en-US', 'ko'])('are answered with valid messages in %s', async (locale) => {
    for (const [n, [command, options]] of asks.entries()) {
      const asked = double.interact({ command, options, locale, user: `30000000000000000${n}` });
      await vi.waitFor(() => expect(answered(asked), command).toBe(true), { timeout: 5_000 });
      expect(asked.shown.map(textOf).join(''), command).toMatch(/^### /);
    }
  });

  it('are all registered, no description cut', () => {
    expect(new Set(double.commands.map(({ name }) => name))).toEqual(
      new Set(commands.map(({ name }) => name.split(' ')[0])),
    );
    expect(JSON.stringify(double.commands)).not.toContain('…');
  });

  it('offer Nvidia for the beginning of its Korean name', async () => {
    const asked = double.autocomplete({ command: 'quote', option: 'symbol', typed: '엔비' });
    await vi.waitFor(() => expect(asked.choices).toMatchObject([{ value: 'NVDA' }]));
  });

  it('have buttons that answer', async () => {
    const asked = double.interact({ command: 'chart', options: { symbol: 'NVDA' } });
    await vi.waitFor(() => expect(answered(asked)).toBe(true), { timeout: 5_000 });
    const [, customId = ''] = /"custom_id":"([^"]+)"/.exec(JSON.stringify(asked.shown)) ?? [];
    const click = double.click({ customId });
    await vi.waitFor(() => expect(answered(click)).toBe(true), { timeout: 5_000 });
    expect(click.shown.map(textOf).join('')).toMatch(/^### /);
  });

  it('tell of an unknown symbol to the asker alone, with the nearest name', async () => {
    const asked = double.interact({ command: 'quote', options: { symbol: 'nvdia' } });
    await vi.waitFor(() => expect(asked.shown).toMatchObject([{ ephemeral: true, thinking: false }]));
    expect(asked.shown.map(textOf).join('')).toContain('NVDA');
  });
});
